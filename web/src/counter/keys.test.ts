import { describe, expect, it } from 'vitest'
import { NoAnswer, Problem } from '../shared/api'
import { actionOf, deadMs, MoneyKeys } from './actions'
import { digit, noEntry, numberPauseMs, times, type Entry } from './entry'
import { notesFen, sumOf } from './handover/count'
import { monthAway, weeksOf } from './month'
import { likelyNotes, tenderedAfter } from './tender'
import { leavesUnknown, stored, waitingFrom, type WaitingSale } from './waiting'

/** Types keys as a clerk does; the state is the list of what was added. */
function clerk(keys: string, gapMs = 200): { sold: string[]; count: number | null } {
  let entry: Entry<string[]> = noEntry()
  let sold: string[] = []
  let at = 0
  for (const key of keys) {
    at += key === '_' ? numberPauseMs + 1 : gapMs
    if (key === '_') continue
    if (key === '*') {
      const found = times(entry, at, 500)
      if (found) { entry = found.entry; sold = found.state }
      continue
    }
    const next = digit(entry, key, at, sold)
    entry = next.entry
    if (next.slot > 0) sold = [...sold, `${next.count ?? 1}×${next.slot}`]
  }
  return { sold, count: entry.count }
}

describe('number keys', () => {
  it.each([
    ['1', ['1×1']], ['112', ['1×1', '1×1', '1×2']], ['37*1', ['37×1']], ['10*2', ['10×2']], ['1_37*5', ['1×1', '37×5']],
    ['2*13', ['2×1', '1×3']], ['*1', ['1×1']], ['37_*1', ['1×3', '1×7', '1×1']], ['999*1', ['1×9', '1×9', '1×9', '1×1']],
  ])('%s sells %j', (keys, sold) => expect(clerk(keys).sold).toEqual(sold))

  it('show the count that waits for its type', () => expect(clerk('37*')).toEqual({ sold: [], count: 37 }))
})

describe('the keys of the sell screen', () => {
  it('do what the screen says', () => {
    expect(['F1', 'F2', 'F3', 'F4', 'Delete', 'F6', 'F7', 'F8', 'F9', 'F10'].map(actionOf)).toEqual([
      'order', 'pay', 'switch', 'removeLine', 'removeLine', 'find', 'reprint', 'return', 'orders', 'handOver'])
    expect(actionOf('M')).toBe('oneTicket')
    expect(actionOf('x')).toBeUndefined()
  })

  it('ignore repeats and the same money key for a moment after a sale', () => {
    const keys = new MoneyKeys()
    expect(keys.ignores('Enter', false, 0)).toBe(false)
    expect(keys.ignores('Enter', true, 0)).toBe(true)
    expect(keys.ignores('ArrowUp', true, 0)).toBe(false)
    keys.close('Enter', 1000)
    expect(keys.ignores('Enter', false, 1000 + deadMs - 1)).toBe(true)
    expect(keys.ignores('Enter', false, 1000 + deadMs)).toBe(false)
    expect(keys.ignores('F2', false, 1001)).toBe(false)
  })

  it('build the tendered sum', () => {
    expect([...'500'].reduce(tenderedAfter, '')).toBe('500')
    expect([...'12.345'].reduce(tenderedAfter, '')).toBe('12.34')
    expect(tenderedAfter('12.3', 'Backspace')).toBe('12.')
    expect(tenderedAfter('12', 'Delete')).toBe('')
  })

  it('offer the notes that people hand over', () => {
    expect(likelyNotes(16_000)).toEqual([20_000, 50_000])
    expect(likelyNotes(3700)).toEqual([4000, 5000, 10_000, 20_000])
    expect(likelyNotes(50_000)).toEqual([60_000])
  })
})

describe('a sale without an answer', () => {
  it('stays unknown for faults and silence, and is settled by a refusal', () => {
    expect(leavesUnknown(new NoAnswer('gone'))).toBe(true)
    for (const status of [401, 429, 500, 503]) expect(leavesUnknown(new Problem(status, 'x', '', ''))).toBe(true)
    for (const status of [400, 403, 404, 409, 422]) expect(leavesUnknown(new Problem(status, 'x', '', ''))).toBe(false)
  })

  it('is stored without what it says of persons and of whom something is given to', () => {
    const sale = (body: object) => ({ key: 'k', kind: 'sell', path: '/api/orders', body, cart: null }) as unknown as WaitingSale
    const plain = sale({ buyer: null, complimentary: null, lines: [{ typeId: 'a', quantity: 1, people: 1 }] })
    expect(stored(plain)).toBe(plain)
    for (const body of [{ buyer: { name: '王安石' } }, { lines: [{ visitors: [{}] }] }, { complimentary: { budgetId: 'b', reason: 'press', note: '市电视台' } }]) {
      expect(stored(sale(body))).toMatchObject({ key: 'k', body: null, bare: true })
    }
  })

  it('is read back only whole', () => {
    expect(waitingFrom('{"key":"k","path":"/api/orders"}')?.key).toBe('k')
    for (const broken of [null, 'x', '{}', '{"key":1}']) expect(waitingFrom(broken)).toBeNull()
  })
})

describe('the blind count', () => {
  it('adds up notes and refuses what is no number', () => {
    expect(sumOf({ 10000: '5', 50: '3' })).toBe(50_150)
    expect(sumOf({})).toBe(0)
    expect(sumOf({ 10000: '-1' })).toBeNull()
    expect([...notesFen].sort((a, b) => b - a)).toEqual(notesFen)
  })
})

describe('the calendar', () => {
  it('begins its weeks on Sunday and holds the whole month', () => {
    const weeks = weeksOf('2026-11-21')
    expect(weeks[0]![0]).toBe('2026-11-01')
    expect(weeks.at(-1)!.includes('2026-11-30')).toBe(true)
    expect(weeksOf('2026-02-10')).toHaveLength(4)
    expect(weeksOf('2026-08-31').at(-1)![1]).toBe('2026-08-31')
  })

  it('turns over the year', () => {
    expect(monthAway('2026-12-31', 1)).toBe('2027-01-01')
    expect(monthAway('2026-01-31', -1)).toBe('2025-12-01')
  })
})
