// What a type asks of its visitors as the form makes it; the server keeps the same limits.
import { t } from '../../shared/text'
import type { ConcessionWay, PersonTerms } from '../../shared/types'
import type { Checks } from '../frame/check'

export const waysMax = 10
export const ageMax = 150
export const heightMin = 50
export const heightMax = 250
export const ticketsMax = 500
export const periodMax = 366
export const asks = ['nothing', 'number', 'nameAndNumber'] as const
export const scopes = ['everyPerson', 'onePerTicket'] as const

type Limit = NonNullable<PersonTerms['limit']>

export const freshWay = (): ConcessionWay => ({ ageMin: null, ageMax: null, residence: null, heightCmMax: null, proof: null })

/** The terms with a part of them changed; null when nothing is asked any more. */
export function personWith(person: PersonTerms | null, change: Partial<PersonTerms>): PersonTerms | null {
  const next: PersonTerms = { asks: 'nothing', scope: 'everyPerson', ways: [], limit: null, ...person, ...change }
  return next.asks === 'nothing' && next.ways.length === 0 && next.limit === null ? null : next
}

/** The limit with a number changed; null when nothing limits any more. */
export function limitWith(limit: Limit | null | undefined, change: Partial<Limit>): Limit | null {
  const next: Limit = { perOrder: null, perDay: null, perPeriod: null, periodDays: 30, ...limit, ...change }
  if (next.perPeriod !== null && !next.periodDays) next.periodDays = 30
  return next.perOrder === null && next.perDay === null && next.perPeriod === null ? null : next
}

export function personErrors(person: PersonTerms, checks: Checks): void {
  checks.add('person.ways', person.ways.length > waysMax, t('office.types.person.ways.many', { max: waysMax }))
  for (const [at, way] of person.ways.entries()) {
    const field = `person.ways[${at}]`
    checks.add(field, Object.values(way).every((asked) => asked === null || asked === ''), t('office.types.person.way.empty'))
    if (way.ageMin != null) checks.whole(`${field}.ageMin`, way.ageMin, 0, ageMax)
    if (way.ageMax != null) checks.whole(`${field}.ageMax`, way.ageMax, way.ageMin ?? 0, ageMax)
    checks.add(`${field}.residence`, !!way.residence && !/^[1-9]\d(\d{2}){0,2}$/.test(way.residence), t('office.types.person.residence.bad'))
    if (way.heightCmMax != null) checks.whole(`${field}.heightCmMax`, way.heightCmMax, heightMin, heightMax)
  }
  if (!person.limit) return
  checks.add('person.asks', person.asks === 'nothing', t('office.types.person.limit.number'))
  for (const field of ['perOrder', 'perDay', 'perPeriod'] as const) {
    if (person.limit[field] != null) checks.whole(`person.limit.${field}`, person.limit[field], 1, ticketsMax)
  }
  if (person.limit.perPeriod != null) checks.whole('person.limit.periodDays', person.limit.periodDays, 1, periodMax)
}
