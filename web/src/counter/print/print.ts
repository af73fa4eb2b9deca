import { serverNow } from '../../shared/api'
import { addTexts } from '../../shared/text'
import type { Order, PrinterKind, Ticket } from '../../shared/types'
import { session } from '../till'
import { a4Page, printPaper, rollPage } from './paper'
import PaperTickets from './PaperTickets.vue'
import texts from './texts'

addTexts(texts)

export const paperProps = (order: Order, tickets: Ticket[], kind: PrinterKind) => ({
  order, tickets, kind, park: session.value.park?.name ?? '', simulation: session.value.simulation, printedAt: serverNow().toISOString(),
})

/** Prints the tickets of an order that still open a gate. */
export function printOrder(order: Order, tickets: Ticket[], kind: PrinterKind): Promise<void> {
  const good = tickets.filter((ticket) => ticket.state === 'valid' || ticket.state === 'used')
  if (!good.length) return Promise.resolve()
  return printPaper(PaperTickets, paperProps(order, good, kind), kind === 'browser80' ? rollPage : a4Page)
}
export { PaperTickets }
