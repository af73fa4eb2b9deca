import { describe, expect, it } from 'vitest'
import type { TypeDay } from '../../shared/types'
import { bodyOf, changesOf, painted, rangeOf, type Brush } from './painting'

function day(text: string, more: Partial<TypeDay> = {}): TypeDay {
  return {
    day: text, weekday: 4, dayKind: 'weekday', holidayName: null, priceFen: 8000, quota: 500, sold: 0, byRules: false,
    priceOverridden: false, quotaOverridden: false, ...more,
  }
}

const keep: Brush = { price: { do: 'keep' }, quota: { do: 'keep' } }

describe('painting prices and quotas', () => {
  it('sends the rule as null, null, false', () => {
    const own = day('2026-10-01', { priceOverridden: true, priceFen: 12000, quotaOverridden: true, quota: 300 })
    expect(painted(own, { price: { do: 'rule' }, quota: { do: 'rule' } }))
      .toEqual({ priceFen: null, quota: null, unlimited: false })
  })

  it('keeps an own quota when only the price is painted', () => {
    const own = day('2026-10-01', { quotaOverridden: true, quota: 300 })
    expect(painted(own, { ...keep, price: { do: 'set', fen: 12000 } }))
      .toEqual({ priceFen: 12000, quota: 300, unlimited: false })
  })

  it('keeps an own "no limit" apart from the rule', () => {
    expect(bodyOf(day('2026-10-01', { quotaOverridden: true, quota: null })).unlimited).toBe(true)
    expect(bodyOf(day('2026-10-01', { quota: null })).unlimited).toBe(false)
  })

  it('names only the days that really change, oldest first', () => {
    const days = [day('2026-10-03'), day('2026-10-02', { priceOverridden: true, priceFen: 12000 }), day('2026-10-01')]
    const changes = changesOf(days, { ...keep, price: { do: 'set', fen: 12000 } }, '2026-09-01')
    expect(changes.map((change) => change.day)).toEqual(['2026-10-01', '2026-10-03'])
  })

  it('changes an inherited price that happens to be equal, because a later rule change must not move it', () => {
    expect(changesOf([day('2026-10-01')], { ...keep, price: { do: 'set', fen: 8000 } }, '2026-09-01')).toHaveLength(1)
  })

  it('leaves days of the past alone', () => {
    const days = [day('2026-10-01'), day('2026-10-02')]
    const changes = changesOf(days, { ...keep, quota: { do: 'none' } }, '2026-10-02')
    expect(changes.map((change) => change.day)).toEqual(['2026-10-02'])
  })

  it('warns when the limit falls to what is sold or below it', () => {
    const days = [day('2026-10-01', { sold: 300 }), day('2026-10-02', { sold: 299 })]
    const changes = changesOf(days, { ...keep, quota: { do: 'set', people: 300 } }, '2026-09-01')
    expect(changes.map((change) => change.stopsSelling)).toEqual([true, false])
  })

  it('reads a range in either direction', () => {
    expect(rangeOf('2026-10-07', '2026-10-01')).toEqual({ from: '2026-10-01', to: '2026-10-07' })
  })
})
