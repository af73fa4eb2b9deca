import type { Order, PriceSheet, RebookRequest, SheetType, Ticket } from '../../shared/types'
import { slotFor } from '../cart'
import { paymentsFor, type Pays } from './due'

/* What the form of a rebooking holds, and what it asks of the server; the server alone knows what it comes to. */

/** What the tickets of a line become. */
export interface Target { typeId: string; slot?: string }
export interface Wish extends Pays {
  tickets: string[]; visitDay: string; targets: Record<number, Target>; reason: string; remark: string
  supervisorLogin: string; supervisorPassword: string
}

export const lineOf = (ticket: Ticket): number => ticket.line ?? 0
/** The lines that the chosen tickets are of, in their order. */
export const linesOf = (order: Order, chosen: string[]): number[] =>
  [...new Set(order.tickets.filter((ticket) => chosen.includes(ticket.id)).map(lineOf))].sort((a, b) => a - b)

/** Tickets of a line, as the cart counts them. */
const countOf = (order: Order, chosen: string[], line: number): number => order.tickets.filter((ticket) => chosen.includes(ticket.id) && lineOf(ticket) === line).length

/** The targets as a day's sheet allows them: the type stays where it is sold, and a slot that the type has that day is chosen for all. */
export function fittedTargets(order: Order, chosen: string[], targets: Record<number, Target>, sheet: PriceSheet | null): Record<number, Target> {
  const fitted: Record<number, Target> = {}
  for (const line of linesOf(order, chosen)) {
    const wanted = targets[line] ?? { typeId: order.lines[line]!.typeId, slot: order.lines[line]!.slot?.at }
    const type = sheet?.types.find((one) => one.id === wanted.typeId)
    fitted[line] = !type?.slots ? { typeId: wanted.typeId }
      : { typeId: wanted.typeId, slot: type.slots.find((slot) => slot.at.slice(0, 5) === wanted.slot?.slice(0, 5))?.at ?? slotFor(type, countOf(order, chosen, line)) }
  }
  return fitted
}

/** Types that tickets of a line may become: as many people on one, and nothing that was paid for becomes a gift. */
export const typesFor = (order: Order, line: number, sheet: PriceSheet | null): SheetType[] => {
  const of = order.lines[line]!
  return (sheet?.types ?? []).filter((type) => of.people >= type.minPeople && of.people <= type.maxPeople && (!type.complimentary || of.complimentary))
}

const partsOf = (order: Order, wish: Wish, shiftId: string, priceVersion: string): RebookRequest => ({
  shiftId, tickets: wish.tickets, reason: wish.reason, visitDay: wish.visitDay, priceVersion, payments: [], remark: '', supervisorLogin: '', supervisorPassword: '', trial: false,
  targets: linesOf(order, wish.tickets).map((line) => ({ line, typeId: wish.targets[line]?.typeId ?? order.lines[line]!.typeId, slot: wish.targets[line]?.slot ?? null })),
})

/** Asks what it would come to; null while something is not said. */
export const trialOf = (order: Order, wish: Wish, shiftId: string | undefined, sheet: PriceSheet | null): RebookRequest | null =>
  (wish.tickets.length && wish.reason && shiftId && sheet?.day === wish.visitDay ? { ...partsOf(order, wish, shiftId, sheet.version), trial: true } : null)

/** The rebooking itself, for the sums that the visitor was told. */
export function requestOf(order: Order, wish: Wish, shiftId: string, priceVersion: string, told: { creditFen: number; totalFen: number; dueFen: number; pricedAt: string }): RebookRequest {
  return {
    ...partsOf(order, wish, shiftId, priceVersion), creditFen: told.creditFen, totalFen: told.totalFen, pricedAt: told.pricedAt, remark: wish.remark.trim(),
    payments: paymentsFor(wish, told.dueFen),
    supervisorLogin: wish.supervisorLogin.trim(), supervisorPassword: wish.supervisorPassword,
  }
}
