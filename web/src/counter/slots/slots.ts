import type { PriceSheet, SaleLine, SheetType } from '../../shared/types'
import { append, hasGroupSize, mostTickets, slotFor, typeOf, type Cart, type CartAnswer } from '../cart'
import { askedFor, shortages } from '../shortage'

/** What a slot has left for a line: what the sheet says without the other lines of this cart in the same slot; null = no limit. */
export function roomFor(cart: Cart, at: number, type: SheetType, slot: string): number | null {
  const left = type.slots?.find((one) => one.at === slot)?.left
  if (left === null || left === undefined) return null
  const line = cart.lines[at]
  const own = line?.slot === slot ? line.quantity * line.people : 0
  return Math.max(0, left - askedFor(cart, type.id, slot) + own)
}

/** Puts a line into another slot. Where the same tickets are in it already, the two become one line. */
export function moved(cart: Cart, at: number, type: SheetType, slot: string): { cart: Cart; chosen: number } {
  const line = cart.lines[at]!
  const there = cart.lines.findIndex((one, i) => i !== at && one.typeId === line.typeId && one.slot === slot && one.people === line.people)
  const sum = line.quantity + (cart.lines[there]?.quantity ?? 0)
  if (there < 0 || hasGroupSize(type) || sum > mostTickets) return { cart: withLine(cart, at, { ...line, slot }), chosen: at }
  const joined = withLine(cart, there, { ...cart.lines[there]!, quantity: sum })
  return { cart: { ...joined, lines: joined.lines.filter((_, i) => i !== at) }, chosen: there > at ? there - 1 : there }
}

/** One more ticket of the line's type in this slot: the line that is there is raised, else there will be one. */
export function oneMore(cart: Cart, type: SheetType, slot: string): CartAnswer {
  const there = hasGroupSize(type) ? -1 : cart.lines.findIndex((one) => one.typeId === type.id && one.slot === slot)
  const line = cart.lines[there]
  if (!line) return append(cart, type, 1, type.minPeople, slot)
  if (line.quantity >= mostTickets) return { refusal: 'tooManyTickets', limit: mostTickets }
  return { cart: withLine(cart, there, { ...line, quantity: line.quantity + 1 }), chosen: there }
}

const withLine = (cart: Cart, at: number, line: SaleLine): Cart => ({ ...cart, lines: cart.lines.map((one, i) => (i === at ? line : one)) })

/**
 * The cart with slots that this sheet offers: another day may have others, or none, and what is over is sold no more. The
 * same cart where all of them hold. `left` names the slot that a line had to leave.
 */
export function fitted(cart: Cart, sheet: PriceSheet): { cart: Cart; left: { from: string; to: string } | null } {
  let left: { from: string; to: string } | null = null
  let changed = false
  const lines = cart.lines.map((line) => {
    const type = typeOf(sheet, line.typeId)
    if (!type || (type.slots ? type.slots.some(({ at }) => at === line.slot) : !line.slot)) return line
    const { slot: from, ...bare } = line
    const to = slotFor(type, line.quantity * line.people)
    if (type.slots && !to) return line
    changed = true
    if (from && to) left ??= { from, to }
    return to ? { ...bare, slot: to } : bare
  })
  return { cart: changed ? { ...cart, lines } : cart, left }
}

/** Refusals after which another slot may be chosen. */
const aboutSlots = ['slotMissing', 'slotUnknown', 'slotOver']

/**
 * The line whose slot the clerk must look at after a refusal, or −1: the one whose slot is not offered any more, or the one
 * that has no room now and had some when it was sold. Who sold into a full slot knew it.
 */
export function lineToSettle(code: string, sold: Cart, before: PriceSheet | null, now: Cart, sheet: PriceSheet): number {
  if (aboutSlots.includes(code)) {
    const changed = now.lines.findIndex((line, at) => line.slot !== sold.lines[at]?.slot)
    return changed >= 0 ? changed : now.lines.findIndex((line) => typeOf(sheet, line.typeId)?.slots)
  }
  if (code !== 'quotaFull') return -1
  const known = before?.day === sold.visitDay ? shortages(sold, before) : []
  const short = shortages(now, sheet).find(({ line, slot }) => slot && !known.some((one) => one.line.typeId === line.typeId && one.slot === slot))
  return short ? now.lines.indexOf(short.line) : -1
}
