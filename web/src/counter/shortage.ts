import type { PriceSheet, SaleLine } from '../shared/types'
import { typeOf, type Cart } from './cart'

/** The line of a type that the sheet does not offer, or that asks for more places than are left; null when all is well. */
export function lineWithoutPlace(cart: Cart, sheet: PriceSheet): { line: SaleLine; left: number } | null {
  for (const line of cart.lines) {
    const type = typeOf(sheet, line.typeId)
    const left = type ? (type.left ?? Infinity) : 0
    if (line.quantity * line.people > left) return { line, left }
  }
  return null
}
