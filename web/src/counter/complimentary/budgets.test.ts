import { describe, expect, it } from 'vitest'
import type { Budget, PriceSheet, SheetType } from '../../shared/types'
import { emptyCart, type Cart } from '../cart'
import { chosenOf, givingOn, layoutOf, leftOf, needsSecond, peopleGiven } from './budgets'
import { lacksOf, wrongOf } from './form'

const budget = (id: string, part: Partial<Budget> = {}): Budget => ({ id, edit: 1, name: id, nameEn: '', from: '2026-01-01', to: '2026-12-31', people: 100, leftToClerk: 2, active: true, given: 90, ...part })
const type = (id: string, complimentary: boolean): SheetType => ({
  id, code: id, name: id, nameEn: id, tab: 'single', visitorType: 'adult', keySlot: null, proof: 'none', heightLimitCm: null, minPeople: 1, maxPeople: 50,
  fromTime: '08:00', toTime: '17:00', attention: '', unitFen: complimentary ? 0 : 8000, perTicket: false, left: null, slots: null, complimentary,
})
const sheet: PriceSheet = { version: 'v', day: '2026-11-21', dayKind: 'weekend', holidayName: null, onSale: true, byRules: false, types: [type('gift', true), type('paid', false)], words: { tabs: [], visitorTypes: [], proofs: [] } }
const cartOf = (...lines: Cart['lines']): Cart => ({ ...emptyCart('2026-11-21'), lines })
const line = (typeId: string, quantity: number, people = 1) => ({ typeId, quantity, people })

describe('what a cart gives', () => {
  it('is counted in people, of complimentary lines only', () => {
    expect(peopleGiven(cartOf(line('gift', 2), line('paid', 5), line('gift', 1, 20)), sheet)).toBe(22)
    expect(peopleGiven(cartOf(line('paid', 5), line('gone', 1)), sheet)).toBe(0)
    expect(peopleGiven(cartOf(line('gift', 2)), null)).toBe(0)
  })

  it('is another gift when more is given or on another day, and the same whatever else is sold', () => {
    const named = layoutOf(cartOf(line('gift', 2)), sheet)
    expect(layoutOf(cartOf(line('gift', 2), line('paid', 1)), sheet)).toBe(named)
    expect(layoutOf(cartOf(line('gift', 3)), sheet)).not.toBe(named)
    expect(layoutOf({ ...cartOf(line('gift', 2)), visitDay: '2026-11-22' }, sheet)).not.toBe(named)
  })
})

describe('the budget that a gift comes from', () => {
  it('is in use and gives on this business day, its first and last counted', () => {
    const all = [budget('a'), budget('off', { active: false }), budget('past', { to: '2026-11-20' }), budget('last', { to: '2026-11-21' }), budget('first', { from: '2026-11-21' }), budget('next', { from: '2026-11-22' })]
    expect(givingOn(all, '2026-11-21').map(({ id }) => id)).toEqual(['a', 'last', 'first'])
  })

  it('is chosen already where there is only one, and stays chosen while it gives', () => {
    expect(chosenOf([budget('a')], '')).toBe('a')
    expect(chosenOf([budget('a'), budget('b')], '')).toBe('')
    expect(chosenOf([budget('a'), budget('b')], 'b')).toBe('b')
    expect(chosenOf([budget('a'), budget('b')], 'gone')).toBe('')
    expect(chosenOf([], 'gone')).toBe('')
  })

  it.each([[2, 2, false], [3, 2, true], [1, 0, true], [3, 5, false]])('asks for a second person for %i people where %i are left to the clerk: %s', (people, leftToClerk, asks) => {
    expect(needsSecond(budget('a', { leftToClerk }), people)).toBe(asks)
    expect(needsSecond(undefined, people)).toBe(false)
  })

  it('has nothing left rather than less than nothing', () => {
    expect(leftOf(budget('a'))).toBe(10)
    expect(leftOf(budget('a', { given: 120 }))).toBe(0)
  })
})

describe('a gift before it is named', () => {
  const filled = { budgetId: 'a', reason: 'press', note: '市电视台，函 12 号', login: '', password: '' }

  it('lacks what is not filled in, and asks for an approval only where one is needed', () => {
    expect(lacksOf(filled, false)).toEqual([])
    expect(lacksOf(filled, true)).toEqual(['login', 'password'])
    expect(lacksOf({ ...filled, budgetId: '', reason: '', note: ' 函 ' }, false)).toEqual(['budgetId', 'reason', 'note'])
    expect(lacksOf({ ...filled, note: 'x'.repeat(101) }, false)).toEqual(['note'])
  })

  it('shows the words of the server at their fields', () => {
    expect(wrongOf({ 'complimentary.note': ['太短', '请补充'], lines: ['x'] })).toEqual({ note: '太短 请补充' })
  })
})
