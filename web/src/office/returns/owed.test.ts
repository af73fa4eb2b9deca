import { expect, test } from 'vitest'
import { partDone, scopePath } from './dayReturns'
import { cardPart, owedQuery } from './owed'

test('the list is asked for what was chosen', () => {
  expect(owedQuery('open', '', '')).toBe('choice=open')
  expect(owedQuery('cards', 'a-b', '2026 1')).toBe('choice=cards&dayReturn=a-b&number=2026%201')
})

test('what is told to the acquirer is the open part of the cards', () => {
  expect(cardPart([{ cardOpenFen: 100 }, { cardOpenFen: 0 }, { cardOpenFen: 25 }])).toBe(125)
})

test('a return of a day is never shown as done while a ticket is left', () => {
  expect(partDone({ tickets: 999, left: { orders: 1, tickets: 1, people: 1, priceFen: 1, used: 0 } })).toBe(99)
  expect(partDone({ tickets: 0, left: { orders: 0, tickets: 0, people: 0, priceFen: 0, used: 3 } })).toBe(100)
  expect(scopePath('2026-10-03', ['a', 'b'])).toBe('/api/day-returns/scope?day=2026-10-03&types=a,b')
})
