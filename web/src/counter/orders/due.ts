import { parseYuan } from '../../shared/amount'
import type { PaymentMethod } from '../../shared/types'

/* What a visitor still pays for an order that stands: the difference of a rebooking, the fee of an exchange. In one way. */
export interface Pays { method: PaymentMethod; tendered: string }

/** Cash that is tendered for what is due, in fen; exact where nothing is typed, null where it cannot be read or is too little. */
export function tenderedFen(pays: Pays, dueFen: number): number | null {
  if (pays.method !== 'cash' || !pays.tendered.trim()) return dueFen
  const fen = parseYuan(pays.tendered)
  return fen !== null && fen >= dueFen ? fen : null
}

/** As the server asks it; nothing for nothing. */
export const paymentsFor = (pays: Pays, dueFen: number) =>
  (dueFen > 0 ? [{ method: pays.method, amountFen: dueFen, tenderedFen: tenderedFen(pays, dueFen) ?? dueFen, reference: '' }] : [])
