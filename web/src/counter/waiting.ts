import { NoAnswer, Problem } from '../shared/api'
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
