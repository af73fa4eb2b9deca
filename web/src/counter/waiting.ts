import { NoAnswer, Problem } from '../shared/api'
import type { Sale } from '../shared/types'
import type { Cart } from './cart'

/** A request that moves money and whose answer is not known yet. It is stored before it is sent and survives a reload. */
export interface WaitingSale {
  key: string
  kind: 'sell' | 'order' | 'pay'
  path: string
  body: unknown
  /** Keys belong to the person who made them: only this clerk may ask again. */
  clerkId: string
  clerkName: string
  shiftId: string
  askedAt: number
  totalFen: number
  tenderedFen: number
  cart: Cart | null
  /** A supervisor approved that limits are passed (超售). The approval itself is not stored. */
  approved?: boolean
  /** Read back after a reload without what it says of persons: it cannot be sent again, only asked about. */
  bare?: boolean
}

/** What of a sale is stored while its answer is awaited: names and numbers of persons are not, nor to whom something is given. */
export function stored(sale: WaitingSale): WaitingSale {
  const body = sale.body as Partial<Sale> | null
  return body?.buyer || body?.complimentary || body?.lines?.some((line) => line.visitors?.length) ? { ...sale, body: null, bare: true } : sale
}

/** Answers after which nobody can know whether the sale was booked or will be; the same request is sent again. */
export function leavesUnknown(reason: unknown): boolean {
  if (reason instanceof NoAnswer) return true
  return reason instanceof Problem && (reason.status === 401 || reason.status === 429 || reason.status >= 500)
}

export const retryMs = 2000

export function waitingFrom(stored: string | null): WaitingSale | null {
  try {
    const sale = JSON.parse(stored ?? 'null') as WaitingSale | null
    return sale && typeof sale.key === 'string' && typeof sale.path === 'string' ? sale : null
  } catch {
    return null
  }
}
