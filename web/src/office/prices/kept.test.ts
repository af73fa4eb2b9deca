import { afterEach, describe, expect, it, vi } from 'vitest'
import type { Draft } from './draft'
import { forget, keep, kept } from './kept'

const store = new Map<string, string>()
vi.stubGlobal('localStorage', {
  getItem: (key: string) => store.get(key) ?? null,
  setItem: (key: string, value: string) => { if (value.length > 1000) throw new Error('full'); store.set(key, value) },
  removeItem: (key: string) => store.delete(key),
})
afterEach(() => store.clear())
const draft = { id: 'd', number: 3, day: '2026-11-24', time: '00:00', rules: { products: [], rules: [], sets: [], roundToFen: 1, roundingMode: 'halfUp', taxPer: 'line' } } as Draft

describe('a draft that is kept', () => {
  it('is there again for who wrote it, and for nobody else', () => {
    keep('one', { draft, fromToday: true, at: '2026-11-23T04:00:00Z' })
    expect(kept('one')).toEqual({ draft, fromToday: true, at: '2026-11-23T04:00:00Z' })
    expect(kept('other')).toBeNull()
    forget('one')
    expect(kept('one')).toBeNull()
  })

  it('is none where the browser has no room, or something else stands there', () => {
    keep('one', { draft, fromToday: true, at: '' })
    keep('one', { draft: { ...draft, time: 'x'.repeat(2000) }, fromToday: true, at: '' })
    expect(kept('one')).toBeNull()
    for (const text of ['{', '1', '{}', '{"draft":{"id":"d","number":1,"rules":{}}}']) {
      store.set('shanmen.prices.draft.one', text)
      expect(kept('one')).toBeNull()
    }
  })
})
