import { describe, expect, it } from 'vitest'
import type { QuotaDay } from '../../shared/types'
import { added, bodyOf, daysMax, extended, nothing, ofKinds, reachedBy, reachedSlots, slotsOver, toggled } from './selection'

const today = '2026-09-30'
const day = (text: string, dayKind: QuotaDay['dayKind'], taken = 0): [string, QuotaDay] =>
  [text, { day: text, weekday: 1, dayKind, holidayName: null, limit: 800, setByHand: false, taken, keptBack: 0, left: 800, warns: false, slots: null }]
const known = new Map([day('2026-09-27', 'weekend'), day('2026-10-01', 'holiday', 300), day('2026-10-10', 'workday', 299), day('2026-10-11', 'weekend', 800), day('2026-11-01', 'weekend')])

describe('choosing days', () => {
  it('takes a day in and out again, in the order of the calendar', () => {
    const both = toggled(toggled(nothing, '2026-10-03', today), '2026-10-01', today)
    expect(both).toEqual({ days: ['2026-10-01', '2026-10-03'], anchor: '2026-10-01' })
    expect(toggled(both, '2026-10-03', today).days).toEqual(['2026-10-01'])
  })

  it('leaves days alone that are over', () => {
    expect(toggled(nothing, '2026-09-29', today)).toBe(nothing)
    expect(extended(toggled(nothing, '2026-10-01', today), '2026-09-28', today).days).toEqual(['2026-09-30', '2026-10-01'])
  })

  it('goes on from the last chosen day in either direction, and keeps what was chosen before', () => {
    const one = toggled(toggled(nothing, '2026-10-20', today), '2026-10-03', today)
    const back = extended(one, '2026-10-01', today)
    expect(back).toEqual({ days: ['2026-10-01', '2026-10-02', '2026-10-03', '2026-10-20'], anchor: '2026-10-03' })
    expect(extended(back, '2026-10-04', today).days).toHaveLength(5)
  })

  it('takes no more days than one request may carry', () => {
    const full = extended(toggled(nothing, '2026-10-01', today), '2027-11-04', today)
    expect(full.days).toHaveLength(daysMax)
    expect(toggled(full, '2028-01-01', today)).toBe(full)
    expect(added(full, ['2028-01-01'], today)).toBe(full)
  })

  it('finds the weekends and holidays of the month shown that are not over', () => {
    expect(ofKinds(known, '2026-10', ['weekend'], today)).toEqual(['2026-10-11'])
    expect(ofKinds(known, '2026-09', ['weekend'], today)).toEqual([])
    expect(ofKinds(known, '2026-10', ['weekday', 'weekend', 'holiday', 'workday'], today)).toHaveLength(3)
  })
})

describe('setting the chosen days', () => {
  it('sends all of them at once', () => {
    expect(bodyOf({ do: 'set', people: 0 }, ['2026-10-01', '2026-10-11'])).toEqual({ days: ['2026-10-01', '2026-10-11'], limit: 0, unlimited: false })
    expect(bodyOf({ do: 'none' }, ['2026-10-01'])).toEqual({ days: ['2026-10-01'], limit: null, unlimited: true })
    expect(bodyOf({ do: 'own' }, ['2026-10-01'])).toEqual({ days: ['2026-10-01'], limit: null, unlimited: false })
  })

  it('counts the days that have taken as many already', () => {
    const days = ['2026-10-01', '2026-10-10', '2026-10-11', '2027-01-01']
    expect(reachedBy({ do: 'set', people: 300 }, days, known, 800)).toBe(2)
    expect(reachedBy({ do: 'own' }, days, known, 800)).toBe(1)
    expect(reachedBy({ do: 'own' }, days, known, null)).toBe(0)
    expect(reachedBy({ do: 'none' }, days, known, 800)).toBe(0)
  })
})

describe('slots of the chosen days', () => {
  const slot = (at: string, taken: number, limit: number | null = 80) =>
    ({ at, until: '23:59', limit, setByHand: false, taken, keptBack: 0, left: limit === null ? null : limit - taken, warns: false })
  const withSlots = (text: string, ...slots: ReturnType<typeof slot>[]): [string, QuotaDay] => [text, { ...day(text, 'weekend')[1], slots }]
  const two = new Map([withSlots('2026-10-03', slot('09:00', 80), slot('12:00', 5)), withSlots('2026-10-04', slot('12:00', 20, null), slot('13:00', 0)), day('2026-10-05', 'weekday')])
  const days = [...two.keys()]
  const quota = { limit: 80, slots: { from: '2026-10-01', until: null, first: '09:00', minutes: 60, count: 5, earlyMinutes: 0, lateMinutes: 0, own: [{ at: '12:00', limit: 20 }] } }

  it('are told once for each time, together', () => {
    expect(slotsOver(days, two).map(({ at, taken, limit, left }) => [at, taken, limit, left])).toEqual([['09:00', 80, 80, 0], ['12:00', 25, null, null], ['13:00', 0, 80, 80]])
    expect(slotsOver(['2026-10-05'], two)).toEqual([])
  })

  it('are sent where some are chosen', () => {
    expect(bodyOf({ do: 'set', people: 0 }, ['2026-10-03'], ['12:00'])).toEqual({ days: ['2026-10-03'], limit: 0, unlimited: false, slots: ['12:00'] })
    expect('slots' in bodyOf({ do: 'own' }, ['2026-10-03'])).toBe(false)
  })

  it('are counted where as many are taken as they will have', () => {
    expect(reachedSlots({ do: 'set', people: 0 }, days, two, ['12:00'], quota)).toBe(2)
    expect(reachedSlots({ do: 'set', people: 50 }, days, two, [], quota)).toBe(2)
    expect(reachedSlots({ do: 'own' }, days, two, [], quota)).toBe(2)
    expect(reachedSlots({ do: 'none' }, days, two, ['09:00'], quota)).toBe(0)
  })
})
