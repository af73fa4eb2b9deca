// Painting prices and quotas onto a range of days. Pure: what is painted, what it would change, what is sent.
import type { TypeDay, TypeDayChange } from '../../shared/types'

/** What the brush does to the price: nothing, back to the rule, or a price in fen per person. */
export type PriceStroke = { do: 'keep' } | { do: 'rule' } | { do: 'set'; fen: number }
/** What the brush does to the daily quota. `none` means: no limit on that day. */
export type QuotaStroke = { do: 'keep' } | { do: 'rule' } | { do: 'none' } | { do: 'set'; people: number }

export interface Brush { price: PriceStroke; quota: QuotaStroke }

/** The request body of one day; null, null, false is the rule again. */
export type DayBody = TypeDayChange

export interface DayChange {
  day: string
  before: TypeDay
  body: DayBody
  priceChanges: boolean
  quotaChanges: boolean
  /** The new limit lies below what is already sold: nothing is taken back, selling stops. */
  stopsSelling: boolean
}

/** The overrides a day carries now, as they would be sent again. */
export function bodyOf(day: TypeDay): DayBody {
  return {
    priceFen: day.priceOverridden ? day.priceFen : null,
    quota: day.quotaOverridden ? day.quota : null,
    unlimited: day.quotaOverridden && day.quota === null,
  }
}

export function painted(day: TypeDay, brush: Brush): DayBody {
  const body = bodyOf(day)
  if (brush.price.do === 'rule') body.priceFen = null
  if (brush.price.do === 'set') body.priceFen = brush.price.fen
  if (brush.quota.do === 'rule') { body.quota = null; body.unlimited = false }
  if (brush.quota.do === 'none') { body.quota = null; body.unlimited = true }
  if (brush.quota.do === 'set') { body.quota = brush.quota.people; body.unlimited = false }
  return body
}

/** The days that the brush really changes, oldest first. Days before `today` are history and are left alone. */
export function changesOf(days: readonly TypeDay[], brush: Brush, today: string): DayChange[] {
  const changes: DayChange[] = []
  for (const day of days) {
    if (day.day < today) continue
    const now = bodyOf(day)
    const body = painted(day, brush)
    const priceChanges = body.priceFen !== now.priceFen
    const quotaChanges = body.quota !== now.quota || body.unlimited !== now.unlimited
    if (!priceChanges && !quotaChanges) continue
    const stopsSelling = quotaChanges && body.quota !== null && body.quota <= day.sold
    changes.push({ day: day.day, before: day, body, priceChanges, quotaChanges, stopsSelling })
  }
  return changes.sort((a, b) => (a.day < b.day ? -1 : 1))
}

/** Inclusive range between two days, in either order. */
export function rangeOf(a: string, b: string): { from: string; to: string } {
  return a <= b ? { from: a, to: b } : { from: b, to: a }
}
