import { describe, expect, it } from 'vitest'
import type { PriceSheet, SheetType } from '../shared/types'
import { addType, cartFrom, emptyCart, mostLines, mostTickets, peopleOf, removeLine, setLine, totalFen, type Cart, type CartAnswer } from './cart'
import { shortages } from './shortage'

const type = (id: string, unitFen: number, minPeople = 1, maxPeople = 1, left: number | null = null): SheetType => ({
  id, code: id.toUpperCase(), name: id, nameEn: id, tab: 'single', visitorType: 'adult', keySlot: null, proof: 'none', heightLimitCm: null,
  minPeople, maxPeople, fromTime: '08:00', toTime: '17:00', attention: '', unitFen, perTicket: false, left, slots: null, complimentary: false,
})
const adult = type('adult', 8000)
const child = type('child', 4000, 1, 1, 5)
const family = type('family', 6000, 3, 3)
const group = type('group', 6400, 10, 100)
const sheet: PriceSheet = { version: 'v', day: '2026-11-21', dayKind: 'weekend', holidayName: null, onSale: true, byRules: false, types: [adult, child, family, group], words: { tabs: [], visitorTypes: [], proofs: [] } }
const good = (answer: CartAnswer): Cart => {
  if ('refusal' in answer) throw new Error(answer.refusal)
  return answer.cart
}
const empty = emptyCart('2026-11-21')

describe('the cart', () => {
  it('raises the line when the same type is added again', () => {
    const cart = good(addType(good(addType(empty, adult, null)), adult, null))
    expect(cart.lines).toEqual([{ typeId: 'adult', quantity: 2, people: 1 }])
    expect(totalFen(cart, sheet)).toBe(16_000)
  })

  it('counts tickets for ordinary types and people for group tickets', () => {
    expect(good(addType(empty, adult, 37)).lines).toEqual([{ typeId: 'adult', quantity: 37, people: 1 }])
    const cart = good(addType(empty, group, 37))
    expect(cart.lines).toEqual([{ typeId: 'group', quantity: 1, people: 37 }])
    expect(totalFen(cart, sheet)).toBe(37 * 6400)
  })

  it('charges a family ticket for all its people', () => {
    const cart = good(addType(empty, family, 2))
    expect(peopleOf(cart)).toBe(6)
    expect(totalFen(cart, sheet)).toBe(36_000)
  })

  it('begins a group at its smallest size and adds people one by one', () => {
    expect(good(addType(good(addType(empty, group, null)), group, null)).lines[0]!.people).toBe(11)
  })

  it('refuses sizes and numbers outside the limits and changes nothing', () => {
    expect(addType(empty, group, 9)).toEqual({ refusal: 'tooFewPeople', limit: 10 })
    expect(addType(empty, group, 101)).toEqual({ refusal: 'tooManyPeople', limit: 100 })
    expect(addType(empty, adult, mostTickets + 1)).toEqual({ refusal: 'tooManyTickets', limit: mostTickets })
  })

  it('holds at most so many lines', () => {
    let cart = empty
    for (let n = 0; n < mostLines; n++) cart = good(addType(cart, type(`t${n}`, 1), null))
    expect(addType(cart, adult, null)).toEqual({ refusal: 'tooManyLines', limit: mostLines })
  })

  it('takes a line away when it is removed or set to nothing', () => {
    const cart = good(addType(good(addType(empty, adult, null)), child, null))
    expect(removeLine(cart, 0).lines.map((line) => line.typeId)).toEqual(['child'])
    expect(good(setLine(cart, 1, child, 0, 1)).lines.map((line) => line.typeId)).toEqual(['adult'])
  })

  it('names what too few places are left for, also when the type is gone', () => {
    expect(shortages(good(addType(empty, child, 5)), sheet)).toEqual([])
    expect(shortages(good(addType(empty, child, 6)), sheet)).toMatchObject([{ asked: 6, left: 5 }])
    expect(shortages(good(addType(empty, type('gone', 1), 1)), sheet)).toMatchObject([{ asked: 1, left: 0 }])
  })

  it('survives storage, and nothing broken comes out of it', () => {
    const cart = good(addType(empty, group, 37))
    expect(cartFrom(JSON.stringify(cart))).toEqual(cart)
    for (const broken of [null, '', '{', '[]', '{"visitDay":"x","lines":[]}', '{"visitDay":"2026-11-21","lines":[{"typeId":"a","quantity":-1,"people":1}]}']) expect(cartFrom(broken)).toBeNull()
  })
})
