import type { PriceSheet, SaleLine, SheetType } from '../shared/types'
import { typeOf, type Cart } from './cart'

/** More is asked for of a type, or of one of its slots, than the sheet has left. */
export interface Shortage {
  /** The first line that asks for it. */
  line: SaleLine
  type: SheetType | undefined
  /** When the slot begins; null where the type itself has too few, on all the day. */
  slot: string | null
  asked: number
  left: number
}

/** How many people a cart brings in a type, or in one slot of it. */
export const askedFor = (cart: Cart, typeId: string, slot: string | null = null): number =>
  cart.lines.reduce((sum, line) => sum + (line.typeId === typeId && (slot === null || line.slot === slot) ? line.quantity * line.people : 0), 0)

/** What is left of a type or a slot; of what the sheet does not offer nothing is. */
function leftOf(type: SheetType | undefined, slot: string | null): number {
  const offer = slot === null ? type : type?.slots?.find(({ at }) => at === slot)
  return offer ? (offer.left ?? Infinity) : 0
}

/** Everything of which the cart asks for more than is left, in the order of its lines. */
export function shortages(cart: Cart, sheet: PriceSheet): Shortage[] {
  const found = new Map<string, Shortage>()
  for (const line of cart.lines) {
    const type = typeOf(sheet, line.typeId)
    for (const slot of type?.slots && line.slot ? [line.slot, null] : [null]) {
      const [asked, left, key] = [askedFor(cart, line.typeId, slot), leftOf(type, slot), `${line.typeId} ${slot}`]
      if (asked > left && !found.has(key)) found.set(key, { line, type, slot, asked, left })
    }
  }
  return [...found.values()]
}
