import { describe, expect, it } from 'vitest'
import type { QuotaDay } from '../../shared/types'
import { added, bodyOf, daysMax, extended, nothing, ofKinds, reachedBy, toggled } from './selection'

const today = '2026-09-30'
const day = (text: string, dayKind: QuotaDay['dayKind'], taken = 0): [string, QuotaDay] =>
  [text, { day: text, weekday: 1, dayKind, holidayName: null, limit: 800, setByHand: false, taken, keptBack: 0, left: 800, warns: false }]
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
