// Choosing days on the calendar of a quota, and what is then sent for all of them at once. Pure.
import type { DaySlot, Quota, QuotaDay, QuotaDaysChange } from '../../shared/types'
import { daysFrom } from '../calendar/month'
import { rangeOf } from '../calendar/painting'

export interface Selection {
  /** In the order of the calendar. */
  days: string[]
  /** From where Shift goes on; the day that was chosen last. */
  anchor: string | null
}
/** The server takes so many at once. */
export const daysMax = 400
export const nothing: Selection = { days: [], anchor: null }

const inOrder = (days: Iterable<string>): string[] => [...new Set(days)].sort()

/** Takes one day in or out; a day that is over cannot be changed any more. */
export function toggled(selection: Selection, day: string, today: string): Selection {
  if (day < today) return selection
  const without = selection.days.filter((one) => one !== day)
  if (without.length < selection.days.length) return { days: without, anchor: day }
  return without.length < daysMax ? { days: inOrder([...without, day]), anchor: day } : selection
}

/** Takes in all days from the last chosen one to this one, whichever comes first. */
export function extended(selection: Selection, day: string, today: string): Selection {
  const anchor = selection.anchor ?? day
  const { from, to } = rangeOf(anchor, day)
  return added({ ...selection, anchor }, daysFrom(from, to), today)
}

/** Takes in several days; what would be more than one request can carry changes nothing. */
export function added(selection: Selection, days: readonly string[], today: string): Selection {
  const all = inOrder([...selection.days, ...days.filter((day) => day >= today)])
  return all.length > daysMax ? selection : { ...selection, days: all }
}

/** The days of a month that are of one of these kinds and not over. */
export function ofKinds(known: ReadonlyMap<string, QuotaDay>, month: string, kinds: readonly QuotaDay['dayKind'][], today: string): string[] {
  return [...known.values()].filter((day) => day.day.startsWith(month) && day.day >= today && kinds.includes(day.dayKind)).map((day) => day.day).sort()
}

/** What is done to the chosen days: a limit of their own, no limit, or back to the limit of the quota. */
export type Stroke = { do: 'set'; people: number } | { do: 'none' } | { do: 'own' }

/** Without slots the whole days are set. */
export function bodyOf(stroke: Stroke, days: string[], slots: string[] = []): QuotaDaysChange {
  const body: QuotaDaysChange = { days, limit: stroke.do === 'set' ? stroke.people : null, unlimited: stroke.do === 'none' }
  return slots.length ? { ...body, slots } : body
}

/** How many of the chosen days have taken the new limit already, or more: nothing is taken back, nothing more comes in. */
export function reachedBy(stroke: Stroke, days: readonly string[], known: ReadonlyMap<string, QuotaDay>, own: number | null): number {
  const limit = stroke.do === 'set' ? stroke.people : stroke.do === 'own' ? own : null
  return limit === null ? 0 : days.filter((day) => (known.get(day)?.taken ?? -1) >= limit).length
}

const slotsOn = (days: readonly string[], known: ReadonlyMap<string, QuotaDay>): DaySlot[] => days.flatMap((day) => known.get(day)?.slots ?? [])
const sum = (a: number | null, b: number | null): number | null => (a === null || b === null ? null : a + b)

/** The slots of the chosen days in the order of the day; those at the same time as one, with what they have together. */
export function slotsOver(days: readonly string[], known: ReadonlyMap<string, QuotaDay>): DaySlot[] {
  const found = new Map<string, DaySlot>()
  for (const slot of slotsOn(days, known)) {
    const one = found.get(slot.at)
    found.set(slot.at, !one ? slot : {
      ...one, limit: sum(one.limit, slot.limit), left: sum(one.left, slot.left), taken: one.taken + slot.taken, keptBack: one.keptBack + slot.keptBack,
      warns: one.warns || slot.warns, setByHand: one.setByHand || slot.setByHand,
    })
  }
  return [...found.values()].sort((a, b) => a.at.localeCompare(b.at))
}

/** In how many slots of the chosen days as many are taken already as they will have; only where somebody is in them. */
export function reachedSlots(stroke: Stroke, days: readonly string[], known: ReadonlyMap<string, QuotaDay>, slots: readonly string[], quota: Pick<Quota, 'limit' | 'slots'>): number {
  const willHave = (at: string): number | null => {
    const own = quota.slots?.own.find((one) => one.at === at)?.limit ?? null
    if (stroke.do === 'own') return own ?? quota.limit
    if (stroke.do === 'none') return slots.length ? null : own
    return slots.length || own === null ? stroke.people : Math.min(own, stroke.people)
  }
  return slotsOn(days, known).filter(({ at, taken }) => (!slots.length || slots.includes(at)) && taken > 0 && taken >= (willHave(at) ?? Infinity)).length
}
