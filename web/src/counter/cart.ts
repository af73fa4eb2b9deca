import { yuan } from '../shared/money'
import { t } from '../shared/text'
import type { PriceSheet, SaleLine, SheetType } from '../shared/types'
import type { CartVoucher } from './vouchers/vouchers'

/** What the customer at the window wants. Prices are not part of it: they come from the price sheet of the visit day. In an agency's name it has the agency's code. */
export interface Cart { visitDay: string; lines: SaleLine[]; onOneTicket: boolean; agency?: string; vouchers?: CartVoucher[] }

export const mostTickets = 500
export const mostLines = 20
export type CartRefusal = 'tooManyLines' | 'tooManyTickets' | 'tooFewPeople' | 'tooManyPeople' | 'noSlot'
export type CartAnswer = { cart: Cart; chosen: number } | { refusal: CartRefusal; limit: number }

export const emptyCart = (visitDay: string): Cart => ({ visitDay, lines: [], onOneTicket: false })

/** True for types on which the number of people is the clerk's to choose, as on a group ticket. */
export const hasGroupSize = (type: SheetType) => type.maxPeople > type.minPeople

/** The slot with which a sale of so many people begins: the next with room for them, else the next with any room, else the next. */
export function slotFor({ slots }: SheetType, people: number): string | undefined {
  return (slots?.find(({ left }) => (left ?? people) >= people) ?? slots?.find(({ left }) => left !== 0) ?? slots?.[0])?.at
}

/** Adds so many of a type: people on a group ticket, tickets of every other type. The same type again raises its line, of several the chosen one. */
export function addType(cart: Cart, type: SheetType, count: number | null, chosen = -1): CartAnswer {
  const at = cart.lines[chosen]?.typeId === type.id ? chosen : cart.lines.findIndex((line) => line.typeId === type.id)
  const line = cart.lines[at]
  if (hasGroupSize(type)) {
    if (line && line.quantity === 1) return setLine(cart, at, type, 1, count ?? line.people + 1)
    return append(cart, type, 1, count ?? type.minPeople)
  }
  return line ? setLine(cart, at, type, line.quantity + (count ?? 1), line.people) : append(cart, type, count ?? 1, type.minPeople)
}

export function append(cart: Cart, type: SheetType, quantity: number, people: number, slot = slotFor(type, quantity * people)): CartAnswer {
  if (cart.lines.length >= mostLines) return { refusal: 'tooManyLines', limit: mostLines }
  const refused = refusalOf(type, quantity, people)
  if (refused) return refused
  if (type.slots && !slot) return { refusal: 'noSlot', limit: 0 }
  const line: SaleLine = { typeId: type.id, quantity, people }
  return { cart: { ...cart, lines: [...cart.lines, slot ? { ...line, slot } : line] }, chosen: cart.lines.length }
}

function refusalOf(type: SheetType, quantity: number, people: number): { refusal: CartRefusal; limit: number } | null {
  if (quantity > mostTickets) return { refusal: 'tooManyTickets', limit: mostTickets }
  if (people < type.minPeople) return { refusal: 'tooFewPeople', limit: type.minPeople }
  if (people > type.maxPeople) return { refusal: 'tooManyPeople', limit: type.maxPeople }
  return null
}

/** Sets quantity and people of a line; a quantity of zero takes the line away. */
export function setLine(cart: Cart, at: number, type: SheetType, quantity: number, people: number): CartAnswer {
  if (quantity < 1) return { cart: removeLine(cart, at), chosen: Math.max(0, at - 1) }
  const refused = refusalOf(type, quantity, people)
  if (refused) return refused
  return { cart: { ...cart, lines: cart.lines.map((line, i) => (i === at ? { ...line, quantity, people } : line)) }, chosen: at }
}

export const removeLine = (cart: Cart, at: number): Cart => ({ ...cart, lines: cart.lines.filter((_, i) => i !== at) })

export const typeOf = (sheet: PriceSheet | null, id: string) => sheet?.types.find((type) => type.id === id)
/** What one costs in the slot of the line; prices may hang on the hour. */
export const unitFenOf = (line: SaleLine, type: SheetType | undefined) => (type?.slots?.find(({ at }) => at === line.slot) ?? type)?.unitFen ?? 0
/** The price of a unit; of a type that is priced by ticket it says so. */
export const priceWords = (type: SheetType | undefined, fen: number) => yuan(fen) + (type?.perTicket ? t('counter.perTicket') : '')
export const lineFen = (line: SaleLine, type: SheetType | undefined) => unitFenOf(line, type) * line.quantity * (type?.perTicket ? 1 : line.people)
export const peopleOf = (cart: Cart) => cart.lines.reduce((sum, line) => sum + line.quantity * line.people, 0)
export const totalFen = (cart: Cart, sheet: PriceSheet | null) => cart.lines.reduce((sum, line) => sum + lineFen(line, typeOf(sheet, line.typeId)), 0)

/** Reads a stored cart; anything that is not one is no cart. */
export function cartFrom(stored: string | null): Cart | null {
  try {
    const cart = JSON.parse(stored ?? 'null') as Cart | null
    const whole = (n: unknown) => Number.isInteger(n) && (n as number) > 0
    const good = cart && /^\d{4}-\d\d-\d\d$/.test(cart.visitDay) && Array.isArray(cart.lines)
      && cart.lines.every((line) => typeof line.typeId === 'string' && whole(line.quantity) && whole(line.people))
    return good ? cart : null
  } catch {
    return null
  }
}
