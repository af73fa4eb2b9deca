import { expect, it } from 'vitest'
import { keepUntil } from './keep'

it.each([
  ['00:00', '12:00'], ['10:59', '12:00'], ['11:00', '13:00'], ['11:01', '13:30'], ['12:40', '15:00'], ['21:30', '23:30'], ['21:31', '23:59'], ['23:59', '23:59'],
])('kept at %s is kept until %s', (now, until) => expect(keepUntil(now)).toBe(until))
