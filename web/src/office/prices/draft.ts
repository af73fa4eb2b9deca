// A version in the making: begun from the prices that types have today or from a version, and sent as one whole.
import { newKey } from '../../shared/api'
import { t } from '../../shared/text'
import { addDays, parkDay, timeOf } from '../../shared/time'
import type { PriceRules, PriceVersion, PriceVersionLine, TicketType } from '../../shared/types'
import { Checks, type FieldErrors } from '../frame/check'
import { always, anybody, type PriceRule, type SetRule } from './rules'

export interface Draft {
  id: string
  number: number
  /** Day and time of the park's clock at which it begins. */
  day: string
  time: string
  rules: PriceRules
}

/** Six percent: what a small scenic area's tickets commonly bear; each type may have another. */
const usualTaxRate = 600

export type VersionState = 'withdrawn' | 'holds' | 'toCome' | 'past'
export function stateOf(version: PriceVersionLine, now: Date): VersionState {
  if (version.withdrawn) return 'withdrawn'
  if (version.holds) return 'holds'
  return new Date(version.from) > now ? 'toCome' : 'past'
}

/** The instant at which the park's clock shows this; where a clock skips the hour, one beside it. */
export function instantOf(day: string, time: string): string {
  const wanted = Date.parse(`${day}T${time}:00Z`)
  let at = wanted
  for (let step = 0; step < 2; step++) at += wanted - Date.parse(`${parkDay(new Date(at))}T${timeOf(new Date(at))}:00Z`)
  return new Date(at).toISOString()
}

export const nextNumber = (versions: readonly PriceVersionLine[]): number => Math.max(0, ...versions.map((version) => version.number)) + 1

const productOf = (type: TicketType): PriceRules['products'][number] => ({ typeId: type.id, per: 'person', taxRate: usualTaxRate })
const dayRule = (type: TicketType, name: string, amount: number, kinds: PriceRule['when']['kinds']): PriceRule =>
  ({ id: newKey(), name, stage: 'day', effect: 'costs', amount, paid: 0, types: [type.id], when: { ...always(), kinds }, who: anybody(), from: 0, priority: 0 })

/** The two prices of each active type as rules: nothing changes for a visitor until a rule is changed. */
export function rulesOfToday(types: readonly TicketType[]): PriceRules {
  const active = types.filter((type) => type.active)
  return {
    products: active.map(productOf),
    rules: active.flatMap((type) => [
      dayRule(type, t('office.prices.name.weekday'), type.weekdayFen, null),
      ...(type.holidayFen === type.weekdayFen ? [] : [dayRule(type, t('office.prices.name.holiday'), type.holidayFen, ['weekend', 'holiday'])]),
    ]),
    sets: [], roundToFen: 1, roundingMode: 'halfUp', taxPer: 'line',
  }
}

/** The rules of a version, with the types that were made since, so that each can be given a price. */
export function rulesAfter(version: PriceVersion, types: readonly TicketType[]): PriceRules {
  const rules = JSON.parse(JSON.stringify(version.rules)) as PriceRules
  const known = new Set(rules.products.map((product) => product.typeId))
  rules.products.push(...types.filter((type) => type.active && !known.has(type.id)).map(productOf))
  return rules
}

export const draftOf = (rules: PriceRules, versions: readonly PriceVersionLine[], today: string): Draft =>
  ({ id: newKey(), number: nextNumber(versions), day: addDays(today, 1), time: '00:00', rules })

/** The types that no rule gives a price on any day: under this version they are not sold. */
export const unpriced = (rules: PriceRules): string[] => {
  const day = rules.rules.filter((rule) => rule.stage === 'day')
  return rules.products.map((product) => product.typeId).filter((id) => !day.some((rule) => rule.types.length === 0 || rule.types.includes(id)))
}

export function draftErrors(draft: Draft, now: Date): FieldErrors {
  const checks = new Checks().add('from', !/^\d{4}-\d{2}-\d{2}$/.test(draft.day), t('office.field.required')).time('from', draft.time)
  if (!checks.errors['from']) checks.add('from', new Date(instantOf(draft.day, draft.time)) <= now, t('office.prices.from.past'))
  for (const product of draft.rules.products) {
    checks.add('products', !Number.isInteger(product.taxRate) || product.taxRate < 0 || product.taxRate > 10_000, t('office.prices.percent.wrong'))
  }
  return checks.errors
}

export interface Faults { byId: Map<string, string[]>; rest: string[]; pairs: [string, string][] }

/** What the server said of each rule and set, by its id, and what it said of none of them. Of two that claim the same sale both say it. */
export function faultsOf(errors: Record<string, string[]>, rules: PriceRules): Faults {
  const byId = new Map<string, string[]>()
  const rest: string[] = []
  const pairs: [string, string][] = []
  const add = (id: string, words: string[]): void => void byId.set(id, [...(byId.get(id) ?? []), ...words])
  for (const [field, words] of Object.entries(errors)) {
    const place = /^rules\.(rules|sets)\[(\d+)\]/i.exec(field)
    const list = place ? rules[place[1]!.toLowerCase() as 'rules' | 'sets'] : []
    const one = list[Number(place?.[2])]
    if (!one) {
      if (field !== 'from') rest.push(...words)
      continue
    }
    for (const sentence of words) {
      const others = rivalsOf(one, list, sentence)
      const wayOut = others.length ? t(stageOf(one) ? 'office.prices.both.rules' : 'office.prices.both.sets') : ''
      add(one.id, [sentence + wayOut])
      for (const other of others) {
        add(other.id, [t('office.prices.both', { name: one.name }) + wayOut])
        pairs.push([one.id, other.id])
      }
    }
  }
  return { byId, rest, pairs }
}

type Either = PriceRule | SetRule
const typesOf = (rule: Either): string[] => ('stage' in rule ? rule.types : rule.parts.flatMap((part) => part.types))
const stageOf = (rule: Either): PriceRule['stage'] | null => ('stage' in rule ? rule.stage : null)

/** Those that the sentence means by the name it quotes: in the same stage, of the same priority, and for a type of its. */
function rivalsOf(one: Either, list: readonly Either[], sentence: string): Either[] {
  const types = typesOf(one)
  const meets = (others: string[]): boolean => types.length + others.length === 0 || others.some((id) => types.includes(id))
  return list.filter((other) => other.id !== one.id && other.priority === one.priority && stageOf(other) === stageOf(one) && meets(typesOf(other))
    && [`“${other.name}”`, `"${other.name}"`].some((name) => sentence.includes(name)))
}

/** What is left of it once one was changed: its pair may have come apart too. */
export function without(faults: Faults, id: string): Faults['byId'] {
  const gone = new Set([id, ...faults.pairs.filter((pair) => pair.includes(id)).flat()])
  return new Map([...faults.byId].filter(([one]) => !gone.has(one)))
}
