// How partners share in what a type brings, as the form makes it; the server keeps the same limits.
import { largestFen } from '../../shared/amount'
import { yuan } from '../../shared/money'
import { t } from '../../shared/text'
import type { SharingTerms, TicketType } from '../../shared/types'
import { wordOf } from '../../shared/wording'
import type { Checks } from '../frame/check'

export const partnersMax = 20
type Partner = SharingTerms['partners'][number]

/** The terms with one more partner. The park begins with the price, so that the weights may be prices. */
export const withPartner = (type: TicketType, partner: string): SharingTerms => ({
  ownWeight: type.sharing?.ownWeight ?? (type.weekdayFen || 1_00),
  partners: [...(type.sharing?.partners ?? []), { partner, fixedFen: 0, weight: 1_00 }],
})

/** The terms without a partner; null when nobody is left. */
export function withoutPartner(terms: SharingTerms, at: number): SharingTerms | null {
  const partners = terms.partners.filter((_, other) => other !== at)
  return partners.length ? { ...terms, partners } : null
}

export function sharingErrors(terms: SharingTerms, checks: Checks): void {
  const isMoney = (fen: number | null): boolean => fen !== null && fen >= 0 && fen <= largestFen
  checks.add('sharing.ownWeight', !isMoney(terms.ownWeight), t('office.field.money'))
  terms.partners.forEach((one, at) => {
    const field = `sharing.partners[${at}]`
    checks.add(field, !one.partner, t('office.types.sharing.choose'))
      .add(field, terms.partners.some((other) => other !== one && other.partner === one.partner), t('office.types.sharing.twice'))
      .add(field, !isMoney(one.fixedFen) || !isMoney(one.weight), t('office.field.money'))
      .add(field, one.fixedFen === 0 && one.weight === 0, t('office.types.sharing.nothing'))
  })
  checks.add('sharing.ownWeight', terms.ownWeight === 0 && terms.partners.every((one) => one.weight === 0), t('office.types.sharing.rest'))
}

/** What the terms make of one ticket, in a sentence: nothing is rounded here, the server divides to the fen. */
export function sharingSentence(terms: SharingTerms | null): string {
  if (!terms) return t('office.types.sharing.none')
  const weights = terms.ownWeight + terms.partners.reduce((sum, one) => sum + one.weight, 0)
  const part = (weight: number): string => (weights ? `${(weight * 100 / weights).toFixed(1)}%` : '')
  const says = (one: Partner): string => [
    one.fixedFen ? t('office.types.sharing.says.fixed', { yuan: yuan(one.fixedFen) }) : '',
    one.weight ? t('office.types.sharing.says.rest', { part: part(one.weight) }) : '',
  ].filter(Boolean).join(t('office.types.sharing.says.and'))
  return [...terms.partners.filter((one) => one.partner && (one.fixedFen || one.weight)).map((one) => t('office.types.sharing.says', { name: wordOf('partner', one.partner), what: says(one) })),
    terms.ownWeight ? t('office.types.sharing.says.park', { part: part(terms.ownWeight) }) : ''].filter(Boolean).join(t('office.types.sharing.says.next'))
}
