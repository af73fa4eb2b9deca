// A kind of voucher (券种): what its form holds, what it does in words, and what is checked before it is sent.
import { newKey } from '../../shared/api'
import { yuan } from '../../shared/money'
import { named, t } from '../../shared/text'
import type { VoucherKind, VoucherTerms } from '../../shared/types'
import { Checks, type FieldErrors } from '../frame/check'
import { partPaid } from '../prices/amounts'

/** What a manager chooses from; on the wire free and price are both an exchange voucher. */
export type Way = 'free' | 'price' | 'pays' | 'less'
export const ways: Way[] = ['free', 'price', 'pays', 'less']
export interface KindDraft {
  id: string; edit: number; name: string; nameEn: string; way: Way; amountFen: number | null; percent: number | null; typeIds: string[]; units: number | null; leastFen: number | null
  budgetFen: number | null; comesBack: boolean; active: boolean; hasVouchers: boolean; takenFen: number
}
export const unitsMax = 500
export const typesMax = 50

export const freshKind = (): KindDraft => ({
  id: newKey(), edit: 0, name: '', nameEn: '', way: 'free', amountFen: 0, percent: 90, typeIds: [], units: 1, leastFen: 0, budgetFen: 0, comesBack: true, active: true, hasVouchers: false, takenFen: 0,
})

export const wayOf = ({ effect, amount }: VoucherTerms): Way => (effect === 'costs' ? (amount === 0 ? 'free' : 'price') : effect === 'pays' ? 'pays' : 'less')

export function draftOf({ terms, ...kind }: VoucherKind): KindDraft {
  const way = wayOf(terms)
  return { ...kind, way, amountFen: way === 'pays' ? 0 : terms.amount, percent: way === 'pays' ? terms.amount / 100 : 90, typeIds: [...terms.typeIds], units: terms.units, leastFen: terms.leastFen }
}

/** What is sent of a draft. */
export function bodyOf(draft: KindDraft) {
  const { edit, way, typeIds, budgetFen, comesBack, active } = draft
  const isExchange = way === 'free' || way === 'price'
  const amount = way === 'free' ? 0 : way === 'pays' ? Math.round((draft.percent ?? 0) * 100) : draft.amountFen ?? 0
  const terms: VoucherTerms = { effect: isExchange ? 'costs' : way === 'pays' ? 'pays' : 'less', amount, typeIds, units: way === 'less' ? 0 : draft.units ?? 0, leastFen: isExchange ? 0 : draft.leastFen ?? 0 }
  return { edit, name: draft.name.trim(), nameEn: draft.nameEn.trim(), terms, budgetFen: budgetFen ?? 0, comesBack, active }
}

export function kindErrors(draft: KindDraft): FieldErrors {
  const { way } = draft
  const isExchange = way === 'free' || way === 'price'
  const checks = new Checks().text('name', draft.name, 40).text('nameEn', draft.nameEn, 80, false)
    .add('terms.typeIds', isExchange && !draft.typeIds.length, t('office.vouchers.types.needed'))
    .add('terms.typeIds', draft.typeIds.length > typesMax, t('office.vouchers.types.many', { max: typesMax }))
    .add('budgetFen', draft.budgetFen === null, t('office.vouchers.amount.wrong'))
  if (way !== 'less') checks.whole('terms.units', draft.units, isExchange ? 1 : 0, unitsMax)
  if (way === 'price' || way === 'less') checks.add('terms.amount', !draft.amountFen, t('office.vouchers.amount.wrong'))
  if (way === 'pays') checks.add('terms.amount', draft.percent === null || !(draft.percent >= 0 && draft.percent < 100), t('office.vouchers.percent.wrong'))
  if (!isExchange) checks.add('terms.leastFen', draft.leastFen === null, t('office.vouchers.amount.wrong'))
  return checks.errors
}

/** What a voucher does, in a sentence. */
export function termsWords({ effect, amount, typeIds, units, leastFen }: VoucherTerms, types: readonly { id: string; name: string; nameEn: string }[]): string {
  const of = typeIds.length ? typeIds.map((id) => types.find((type) => type.id === id)).map((type) => (type ? named(type.name, type.nameEn) : '…')).join('、') : t('office.vouchers.types.all')
  const does = effect === 'less' ? t('office.vouchers.does.less', { amount: yuan(amount) })
    : effect === 'pays' ? t(units ? 'office.vouchers.does.pays.units' : 'office.vouchers.does.pays', { part: partPaid(amount), units })
      : amount ? t('office.vouchers.does.price', { amount: yuan(amount), units }) : t('office.vouchers.does.free', { units })
  return t(leastFen ? 'office.vouchers.does.from' : 'office.vouchers.does.of', { does, of, least: yuan(leastFen) })
}
