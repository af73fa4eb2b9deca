import { describe, expect, it } from 'vitest'
import { addTexts } from '../shared/text'
import type { OrderLine, Quote, SheetType } from '../shared/types'
import { priceWords } from './cart'
import { lineWords } from './orders/line'
import orders from './orders/texts'
import { offWords } from './quoting'
import en from './texts.en'
import laterEn from './texts.later.en'
import laterZh from './texts.later.zh'
import zh from './texts.zh'

addTexts({ zh: { ...zh, ...laterZh }, en: { ...en, ...laterEn } })
addTexts(orders)

const line = (people: number, unitFen: number, totalFen: number, more: Partial<OrderLine> = {}): OrderLine =>
  ({ typeId: 'a', typeName: '票', typeNameEn: '', quantity: 1, people, unitFen, totalFen, offFen: 0, taxFen: 0, complimentary: false, ...more })

describe('a price by ticket', () => {
  it('says so on the tile and in the sale, a price by person does not', () => {
    expect(priceWords({ perTicket: true } as SheetType, 20_000)).toBe('¥200.00/票')
    expect(priceWords({ perTicket: false } as SheetType, 8_000)).toBe('¥80.00')
    expect(priceWords(undefined, 0)).toBe('¥0.00')
  })

  it('is not multiplied by people in an order', () => {
    expect(lineWords(line(3, 20_000, 20_000))).toBe('¥200.00/票 × 1（每张 3 人）')
    expect(lineWords(line(3, 20_000, 36_000, { quantity: 2, offFen: 4_000 }))).toBe('¥200.00/票 × 2（每张 3 人） −¥40.00')
    expect(lineWords(line(3, 6_000, 18_000))).toBe('¥60.00 × 1 × 3')
    expect(lineWords(line(1, 8_000, 16_000, { quantity: 2 }))).toBe('¥80.00 × 2')
    expect(lineWords(line(3, 0, 0, { complimentary: true }))).toBe('赠票 × 1 × 3')
  })
})

describe('what came off a line', () => {
  const quoted = (offFen: number, steps: [string, boolean][]): Quote['lines'][number] => ({
    typeId: 'a', quantity: 2, people: 1, unitFen: 10_000, units: 2, offFen, totalFen: 20_000 - offFen, taxFen: 0,
    steps: steps.map(([rule, ofUnit]) => ({ rule, stage: null, ofUnit, beforeFen: 0, afterFen: 0, units: 1 })),
  })

  it('is said with the sets and free units that took it, and nothing where nothing came off', () => {
    expect(offWords(quoted(4_000, [['平日价', true], ['一家三口', false]]))).toBe('优惠 −¥40.00（一家三口）')
    expect(offWords(quoted(4_000, [['满十免一', false], ['一家三口', false], ['一家三口', false]]))).toBe('优惠 −¥40.00（满十免一 + 一家三口）')
    expect(offWords(quoted(0, [['平日价', true]]))).toBe('')
    expect(offWords(undefined)).toBe('')
  })
})
