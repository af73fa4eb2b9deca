// Time slots of a quota (时段): the pattern that a form holds, the slots of a day that it makes, and what is checked before it is sent.
import { t } from '../../shared/text'
import type { SlotPattern, SlotTimes } from '../../shared/types'
import { Checks } from '../frame/check'

export const minutesMin = 5
export const countMax = 96
export const graceMax = 240
const minutesOfDay = 24 * 60

/** Patterns to begin with; every number of them may be changed. */
export const templates = {
  halfHour: { first: '09:00', minutes: 30, count: 16 },
  hour: { first: '09:00', minutes: 60, count: 8 },
  show: { first: '10:00', minutes: 120, count: 4 },
} as const
export type Template = keyof typeof templates

export const freshSlots = (from: string): SlotPattern => ({ from, until: null, ...templates.halfHour, earlyMinutes: 10, lateMinutes: 15, own: [] })

/** Minutes since midnight of "08:30"; NaN where it is no time of day. */
export function minuteOf(time: string): number {
  const parts = /^([01]\d|2[0-3]):([0-5]\d)/.exec(time)
  return parts ? Number(parts[1]) * 60 + Number(parts[2]) : NaN
}
const clock = (minute: number): string => `${String(Math.floor(minute / 60) % 24).padStart(2, '0')}:${String(minute % 60).padStart(2, '0')}`

const whole = (number: number | null, min: number, max: number): boolean => Number.isInteger(number) && number! >= min && number! <= max
const endsInTime = ({ first, minutes, count }: SlotPattern): boolean => minuteOf(first) + minutes * count <= minutesOfDay

export interface PatternSlot extends SlotTimes {
  /** The first and the last minute in which the gate admits. */
  opens: string
  closes: string
  /** People that the pattern gives this slot; null = as many as the others. */
  own: number | null
}

/** The slots of a day in order; none while the pattern is not whole. */
export function slotsOf(pattern: SlotPattern): PatternSlot[] {
  const { first, minutes, count, earlyMinutes, lateMinutes } = pattern
  const begins = minuteOf(first)
  const good = !Number.isNaN(begins) && whole(minutes, minutesMin, minutesOfDay) && whole(count, 1, countMax) && endsInTime(pattern)
  return !good ? [] : Array.from({ length: count }, (_, index) => {
    const from = begins + index * minutes
    const at = clock(from)
    return {
      at, until: clock(from + minutes), own: pattern.own.find((one) => one.at.slice(0, 5) === at)?.limit ?? null,
      opens: clock(Math.max(0, from - (earlyMinutes || 0))), closes: clock(Math.min(minutesOfDay, from + minutes + (lateMinutes || 0)) - 1),
    }
  })
}

/** The places of one slot; null gives it as many as the others. */
export function withOwn(pattern: SlotPattern, at: string, limit: number | null): SlotPattern['own'] {
  const others = pattern.own.filter((one) => one.at.slice(0, 5) !== at)
  return limit === null ? others : [...others, { at, limit }].sort((a, b) => a.at.localeCompare(b.at))
}

/** What is sent: places of slots that the pattern no longer makes stay out. */
export function sentSlots(pattern: SlotPattern): SlotPattern {
  const made = new Set(slotsOf(pattern).map(({ at }) => at))
  return { ...pattern, until: pattern.until || null, own: pattern.own.filter(({ at }) => made.has(at.slice(0, 5))) }
}

export function checkSlots(checks: Checks, pattern: SlotPattern, peopleMax: number): void {
  checks.add('slots.from', !pattern.from, t('office.field.required'))
    .add('slots.until', !!pattern.until && pattern.until < pattern.from, t('office.slots.until.early'))
    .time('slots.first', pattern.first).whole('slots.minutes', pattern.minutes, minutesMin, minutesOfDay).whole('slots.count', pattern.count, 1, countMax)
    .add('slots.count', !Number.isNaN(minuteOf(pattern.first)) && !endsInTime(pattern), t('office.slots.midnight'))
    .whole('slots.earlyMinutes', pattern.earlyMinutes, 0, graceMax).whole('slots.lateMinutes', pattern.lateMinutes, 0, graceMax)
  pattern.own.forEach(({ at, limit }) => checks.whole(`slots.own.${at.slice(0, 5)}`, limit, 0, peopleMax))
}

/** The slots between two times of the day, the later one not included; so 12:00 to 13:00 is the hour. */
export const between = (slots: readonly SlotTimes[], from: string, to: string): string[] =>
  slots.filter(({ at }) => at.slice(0, 5) >= from && (to === '24:00' || at.slice(0, 5) < to)).map(({ at }) => at)
