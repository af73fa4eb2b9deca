import { api, newKey, Problem } from '../shared/api'
import { play } from '../shared/sound'
import type { Order, Sale, SalePayment } from '../shared/types'
import { troubleOf } from '../shared/words'
import type { Cart } from './cart'
import { ask as askTotal, changedTotal, needsQuote } from './quoting'
import { lastSale, mustSignIn, othersWaiting, outcome, priceChange, refusal, waiting, type LastSale } from './saleState'
import { buyer, cart, giveBack, handOffCart, quoted, refreshSheet, total } from './selling'
import { clerkId, session, sheet, shift, window_ } from './till'
import { leavesUnknown, retryMs, waitingFrom, type WaitingSale } from './waiting'

const prefix = 'shanmen.waiting.'
const lastKey = () => `shanmen.last.${shift.value?.id ?? ''}`

/** Takes up what a reload interrupted. */
export function resumeSales(): void {
  waiting.value = waitingFrom(localStorage.getItem(prefix + clerkId.value))
  othersWaiting.value = Object.keys(localStorage).filter((key) => key.startsWith(prefix) && key !== prefix + clerkId.value)
    .map((key) => waitingFrom(localStorage.getItem(key))?.clerkName ?? '').filter(Boolean)
  try {
    lastSale.value = JSON.parse(localStorage.getItem(lastKey()) ?? 'null') as LastSale | null
  } catch {
    lastSale.value = null
  }
  if (waiting.value) {
    outcome.value = 'unknown'
    void settle()
  }
}

/** Sells the cart, or places it unpaid when there is no payment. False when something else still waits for its answer. */
export function sell(payment: SalePayment | null): boolean {
  const own = shift.value
  if (waiting.value || !own || !sheet.value || !cart.value.lines.length) return false
  const amountFen = total.value
  const body: Sale = {
    shiftId: own.id, visitDay: cart.value.visitDay, priceVersion: sheet.value.version, totalFen: amountFen,
    lines: cart.value.lines, payments: payment ? [payment] : [], onOneTicket: cart.value.onOneTicket, buyer: buyer.value, pricedAt: quoted.value?.pricedAt ?? null,
  }
  ask(payment ? 'sell' : 'order', '/api/orders', body, amountFen, payment, handOffCart())
  return true
}

/** Places the cart unpaid, at the price of the whole where it comes within a moment. */
export async function placeUnpaid(): Promise<boolean> {
  const wanted = cart.value
  if (await changedTotal() !== null || cart.value !== wanted) return false
  return sell(null)
}

/** Pays an order that was placed before. */
export function payOrder(order: Pick<Order, 'id' | 'totalFen'>, payment: SalePayment): boolean {
  if (waiting.value || !shift.value) return false
  ask('pay', `/api/orders/${order.id}/pay`, { shiftId: shift.value.id, payments: [payment] }, order.totalFen, payment, null)
  return true
}

function ask(kind: WaitingSale['kind'], path: string, body: unknown, amountFen: number, payment: SalePayment | null, sold: Cart | null): void {
  const sale: WaitingSale = {
    key: newKey(), kind, path, body, clerkId: clerkId.value, clerkName: session.value.staff?.name ?? '', shiftId: shift.value!.id,
    askedAt: Date.now(), totalFen: amountFen, tenderedFen: payment?.tenderedFen ?? 0, cart: sold,
  }
  localStorage.setItem(prefix + clerkId.value, JSON.stringify(sale))
  waiting.value = sale
  outcome.value = 'sending'
  refusal.value = null
  priceChange.value = null
  void settle()
}

let settling = false
async function settle(): Promise<void> {
  if (settling) return
  settling = true
  for (let sale = waiting.value; sale; sale = waiting.value) {
    const slow = setTimeout(() => { outcome.value = 'unknown' }, 1500)
    try {
      booked(await api.send<Order>('POST', sale.path, sale.body, { key: sale.key, timeoutMs: 4000 }), sale)
    } catch (reason) {
      if (leavesUnknown(reason)) {
        outcome.value = 'unknown'
        mustSignIn.value = reason instanceof Problem && reason.status === 401
        await new Promise((again) => setTimeout(again, retryMs))
      } else await refused(reason, sale)
    } finally {
      clearTimeout(slow)
    }
  }
  settling = false
}

function answered(): void {
  localStorage.removeItem(prefix + clerkId.value)
  waiting.value = null
  mustSignIn.value = false
}

function booked(order: Order, sale: WaitingSale): void {
  answered()
  outcome.value = 'booked'
  buyer.value = null
  remember(order, sale.tenderedFen)
  play('ok')
  if (order.state === 'paid' && window_.value?.printer.autoPrint) {
    void import('./print/print').then((paper) => paper.printOrder(order, order.tickets, window_.value!.printer.kind))
  }
  void refreshSheet()
}

export function remember(order: Order, tenderedFen = 0): void {
  lastSale.value = {
    id: order.id, number: order.number, state: order.state, totalFen: order.totalFen, tenderedFen, changeFen: order.changeFen,
    people: order.lines.reduce((sum, line) => sum + line.quantity * line.people, 0), at: order.at,
  }
  localStorage.setItem(lastKey(), JSON.stringify(lastSale.value))
}

async function refused(reason: unknown, sale: WaitingSale): Promise<void> {
  answered()
  outcome.value = 'refused'
  play('bad')
  const back = !sale.cart || giveBack(sale.cart)
  refusal.value = { trouble: troubleOf(reason), cart: back ? null : sale.cart }
  if (!(reason instanceof Problem)) return
  await refreshSheet()
  if (reason.code === 'priceChanged' && sale.cart && cart.value === sale.cart) {
    if (needsQuote()) await askTotal()
    priceChange.value = { oldFen: sale.totalFen, newFen: total.value }
  }
}

/** Puts a refused cart back once the clerk's present one is sold or emptied. */
export function takeRefusedBack(): void {
  const left = refusal.value
  if (left?.cart && giveBack(left.cart)) refusal.value = { ...left, cart: null }
}
