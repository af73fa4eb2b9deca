// Rules, sets and steps of an explanation as sentences that a manager reads out.
import { locale, named, t } from '../../shared/text'
import { addDays } from '../../shared/time'
import type { Quote, TicketType } from '../../shared/types'
import { wordOf } from '../../shared/wording'
import { money, partPaid } from './amounts'
import { hasThreshold, type PriceRule, type RuleWhen, type RuleWho, type SetRule } from './rules'

type Line = Quote['lines'][number]
const channels = ['window', 'web', 'kiosk']
const list = (words: string[]): string => words.join(t('office.prices.and'))

export function typeName(id: string, types: readonly TicketType[]): string {
  const type = types.find((one) => one.id === id)
  return type ? named(type.name, type.nameEn) : t('office.prices.type.unknown')
}
export const typeNames = (ids: readonly string[], types: readonly TicketType[]): string =>
  (ids.length ? list(ids.map((id) => typeName(id, types))) : t('office.prices.types.all'))

export const channelName = (channel: string): string => (channels.includes(channel) ? t(`office.prices.channel.${channel}`) : channel)
export const knownChannels = channels

/** "2026年10月1日" or "Oct 1, 2026". */
export const dayWords = (day: string): string =>
  new Intl.DateTimeFormat(locale(), { timeZone: 'UTC', year: 'numeric', month: locale() === 'en' ? 'short' : 'long', day: 'numeric' }).format(new Date(`${day}T12:00:00Z`))

/** Days that follow one another as one span: three days of a holiday are said in one breath. */
export function spansOf(days: readonly string[]): { first: string; last: string }[] {
  const spans: { first: string; last: string }[] = []
  for (const day of [...days].sort()) {
    const open = spans.at(-1)
    if (open && day <= addDays(open.last, 1)) open.last = day
    else spans.push({ first: day, last: day })
  }
  return spans
}
export const spanWords = (span: { first: string; last: string }): string =>
  (span.first === span.last ? dayWords(span.first) : t('office.prices.span', { first: dayWords(span.first), last: dayWords(span.last) }))

function whenWords(when: RuleWhen): string[] {
  const words: string[] = []
  if (when.days) words.push(list(spansOf(when.days).map(spanWords)))
  if (when.first && when.last) words.push(spanWords({ first: when.first, last: when.last }))
  else if (when.first) words.push(t('office.prices.since', { day: dayWords(when.first) }))
  else if (when.last) words.push(t('office.prices.until', { day: dayWords(when.last) }))
  if (when.kinds) words.push(list(when.kinds.map((kind) => t(`office.calendar.${kind}`))))
  if (when.weekdays) words.push(list(when.weekdays.map((day) => t(`office.prices.weekday.${day}`))))
  if (when.fromTime && when.toTime) words.push(t('office.prices.hours.words', { from: when.fromTime, to: when.toTime }))
  return words
}
function whoWords(who: RuleWho): string[] {
  const words: string[] = []
  if (who.agency) words.push(t('office.prices.agency.words', { name: wordOf('agency', who.agency) }))
  if (who.level) words.push(t('office.prices.level.words', { level: who.level }))
  if (who.channel) words.push(t('office.prices.channel.words', { channel: channelName(who.channel) }))
  return words
}

export function effectWords(rule: Pick<PriceRule, 'effect' | 'amount'> & { paid?: number }): string {
  const amount: number | null = rule.amount
  if (amount === null) return t('office.prices.amount.none')
  switch (rule.effect) {
    case 'costs': return money(amount)
    case 'less': return t('office.prices.less.words', { amount: money(amount) })
    case 'pays': return partPaid(amount)
    case 'manyForFewer': return t('office.prices.many.words', { units: amount, paid: rule.paid ?? 0 })
  }
}

/** "成人票：周末、节假日 100.00 元". */
export function ruleSentence(rule: PriceRule, types: readonly TicketType[]): string {
  const asked = [...whenWords(rule.when), ...whoWords(rule.who)]
  if (hasThreshold(rule)) asked.push(t(`office.prices.from.${rule.stage}`, { count: rule.from }))
  return sentence(typeNames(rule.types, types), asked, effectWords(rule))
}

/** "2 成人票 + 1 儿童票：每天 一起 180.00 元". */
export function setSentence(set: SetRule, types: readonly TicketType[]): string {
  const parts = set.parts.map((part) => t('office.prices.part.words', { units: part.units, types: part.types.length ? part.types.map((id) => typeName(id, types)).join(t('office.prices.or')) : '?' }))
  const asked = [...whenWords(set.when), ...whoWords(set.who)]
  if (set.timesMax !== null) asked.push(t('office.prices.times.words', { count: set.timesMax }))
  const effect = set.effect === 'costs' ? t('office.prices.together', { amount: effectWords(set) }) : set.effect === 'less' ? t('office.prices.less.set', { amount: money(set.amount ?? 0) }) : effectWords(set)
  return sentence(parts.join(' + '), asked, effect)
}

const sentence = (what: string, asked: string[], effect: string): string =>
  t('office.prices.sentence', { what, asked: asked.length ? asked.join(t('office.prices.comma')) : t('office.prices.everyDay'), effect })

/** One step of the explanation of a price: which rule, and what the price was before it and after. */
export function stepSentence(step: Line['steps'][number]): string {
  const words = { rule: step.rule, before: money(step.beforeFen), after: money(step.afterFen), count: step.units }
  if (step.stage === 'day') return t('office.prices.step.day', words)
  if (step.stage === null) return t('office.prices.step.set', words)
  return t(step.ofUnit ? `office.prices.step.${step.stage}` : 'office.prices.step.free', words)
}

/** "2 × 100.00 元 − 20.00 元 = 180.00 元". */
export function sumSentence(line: Line): string {
  const product = `${line.units} × ${money(line.unitFen)}`
  return `${product}${line.offFen ? ` − ${money(line.offFen)}` : ''} = ${money(line.totalFen)}`
}
