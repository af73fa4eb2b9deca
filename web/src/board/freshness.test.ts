import { describe, expect, it } from 'vitest'
import { isStale, PROBE_EVERY_MS, STALE_AFTER_MS, streamIsDeaf, waitBeforeAttempt } from './freshness'

describe('whether the numbers are current', () => {
  it('calls a loss stale within ten seconds, even one just after a sign of life', () => {
    // A probe that succeeded the instant before the loss is the worst case.
    expect(isStale({ startedAt: 0, aliveAt: 100_000 }, 110_000)).toBe(true)
    expect(STALE_AFTER_MS).toBeLessThan(10_000)
  })

  it('stays calm when one probe is lost', () => {
    expect(isStale({ startedAt: 0, aliveAt: 100_000 }, 100_000 + 2 * PROBE_EVERY_MS)).toBe(false)
  })

  it('does not wait for ever for the first numbers', () => {
    expect(isStale({ startedAt: 5_000, aliveAt: null }, 6_000)).toBe(false)
    expect(isStale({ startedAt: 5_000, aliveAt: null }, 5_000 + STALE_AFTER_MS)).toBe(true)
  })

  it('tries again ever more slowly, but never slower than every ten seconds', () => {
    expect([1, 2, 3, 4, 5, 60].map(waitBeforeAttempt)).toEqual([1_000, 2_000, 4_000, 8_000, 10_000, 10_000])
  })

  it('notices a stream that is open and says nothing', () => {
    expect(streamIsDeaf(7, 9)).toBe(true)
    expect(streamIsDeaf(9, 9)).toBe(false)
    expect(streamIsDeaf(10, 9)).toBe(false)
  })
})
