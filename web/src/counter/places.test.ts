import { describe, expect, it } from 'vitest'
import { placeToOffer, takenBy } from './places'

const windows = ['one', 'two', 'three'].map((id) => ({ id }))
const taken = takenBy({ windows: [{ id: 'one', name: '1', nameEn: '', clerk: '李芳', tickets: 0, fen: 0 }, { id: 'two', name: '2', nameEn: '', clerk: null, tickets: 3, fen: 9 }] as never })

describe('the window to open a shift at', () => {
  it('is taken by who sits there', () => expect([...taken]).toEqual([['one', '李芳']]))

  it.each([
    ['three', 'three'], ['two', 'two'], ['one', 'two'], [null, 'two'], ['gone', 'two'],
  ])('after %s is %s', (last, offered) => expect(placeToOffer(windows, taken, last)).toBe(offered))

  it('is none when all are taken', () => {
    expect(placeToOffer([{ id: 'one' }], taken, 'one')).toBe('')
    expect(placeToOffer([], taken, null)).toBe('')
  })
})
