// What a ticket type must hold before it is sent; the server keeps the same limits.
import { largestFen } from '../../shared/amount'
import { t } from '../../shared/text'
import type { DictionaryKind, Park, TicketType } from '../../shared/types'
import { wordsOf } from '../../shared/wording'
import { Checks, type FieldErrors } from '../frame/check'
import { admissionErrors } from './admission'
import { personErrors } from './person'
import { returnErrors } from './returns'
import { sharingErrors } from './sharing'

/** The usual word of a list; the first one where the park took that out of use. */
function usual(kind: DictionaryKind, code: string): string {
  const words = wordsOf(kind)
  return words.some((word) => word.code === code) ? code : words[0]?.code ?? code
}

/** As the form types it, without seconds. */
const hour = (time: string | undefined, usually: string): string => time?.slice(0, 5) ?? usually

/** A new ordinary type that opens every site while the park is open. */
export function freshType(id: string, siteIds: string[], park?: Pick<Park, 'opensAt' | 'closesAt'> | null): TicketType {
  return {
    id, code: '', name: '', nameEn: '', tab: usual('tab', 'single'), visitorType: usual('visitorType', 'adult'), keySlot: null, proof: usual('proof', 'none'), heightLimitCm: null,
    minPeople: 1, maxPeople: 1, siteIds, fromTime: hour(park?.opensAt, '08:00'), toTime: hour(park?.closesAt, '17:00'), weekdayFen: 0, holidayFen: 0, dailyQuota: null,
    attention: '', active: true, sale: null, admission: null, person: null, sharing: null, returns: null, rebooking: null,
  }
}

/** The same terms for another type: its code is still to be typed, and a key of the counter belongs to one. */
export function copyOf(type: TicketType, id: string): TicketType {
  return { ...type, id, code: '', keySlot: null, active: true, name: t('office.prices.copy.name', { name: type.name }).slice(0, 40) }
}

/** The active type that already answers to this digit. */
export function holderOfKey(key: number | null, types: readonly TicketType[], exceptId: string): TicketType | undefined {
  return key === null ? undefined : types.find((type) => type.id !== exceptId && type.active && type.keySlot === key)
}

export function typeErrors(type: TicketType, types: readonly TicketType[]): FieldErrors {
  const checks = new Checks().text('name', type.name, 40).text('nameEn', type.nameEn, 40, false).text('code', type.code, 8)
    .add('code', !/^[A-Z0-9]{1,8}$/.test(type.code), t('office.types.code.bad'))
  const twin = types.find((other) => other.id !== type.id && other.code === type.code)
  checks.add('code', !!twin, t('office.types.code.taken', { name: twin?.name ?? '' }))
  const holder = type.active ? holderOfKey(type.keySlot, types, type.id) : undefined
  checks.add('keySlot', !!holder, t('office.types.key.conflict', { key: type.keySlot ?? '', name: holder?.name ?? '' }))
  for (const field of ['weekdayFen', 'holidayFen'] as const) {
    // A cleared or mistyped amount is kept as null by the input.
    const fen: number | null = type[field]
    checks.add(field, fen === null || fen < 0 || fen > largestFen, t('office.field.money'))
  }
  if (type.dailyQuota !== null) checks.whole('dailyQuota', type.dailyQuota, 0, 1_000_000)
  if (type.proof === 'height') checks.whole('heightLimitCm', type.heightLimitCm, 50, 220)
  checks.whole('minPeople', type.minPeople, 1, 500).whole('maxPeople', type.maxPeople, 1, 500)
    .add('maxPeople', type.maxPeople < type.minPeople, t('office.types.people.order'))
    .add('siteIds', type.siteIds.length === 0, t('office.types.sites.need'))
    .time('fromTime', type.fromTime).time('toTime', type.toTime)
    .add('toTime', type.toTime === type.fromTime, t('office.types.hours.order'))
    .text('attention', type.attention, 200, false)
  if (type.sale) saleErrors(type.sale, checks)
  if (type.admission) admissionErrors(type.admission, type.siteIds, checks)
  if (type.person) personErrors(type.person, checks)
  if (type.sharing) sharingErrors(type.sharing, checks)
  for (const part of ['returns', 'rebooking'] as const) if (type[part]) returnErrors(type[part], part, checks)
  return checks.errors
}

type SaleTerms = NonNullable<TicketType['sale']>

/** The terms with one of them changed; null when nothing is said any more, as of a type that is sold at any time. */
export function saleWith(sale: SaleTerms | null, change: Partial<SaleTerms>): SaleTerms | null {
  if (change.way === 'external') return { opensDays: null, opensAt: null, minInOrder: null, maxInOrder: null, way: 'external' }
  const next = { opensDays: null, opensAt: null, minInOrder: null, maxInOrder: null, way: 'sold' as const, ...sale, ...change }
  return Object.values(next).every((value) => value == null || value === 'sold') ? null : next
}

/** Whether it is sold, so that it brings money here. */
export const isSold = (type: Pick<TicketType, 'sale'>): boolean => (type.sale?.way ?? 'sold') === 'sold'

/** Whether it is given from a budget and never sold (赠票). */
export const isComplimentary = (type: Pick<TicketType, 'sale'>): boolean => type.sale?.way === 'complimentary'

/** Whether somebody else issues it (外部票), so that nothing of a sale is said of it. */
export const isExternal = (type: Pick<TicketType, 'sale'>): boolean => type.sale?.way === 'external'

/** A complimentary type that has a price is refused at the counter. Where rules make the prices, the type's own say nothing. */
export const givenAtPrice = (type: TicketType, byRules: boolean): boolean => isComplimentary(type) && !byRules && (type.weekdayFen !== 0 || type.holidayFen !== 0)

function saleErrors(sale: SaleTerms, checks: Checks): void {
  if (sale.opensDays !== null) checks.whole('sale.opensDays', sale.opensDays, 0, 366).time('sale.opensAt', sale.opensAt ?? '')
  if (sale.minInOrder !== null) checks.whole('sale.minInOrder', sale.minInOrder, 1, 500)
  if (sale.maxInOrder !== null)
    checks.whole('sale.maxInOrder', sale.maxInOrder, 1, 500).add('sale.maxInOrder', sale.maxInOrder < (sale.minInOrder ?? 1), t('office.types.people.order'))
}
