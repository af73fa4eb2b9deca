import { expect, it } from 'vitest'
import { keepUntil, keptTo } from './keep'

it.each([
  ['00:00', '12:00'], ['10:59', '12:00'], ['11:00', '13:00'], ['11:01', '13:30'], ['12:40', '15:00'], ['21:30', '23:30'], ['21:31', '23:59'], ['23:59', '23:59'],
])('kept at %s is kept until %s', (now, until) => expect(keepUntil(now)).toBe(until))

it.each([
  ['2026-11-20', '09:00', '2026-11-24', '12:00'], ['2026-11-24', '12:40', '2026-11-24', '15:00'],
  ['2026-11-25', '00:25', '2026-11-25', '00:59'], ['2026-11-25', '01:50', '2026-11-25', '02:59'],
])('on %s at %s an order of the 24th is kept to %s %s', (day, time, toDay, toTime) => expect(keptTo('2026-11-24', { day, time })).toEqual({ day: toDay, time: toTime }))
