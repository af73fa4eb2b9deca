import { describe, expect, it } from 'vitest'
import { largestFen, parseYuan } from './amount'
import { yuan } from './money'

describe('money', () => {
  it.each([
    [0, '¥0.00'], [5, '¥0.05'], [123450, '¥1,234.50'], [-8000, '−¥80.00'], [100_000_000, '¥1,000,000.00'],
  ])('%d fen read %s', (fen, text) => expect(yuan(fen)).toBe(text))

  it.each([
    ['80', 8000], ['80.5', 8050], ['80.', 8000], ['.5', 50], ['1,234.50', 123450], ['¥ 12', 1200], ['１００', 10000], ['0', 0], ['0.29', 29],
  ])('%s typed is %d fen', (typed, fen) => expect(parseYuan(typed)).toBe(fen))

  it.each(['', '-1', '1.234', 'abc', '1e3', '1.2.3', '10000000.01', '99999999999'])('%s is not an amount', (typed) => expect(parseYuan(typed)).toBeNull())

  it('reads back what it writes', () => {
    for (const fen of [1, 99, 100, 101, 123_456_7, largestFen]) expect(parseYuan(yuan(fen))).toBe(fen)
  })
})
