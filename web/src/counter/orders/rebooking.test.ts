import { describe, expect, it } from 'vitest'
import type { Order, PriceSheet, SheetType, Ticket } from '../../shared/types'
import { tenderedFen } from './due'
import { fittedTargets, linesOf, requestOf, trialOf, typesFor, type Wish } from './rebooking'

const slot = (at: string, left: number | null = null) => ({ at, until: '18:00', left, unitFen: 8000 })
const type = (id: string, part: Partial<SheetType> = {}) => ({ id, minPeople: 1, maxPeople: 1, slots: null, complimentary: false, ...part }) as SheetType
const sheetOf = (...types: SheetType[]) => ({ version: '7', day: '2026-11-24', types }) as unknown as PriceSheet
const ticket = (id: string, line: number) => ({ id, line }) as Ticket
const line = (typeId: string, part = {}) => ({ typeId, people: 1, complimentary: false, slot: null, ...part })
const order = { id: 'o', lines: [line('adult'), line('car', { slot: { at: '09:00:00', until: '09:30:00' } })], tickets: [ticket('a', 0), ticket('b', 0), ticket('c', 1)] } as unknown as Order
const wish = (part: Partial<Wish> = {}): Wish =>
  ({ tickets: ['a', 'b', 'c'], visitDay: '2026-11-24', targets: {}, reason: 'plans', remark: ' ', method: 'cash', tendered: '', supervisorLogin: '', supervisorPassword: '', ...part })

describe('what tickets become', () => {
  it('follows the lines that are chosen', () => {
    expect(linesOf(order, ['c', 'a'])).toEqual([0, 1])
    expect(linesOf(order, ['b'])).toEqual([0])
  })

  it('stays as it was where the day has it, and takes the next slot with room where it has not', () => {
    const sheet = sheetOf(type('adult'), type('car', { slots: [slot('09:00'), slot('10:00')] }))
    expect(fittedTargets(order, ['a', 'c'], {}, sheet)).toEqual({ 0: { typeId: 'adult' }, 1: { typeId: 'car', slot: '09:00' } })
    const later = sheetOf(type('adult'), type('car', { slots: [slot('10:00', 0), slot('11:00', 1)] }))
    expect(fittedTargets(order, ['c'], {}, later)).toEqual({ 1: { typeId: 'car', slot: '11:00' } })
    expect(fittedTargets(order, ['c'], { 1: { typeId: 'car', slot: '10:00' } }, later)).toEqual({ 1: { typeId: 'car', slot: '10:00' } })
    expect(fittedTargets(order, ['a'], {}, null)).toEqual({ 0: { typeId: 'adult' } })
  })

  it('is of a type for as many people, and no gift unless it was one', () => {
    const sheet = sheetOf(type('adult'), type('group', { minPeople: 10, maxPeople: 50 }), type('gift', { complimentary: true }))
    expect(typesFor(order, 0, sheet).map((one) => one.id)).toEqual(['adult'])
    const given = { ...order, lines: [line('gift', { complimentary: true })] } as unknown as Order
    expect(typesFor(given, 0, sheet).map((one) => one.id)).toEqual(['adult', 'gift'])
    expect(typesFor(order, 0, null)).toEqual([])
  })
})

describe('what is asked', () => {
  const sheet = sheetOf(type('adult'))
  it('is tried once everything is said, for the day that the sheet is of', () => {
    for (const part of [{ tickets: [] }, { reason: '' }, { visitDay: '2026-11-25' }]) expect(trialOf(order, wish(part), 's', sheet)).toBeNull()
    expect(trialOf(order, wish(), undefined, sheet)).toBeNull()
    expect(trialOf(order, wish({ tickets: ['a'] }), 's', sheet)).toMatchObject({ trial: true, payments: [], targets: [{ line: 0, typeId: 'adult', slot: null }] })
  })

  it('names the sums that were told, and pays only what is due', () => {
    const told = { creditFen: 100, totalFen: 160, dueFen: 60, pricedAt: 'then' }
    expect(requestOf(order, wish({ tendered: '1' }), 's', '7', told)).toMatchObject({ creditFen: 100, totalFen: 160, trial: false, remark: '', payments: [{ method: 'cash', amountFen: 60, tenderedFen: 100 }] })
    expect(requestOf(order, wish({ method: 'card', tendered: '1' }), 's', '7', told).payments[0]).toMatchObject({ method: 'card', tenderedFen: 60 })
    expect(requestOf(order, wish(), 's', '7', { ...told, dueFen: -60 }).payments).toEqual([])
  })

  it('takes cash that is enough, exact where nothing is typed', () => {
    expect(tenderedFen({ method: 'cash', tendered: '' }, 60)).toBe(60)
    expect(tenderedFen({ method: 'cash', tendered: '0.6' }, 60)).toBe(60)
    expect(tenderedFen({ method: 'cash', tendered: '0.59' }, 60)).toBeNull()
    expect(tenderedFen({ method: 'cash', tendered: 'x' }, 60)).toBeNull()
    expect(tenderedFen({ method: 'card', tendered: 'x' }, 60)).toBe(60)
  })
})
