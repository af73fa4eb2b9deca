import { describe, expect, it } from 'vitest'
import type { PriceSheet, SheetType } from '../../shared/types'
import { addType, emptyCart, lineFen, slotFor, totalFen, type Cart } from '../cart'
import { shortages } from '../shortage'
import { fitted, lineToSettle, moved, oneMore, roomFor } from './slots'

const day = '2026-11-22'
const slot = (at: string, until: string, left: number | null, unitFen = 8000) => ({ at, until, left, unitFen })
const type = (id: string, slots: SheetType['slots'], part: Partial<SheetType> = {}): SheetType => ({
  id, code: id, name: id, nameEn: id, tab: 'single', visitorType: 'adult', keySlot: 1, proof: 'none', heightLimitCm: null, minPeople: 1, maxPeople: 1,
  fromTime: '08:00', toTime: '17:00', attention: '', unitFen: 8000, perTicket: false, left: null, slots, complimentary: false, ...part,
})
const car = type('car', [slot('09:00', '09:30', 0), slot('09:30', '10:00', 2), slot('10:00', '10:30', 80), slot('18:00', '18:30', null, 5000)])
const plain = type('plain', null, { left: 4 })
const sheetOf = (...types: SheetType[]): PriceSheet => ({ version: 'v', day, dayKind: 'weekend', holidayName: null, onSale: true, byRules: false, types, words: { tabs: [], visitorTypes: [], proofs: [] } })
const sheet = sheetOf(car, plain)
const cartOf = (...lines: Cart['lines']): Cart => ({ ...emptyCart(day), lines })
const line = (quantity: number, at?: string, typeId = 'car') => ({ typeId, quantity, people: 1, ...(at ? { slot: at } : {}) })
const good = (answer: ReturnType<typeof addType>) => {
  if ('refusal' in answer) throw new Error(answer.refusal)
  return answer
}

describe('a type with slots', () => {
  it('begins with the next slot that has room for all', () => {
    expect(slotFor(car, 2)).toBe('09:30')
    expect(slotFor(car, 3)).toBe('10:00')
    expect(slotFor(type('t', [slot('09:00', '09:30', 0), slot('09:30', '10:00', 2)]), 3)).toBe('09:30')
    expect(slotFor(type('t', [slot('09:00', '09:30', 0)]), 1)).toBe('09:00')
    expect(slotFor(plain, 1)).toBeUndefined()
  })

  it('is added with its slot, raised in the chosen line, and costs what the slot costs', () => {
    const first = good(addType(emptyCart(day), car, null))
    expect(first.cart.lines).toEqual([line(1, '09:30')])
    const two = cartOf(line(1, '09:30'), line(1, '18:00'))
    expect(good(addType(two, car, null, 1)).cart.lines).toEqual([line(1, '09:30'), line(2, '18:00')])
    expect(lineFen(line(2, '18:00'), car)).toBe(10_000)
    expect(totalFen(two, sheet)).toBe(13_000)
  })

  it('is not sold when no slot is left of the day', () => expect(addType(emptyCart(day), type('t', []), null)).toMatchObject({ refusal: 'noSlot' }))
})

describe('choosing a slot', () => {
  it('counts out what the other lines of the sale take', () => {
    const cart = cartOf(line(1, '09:30'), line(1, '10:00'))
    expect(roomFor(cart, 1, car, '09:30')).toBe(1)
    expect(roomFor(cart, 0, car, '09:30')).toBe(2)
    expect(roomFor(cart, 0, car, '18:00')).toBeNull()
  })

  it('moves the line, and joins it with the same tickets', () => {
    expect(moved(cartOf(line(2, '09:30')), 0, car, '10:00')).toEqual({ cart: cartOf(line(2, '10:00')), chosen: 0 })
    expect(moved(cartOf(line(2, '09:30'), line(1, '10:00')), 0, car, '10:00')).toEqual({ cart: cartOf(line(3, '10:00')), chosen: 0 })
    expect(moved(cartOf(line(1, '10:00'), line(400, '09:30')), 1, car, '10:00')).toEqual({ cart: cartOf(line(401, '10:00')), chosen: 0 })
    expect(moved(cartOf(line(200, '10:00'), line(400, '09:30')), 1, car, '10:00').cart.lines).toHaveLength(2)
  })

  it('adds one in another slot as a line of its own', () => {
    const two = good(oneMore(cartOf(line(2, '09:30')), car, '10:00'))
    expect(two).toEqual({ cart: cartOf(line(2, '09:30'), line(1, '10:00')), chosen: 1 })
    expect(good(oneMore(two.cart, car, '10:00')).cart.lines[1]).toEqual(line(2, '10:00'))
  })
})

describe('a new sheet', () => {
  it('leaves a cart alone whose slots it offers', () => {
    const cart = cartOf(line(2, '09:30'), line(1, undefined, 'plain'), line(1, undefined, 'gone'))
    expect(fitted(cart, sheet)).toEqual({ cart, left: null })
    expect(fitted(cart, sheet).cart).toBe(cart)
  })

  it('moves what is over to the next slot with room, and says so', () => {
    expect(fitted(cartOf(line(3, '08:30')), sheet)).toEqual({ cart: cartOf(line(3, '10:00')), left: { from: '08:30', to: '10:00' } })
  })

  it('gives slots where the day has them and takes them where it has not', () => {
    expect(fitted(cartOf(line(1)), sheet)).toEqual({ cart: cartOf(line(1, '09:30')), left: null })
    expect(fitted(cartOf(line(1, '09:30', 'plain')), sheet)).toEqual({ cart: cartOf(line(1, undefined, 'plain')), left: null })
    const over = cartOf(line(1, '09:30'))
    expect(fitted(over, sheetOf(type('car', []))).cart).toBe(over)
  })
})

describe('missing places', () => {
  it('are counted for each slot, and for a type without slots over its lines', () => {
    const cart = cartOf(line(2, '09:30'), line(1, '09:30'), line(9, '18:00'), line(5, undefined, 'plain'), line(1, undefined, 'gone'))
    expect(shortages(cart, sheet).map(({ line: of, slot, asked, left }) => [of.typeId, slot, asked, left])).toEqual([
      ['car', '09:30', 3, 2], ['plain', null, 5, 4], ['gone', null, 1, 0]])
    expect(shortages(cartOf(line(2, '10:00')), sheetOf({ ...car, left: 1 }))).toMatchObject([{ slot: null, asked: 2, left: 1 }])
  })

  it('lead back to the line whose slot filled up meanwhile, not to one that was sold full on purpose', () => {
    const sold = cartOf(line(1, '09:00'), line(2, '09:30'))
    const filled = sheetOf(type('car', [slot('09:00', '09:30', 0), slot('09:30', '10:00', 1)]))
    expect(lineToSettle('quotaFull', sold, sheet, sold, filled)).toBe(1)
    expect(lineToSettle('quotaFull', cartOf(line(1, '09:00')), sheet, cartOf(line(1, '09:00')), filled)).toBe(-1)
    expect(lineToSettle('quotaFull', cartOf(line(9, undefined, 'plain')), null, cartOf(line(9, undefined, 'plain')), sheet)).toBe(-1)
    expect(lineToSettle('soldOut', sold, sheet, sold, filled)).toBe(-1)
  })

  it('and slots that are over lead to the line that had to change', () => {
    const sold = cartOf(line(1, undefined, 'plain'), line(1, '08:30'))
    expect(lineToSettle('slotOver', sold, sheet, fitted(sold, sheet).cart, sheet)).toBe(1)
    expect(lineToSettle('slotUnknown', cartOf(line(1, '09:30')), sheet, cartOf(line(1, '09:30')), sheet)).toBe(0)
  })
})
