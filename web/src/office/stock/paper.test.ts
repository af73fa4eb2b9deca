import { expect, test } from 'vitest'
import { holdersOf, numberIn, paperErrors, freshPaper, rangesWords, waysOf, written } from './paper'

test('numbers are read as people type them, and written as the press prints them', () => {
  const paper = { prefix: 'A', digits: 6 }
  expect(['A000001', 'a1', ' 1 ', '000001'].map((typed) => numberIn(paper, typed))).toEqual([1, 1, 1, 1])
  expect(['', 'A', 'B000001', '1234567', '-1'].map((typed) => numberIn(paper, typed))).toEqual([null, null, null, null, null])
  expect(numberIn({ prefix: '25', digits: 4 }, '250042')).toBe(42)
  expect(numberIn({ prefix: '25', digits: 4 }, '2542')).toBe(2542)
  expect(written(paper, 42)).toBe('A000042')
})

test('a move goes from one place to another', () => {
  expect(waysOf('receive', '')).toEqual(['press', 'store'])
  expect(waysOf('spoil', '')).toEqual(['store', 'void'])
  expect(waysOf('lose', 'somebody')).toEqual(['seller', 'lost'])
})

test('whoever has paper can hand it back, also when he sells no more', () => {
  const [sells, left] = [{ id: '1', name: '王' }, { sellerId: '2', sellerName: '李' }]
  expect(holdersOf([sells], [left, { sellerId: '1', sellerName: '王' }, { sellerId: null, sellerName: '' }])).toEqual([sells, { id: '2', name: '李' }])
})

test('a paper without a name or with a strange prefix is not sent', () => {
  expect(Object.keys(paperErrors(freshPaper()))).toEqual(['name'])
  expect(Object.keys(paperErrors({ ...freshPaper(), name: '热敏', prefix: '票', digits: 13 }))).toEqual(['digits', 'prefix'])
  expect(paperErrors({ ...freshPaper(), name: '热敏', prefix: 'ab' })).toEqual({})
  expect(rangesWords([{ from: 'A1', to: 'A1' }, { from: 'A3', to: 'A9' }])).toBe('A1、A3 – A9')
})
