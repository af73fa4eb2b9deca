import { describe, expect, it } from 'vitest'
import { addMonths, daysFrom, lastOf, moved, weeksOf } from './month'

describe('calendar arithmetic', () => {
  it('crosses months, years and leap days', () => {
    expect(addMonths('2026-12', 1)).toBe('2027-01')
    expect(addMonths('2026-01', -1)).toBe('2025-12')
    expect(lastOf('2028-02')).toBe('2028-02-29')
    expect(daysFrom('2028-02-28', '2028-03-01')).toEqual(['2028-02-28', '2028-02-29', '2028-03-01'])
  })

  it('lays a month out from Monday to Sunday without losing a day', () => {
    const weeks = weeksOf('2026-10')
    expect(weeks.every((week) => week.length === 7)).toBe(true)
    expect(weeks.flat().filter(Boolean)).toHaveLength(31)
    expect(weeks[0]).toEqual([null, null, null, '2026-10-01', '2026-10-02', '2026-10-03', '2026-10-04'])
  })

  it('moves by the keys of a calendar grid', () => {
    expect(moved('2026-10-01', 'ArrowUp')).toBe('2026-09-24')
    expect(moved('2026-10-01', 'Home')).toBe('2026-09-28')
    expect(moved('2026-10-01', 'End')).toBe('2026-10-04')
    expect(moved('2026-10-31', 'PageDown')).toBe('2026-11-30')
    expect(moved('2026-10-01', 'a')).toBeNull()
  })
})
