// Quotas, what they keep back and how they stand, as sentences that a manager reads out.
import { locale, t } from '../../shared/text'
import { dayAndWeekday } from '../../shared/time'
import { endWords, slotWords } from '../../shared/slots'
import type { Quota, QuotaDay, QuotaWarning, SlotPattern, TicketType } from '../../shared/types'
import { dayWords as plainDay, typeNames } from '../prices/sentence'
import { channels, type Keep, type QuotaDraft } from './quota'
import { slotsOf } from './slots'

export const channelWords = (channel: string): string => (channels.includes(channel) ? t(`office.quotas.channel.${channel}`) : channel)

/** "上行票、往返票" or "全部票种". */
export const drawnBy = (typeIds: readonly string[], types: readonly TicketType[]): string =>
  (typeIds.length ? typeNames(typeIds, types) : t('office.quotas.types.all'))

export const limitWords = (limit: number | null): string => (limit === null ? t('office.quotas.unlimited') : t('office.quotas.aDay', { count: limit }))

/** The same for each slot where the quota has slots. */
export const placesWords = ({ limit, slots }: Pick<Quota, 'limit' | 'slots'>): string =>
  (slots && limit !== null ? t('office.slots.each', { count: limit }) : limitWords(limit))

/** "100 个留给网上，到游览前 2 天 18:00". */
export function keepSentence(keep: Keep): string {
  const words = { places: keep.places ?? '?', channel: channelWords(keep.channel) || '?', days: keep.releaseDays ?? '?', time: keep.releaseAt || '?' }
  return t(keep.releaseDays === 0 ? 'office.quotas.keep.sameDay' : 'office.quotas.keep.before', words)
}

/** Whole sentences one after the other. */
export const joined = (sentences: readonly string[]): string => sentences.join(locale() === 'en' ? ' ' : '')

/** "2026年5月1日起，09:00 到 17:00 每 30 分钟一个时段，共 16 个。检票提前 10 分钟、延后 15 分钟。12:00 关闭。". */
export function slotSentence(pattern: SlotPattern): string {
  const slots = slotsOf(pattern)
  const days = !pattern.from ? '…' : pattern.until
    ? t('office.prices.span', { first: plainDay(pattern.from), last: plainDay(pattern.until) }) : t('office.prices.since', { day: plainDay(pattern.from) })
  if (!slots.length) return t('office.slots.sentence.open', { days })
  const words = [t('office.slots.sentence', { days, from: slots[0]!.at, to: endWords(slots.at(-1)!.until), minutes: pattern.minutes, count: slots.length })]
  words.push(t(pattern.earlyMinutes || pattern.lateMinutes ? 'office.slots.sentence.grace' : 'office.slots.sentence.sharp', { early: pattern.earlyMinutes ?? 0, late: pattern.lateMinutes ?? 0 }))
  const closed = slots.filter(({ own }) => own === 0)
  if (closed.length) words.push(t('office.slots.sentence.closed', { slots: closed.map(slotWords).join(t('office.prices.and')) }))
  for (const slot of slots.filter(({ own }) => own)) words.push(t('office.slots.sentence.own', { slot: slotWords(slot), count: slot.own! }))
  return joined(words)
}

/** "上行票、往返票合计每天最多 800 人。到限即停售。占到 80% 时提醒。". */
export function quotaSentence(quota: QuotaDraft, types: readonly TicketType[]): string {
  const shared = quota.slots && !quota.typeIds.length ? '…' : drawnBy(quota.typeIds, types)
  const words = [t(quota.limit === null ? 'office.quotas.sentence.free' : quota.slots ? 'office.slots.sentence.most' : 'office.quotas.sentence.most', { types: shared, limit: quota.limit ?? 0 })]
  words.push(t(quota.limit === null ? 'office.quotas.sentence.byDay' : quota.stops ? 'office.quotas.sentence.stops' : 'office.quotas.sentence.goesOn'))
  if (quota.warnPercent !== null) words.push(t('office.quotas.sentence.warns', { percent: quota.warnPercent }))
  if (quota.slots) words.push(slotSentence(quota.slots))
  for (const keep of quota.keeps) words.push(t('office.quotas.sentence.keep', { keep: keepSentence(keep) }))
  return joined(words)
}

/**
 * How a day stands. `kept`: nothing is left for the windows, but places are kept back for others; `over`: the limit of a
 * quota that does not stop is reached.
 */
export type Standing = 'open' | 'warns' | 'full' | 'kept' | 'over'

export function standingOf(day: Pick<QuotaDay, 'limit' | 'taken' | 'left' | 'warns'>): Standing {
  if (day.limit === null) return 'open'
  if (day.taken >= day.limit) return day.left === null ? 'over' : 'full'
  if (day.left === 0) return 'kept'
  return day.warns ? 'warns' : 'open'
}

/** "已占 640 / 800，余 160". */
export function dayWords(day: Pick<QuotaDay, 'limit' | 'taken' | 'left' | 'warns' | 'keptBack'>): string {
  const words = [day.limit === null ? t('office.quotas.taken.free', { taken: day.taken }) : t('office.quotas.taken', { taken: day.taken, limit: day.limit })]
  const standing = standingOf(day)
  if (standing !== 'open' && standing !== 'warns') words.push(t(`office.quotas.standing.${standing}`))
  else if (day.left !== null) words.push(t('office.quotas.left', { left: day.left }))
  if (standing === 'warns') words.push(t('office.quotas.standing.warns'))
  if (day.keptBack > 0) words.push(t('office.quotas.keptBack', { kept: day.keptBack }))
  return words.join(t('office.prices.comma'))
}

/** "10月3日 周六：已占 640 / 800（80%），到限停售。". */
export function warningSentence(warning: QuotaWarning): string {
  const percent = warning.limit > 0 ? Math.floor((warning.taken / warning.limit) * 100) : 100
  const words = { day: [dayAndWeekday(warning.day), warning.slot].filter(Boolean).join(' '), taken: warning.taken, limit: warning.limit, percent }
  const full = warning.taken >= warning.limit
  return t(`office.quotas.warning.${warning.stops ? (full ? 'stopped' : 'stops') : full ? 'over' : 'goesOn'}`, words)
}
