// What a price rule and a set consist of, and what each stage allows; the server checks the same and more.
import { newKey } from '../../shared/api'
import { largestFen } from '../../shared/amount'
import { t } from '../../shared/text'
import type { PriceRules } from '../../shared/types'
import { Checks, type FieldErrors } from '../frame/check'

export type Product = PriceRules['products'][number]
export type PriceRule = PriceRules['rules'][number]
export type SetRule = PriceRules['sets'][number]
export type Stage = PriceRule['stage']
export type EffectKind = PriceRule['effect']
export type RuleWhen = PriceRule['when']
export type RuleWho = PriceRule['who']

export const stages: Stage[] = ['day', 'terms', 'early', 'quantity']
export const kindsOfDay = ['weekday', 'weekend', 'holiday', 'workday'] as const

const allowed: Record<Stage, EffectKind[]> = {
  day: ['costs'], terms: ['costs', 'less', 'pays'], early: ['less', 'pays'], quantity: ['pays', 'less', 'costs', 'manyForFewer'],
}
export const effectsOf = (stage: Stage | null): EffectKind[] => (stage ? allowed[stage] : ['costs', 'less', 'pays'])

/** Whether the rule holds from so many days ahead or units on; n for m is a step at n by itself. */
export const hasThreshold = (rule: { stage: Stage; effect: EffectKind }): boolean =>
  rule.stage === 'early' || (rule.stage === 'quantity' && rule.effect !== 'manyForFewer')

// An amount that nobody has typed yet is kept as null by the input, and checked before anything is sent.
const noAmount = null as unknown as number
const begins: Record<EffectKind, { amount: number; paid: number }> = {
  costs: { amount: noAmount, paid: 0 }, less: { amount: noAmount, paid: 0 }, pays: { amount: 9000, paid: 0 }, manyForFewer: { amount: 16, paid: 15 },
}
export const always = (): RuleWhen => ({ days: null, first: null, last: null, kinds: null, weekdays: null, fromTime: null, toTime: null })
export const anybody = (): RuleWho => ({ channel: null, agency: null, level: null })

/** Puts another effect in, with an amount that makes sense for it. */
export function setEffect(rule: PriceRule | SetRule, effect: EffectKind): void {
  const { amount, paid } = begins[effect]
  rule.effect = effect
  rule.amount = amount
  if ('stage' in rule) {
    rule.paid = paid
    rule.from = hasThreshold(rule) ? rule.from || (rule.stage === 'early' ? 7 : 10) : 0
  }
}

/** Moves a rule to another stage; what the stage does not know falls away. */
export function setStage(rule: PriceRule, stage: Stage): void {
  rule.stage = stage
  rule.from = 0
  if (!effectsOf(stage).includes(rule.effect)) setEffect(rule, effectsOf(stage)[0]!)
  if (hasThreshold(rule)) rule.from = stage === 'early' ? 7 : 10
}

export function freshRule(stage: Stage): PriceRule {
  const rule: PriceRule = { id: newKey(), name: '', stage, effect: effectsOf(stage)[0]!, amount: noAmount, paid: 0, types: [], when: always(), who: anybody(), from: 0, priority: 0 }
  setEffect(rule, rule.effect)
  return rule
}

/** A set with two parts, at a priority that no other one has: sets that share a type must differ in it. */
export function freshSet(others: readonly SetRule[]): SetRule {
  const taken = new Set(others.map((set) => set.priority))
  const priority = [...Array(100).keys()].find((number) => number >= 10 && !taken.has(number)) ?? 0
  return {
    id: newKey(), name: '', parts: [{ types: [], units: 2 }, { types: [], units: 1 }], effect: 'costs', amount: noAmount,
    when: always(), who: anybody(), priority, timesMax: null,
  }
}

/** The same once more under an id of its own, for the person to change. */
export function copyOf<T extends PriceRule | SetRule>(rule: T): T {
  return { ...(JSON.parse(JSON.stringify(rule)) as T), id: newKey(), name: t('office.prices.copy.name', { name: rule.name }).slice(0, 40) }
}

const someOf = <T>(chosen: readonly T[] | null, all: number, order: (a: T, b: T) => number): T[] | null =>
  (chosen && chosen.length > 0 && chosen.length < all ? [...chosen].sort(order) : null)

/** Conditions that ask nothing become null, which is how the rules say "not asked". */
export function tidy<T extends PriceRule | SetRule>(rule: T): T {
  const { when, who } = rule
  return {
    ...rule, name: rule.name.trim(),
    when: {
      days: when.days?.length ? [...new Set(when.days)].sort() : null,
      first: when.first || null, last: when.last || null,
      kinds: someOf(when.kinds, 4, (a, b) => kindsOfDay.indexOf(a) - kindsOfDay.indexOf(b)),
      weekdays: someOf(when.weekdays, 7, (a, b) => a - b),
      fromTime: when.fromTime || null, toTime: when.toTime || null,
    },
    who: { ...who, channel: who.channel?.trim() || null, level: who.level?.trim() || null },
  }
}

export function ruleErrors(rule: PriceRule): FieldErrors {
  const checks = commonChecks(rule)
  if (hasThreshold(rule)) checks.whole('from', rule.from, 1, 100_000)
  if (rule.effect === 'manyForFewer') checks.whole('amount', rule.amount, 1, 100_000).add('amount', !(rule.paid >= 0 && rule.paid < rule.amount), t('office.prices.many.wrong'))
  return checks.errors
}

export function setErrors(set: SetRule): FieldErrors {
  const checks = commonChecks(set)
  const named = set.parts.flatMap((part) => part.types)
  checks.add('parts', set.parts.length === 0 || set.parts.some((part) => part.types.length === 0), t('office.prices.parts.empty'))
    .add('parts', new Set(named).size < named.length, t('office.prices.parts.twice'))
    .add('parts', set.parts.some((part) => !Number.isInteger(part.units) || part.units < 1), t('office.prices.parts.units.wrong'))
  if (set.timesMax !== null) checks.whole('timesMax', set.timesMax, 1, 500)
  return checks.errors
}

function commonChecks(rule: PriceRule | SetRule): Checks {
  const { amount, when } = rule as { amount: number | null; when: RuleWhen }
  const checks = new Checks().text('name', rule.name, 40).whole('priority', rule.priority, 0, 99)
  if (rule.effect === 'costs' || rule.effect === 'less') checks.add('amount', amount === null || amount < 0 || amount > largestFen, t('office.field.money'))
  if (rule.effect === 'pays') checks.add('amount', amount === null || !Number.isInteger(amount) || amount < 0 || amount > 10_000, t('office.prices.percent.wrong'))
  checks.add('season', !!when.first && !!when.last && when.last < when.first, t('office.prices.season.order'))
    .add('hours', !when.fromTime !== !when.toTime, t('office.prices.hours.both'))
  for (const time of [when.fromTime, when.toTime]) if (time) checks.time('hours', time)
  return checks.text('channel', rule.who.channel ?? '', 20, false).text('level', rule.who.level ?? '', 20, false)
}
