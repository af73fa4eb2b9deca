import { watch } from 'vue'
import { api, newKey, Problem } from '../shared/api'
import { play } from '../shared/sound'
import { t } from '../shared/text'
import type { Order, Sale, SalePayment } from '../shared/types'
import { troubleOf, type Trouble } from '../shared/words'
import { guideDue } from './agency'
import type { Cart } from './cart'
import { forgetGift, giftDue, giftNamed, giftPeople, stillFor, takeApproval, takeGiftWrong, type GiftApproval } from './complimentary/gift'
import { dialog, openPay } from './dialogs'
import { mayOverbook, passable, type Approval } from './overbook/refused'
import { ask as askTotal, changedTotal, needsQuote } from './quoting'
import { lastSale, mustSignIn, othersWaiting, outcome, priceChange, refusal, waiting, type LastSale } from './saleState'
import { buyer, cart, chosen, giveBack, handOffCart, origin, quoted, refreshSheet, total } from './selling'
import { sentBack } from './slots/follow'
import { lineToSettle } from './slots/slots'
import { clerkId, session, sheet, shift, window_ } from './till'
import { vouchers } from './vouchers/vouchers'
import { forgetVisitors, linesNamed, namesDue, takeWrong } from './visitors/visitors'
import { leavesUnknown, retryMs, stored, waitingFrom, type WaitingSale } from './waiting'

const prefix = 'shanmen.waiting.'
/** A request that was on its way this long has arrived or never will. */
const surelyArrivedMs = 15_000
const lastKey = () => `shanmen.last.${shift.value?.id ?? ''}`

/** Takes up what a reload interrupted. */
export function resumeSales(): void {
  approvals = null
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

/** Sells the cart, or places it unpaid when nothing is paid. False when something else still waits for its answer. */
export function sell(payments: SalePayment[]): boolean {
  const own = shift.value
  if (waiting.value || !own || !sheet.value || !cart.value.lines.length) return false
  const amountFen = total.value
  const body: Sale = {
    shiftId: own.id, visitDay: cart.value.visitDay, priceVersion: sheet.value.version, totalFen: amountFen,
    lines: linesNamed(), payments, onOneTicket: cart.value.onOneTicket, buyer: buyer.value, origin: origin.value, pricedAt: quoted.value?.pricedAt ?? null,
    complimentary: giftNamed(), agency: cart.value.agency ?? null, vouchers: vouchers.value.map(({ code }) => code),
  }
  const gift = takeApproval()
  ask(payments.length ? 'sell' : 'order', '/api/orders', body, amountFen, payments, handOffCart(), gift)
  return true
}

/** Places the cart unpaid, at the price of the whole where it comes within a moment. */
export async function placeUnpaid(): Promise<boolean> {
  if (guideDue.value || namesDue.value || giftDue.value) {
    dialog.value = guideDue.value ? 'buyer' : namesDue.value ? 'visitors' : 'complimentary'
    return true
  }
  const wanted = cart.value
  if (await changedTotal() !== null || cart.value !== wanted) return false
  return sell([])
}

/** Pays an order that was placed before. */
export function payOrder(order: Pick<Order, 'id' | 'totalFen'>, payments: SalePayment[]): boolean {
  if (waiting.value || !shift.value) return false
  ask('pay', `/api/orders/${order.id}/pay`, { shiftId: shift.value.id, payments }, order.totalFen, payments, null)
  return true
}

function ask(kind: WaitingSale['kind'], path: string, body: unknown, amountFen: number, payments: SalePayment[], sold: Cart | null, gift: GiftApproval | null = null): void {
  const key = newKey()
  approvals = gift && { key, overbook: null, gift }
  begin({
    key, kind, path, body, clerkId: clerkId.value, clerkName: session.value.staff?.name ?? '', shiftId: shift.value!.id,
    askedAt: Date.now(), totalFen: amountFen, tenderedFen: payments.reduce((sum, one) => sum + one.tenderedFen, 0), cart: sold,
  })
}

function begin(sale: WaitingSale): void {
  localStorage.setItem(prefix + clerkId.value, JSON.stringify(stored(sale)))
  waiting.value = sale
  outcome.value = 'sending'
  refusal.value = null
  priceChange.value = null
  void settle()
}

/** Who approved of the sale on its way. This holds passwords, so it stands in no store and does not survive a reload. */
interface Approvals { key: string; overbook: Approval | null; gift: GiftApproval | null }
let approvals: Approvals | null = null
// A gift was approved for the sale that may be overbooked as it stands, and for no other.
watch(mayOverbook, (may) => { if (!may && !waiting.value) approvals = null })

/**
 * Sends the refused sale once more, under a key of its own and with a supervisor's approval. Resolves when it has an answer:
 * with what is wrong when the supervisor was refused, and the refused sale then stands as it stood before.
 */
export async function oversell(words: Approval): Promise<Trouble | null> {
  const left = refusal.value
  if (waiting.value || !left?.sale.cart) return null
  // Visitors and what is given may have been put right since.
  const body = left.cart ? left.sale.body : { ...(left.sale.body as Sale), lines: linesNamed(), complimentary: giftNamed() }
  // Who approved of a gift did so of that one. What waits beside another cart is sent as it was.
  const kept = approvals?.key === left.sale.key ? approvals.gift : null
  const gift = left.cart ? kept : stillFor(kept)
  if (!left.cart) handOffCart()
  const key = newKey()
  approvals = { key, overbook: words, gift }
  begin({ ...left.sale, key, body, approved: true, askedAt: Date.now() })
  await settle()
  const told = refusal.value
  if (told?.sale.key !== key || !aboutSupervisor.test(told.code)) return null
  if (approvals) approvals = { ...approvals, key: left.sale.key }
  refusal.value = { ...left, cart: told.cart }
  return told.trouble
}

const aboutSupervisor = /^(supervisor|tooManyTries|wrongFields)/

const withApprovals = (body: Sale, { overbook, gift }: Approvals): Sale =>
  ({ ...body, ...(overbook && { overbook }), ...(gift && body.complimentary && { complimentary: { ...body.complimentary, approval: gift.by } }) })

/** What is asked of the server: the sale, or whether it was booked where only the server can still know of its approval. */
function send(sale: WaitingSale): Promise<Order> {
  const words = approvals?.key === sale.key ? approvals : null
  if (sale.bare || (sale.approved && !words?.overbook)) return api.get<Order>(`/api/orders/${sale.key}`)
  return api.send<Order>('POST', sale.path, words ? withApprovals(sale.body as Sale, words) : sale.body, { key: sale.key, timeoutMs: 4000 })
}
function staysUnknown(reason: unknown, sale: WaitingSale): boolean {
  // Whoever approves has typed wrong passwords too often: nothing was sold.
  if (reason instanceof Problem && reason.code === 'tooManyTries') return false
  if (!(sale.approved || sale.bare) || !(reason instanceof Problem)) return leavesUnknown(reason)
  if (reason.status === 404) return Date.now() - sale.askedAt < surelyArrivedMs
  return reason.status !== 429 && leavesUnknown(reason)
}

let settling: Promise<void> | null = null
const settle = (): Promise<void> => (settling ??= untilSettled().finally(() => { settling = null }))
async function untilSettled(): Promise<void> {
  for (let sale = waiting.value; sale; sale = waiting.value) {
    const slow = setTimeout(() => { outcome.value = 'unknown' }, 1500)
    // What follows an answer may take its time, and knows what the answer was.
    const order = await send(sale).finally(() => clearTimeout(slow)).catch((reason: unknown) => ({ reason }))
    if (!('reason' in order)) booked(order, sale)
    else {
      const { reason } = order
      if (staysUnknown(reason, sale)) {
        outcome.value = 'unknown'
        mustSignIn.value = reason instanceof Problem && reason.status === 401
        await new Promise((again) => setTimeout(again, retryMs))
      } else await refused(reason, sale)
    }
  }
}

function answered(): void {
  localStorage.removeItem(prefix + clerkId.value)
  waiting.value = null
  mustSignIn.value = false
}

function booked(order: Order, sale: WaitingSale): void {
  answered()
  approvals = null
  outcome.value = 'booked'
  buyer.value = origin.value = null
  // The next customer may be named already.
  if (sale.cart && !cart.value.lines.length) forgetPersons()
  remember(order, sale.tenderedFen)
  play('ok')
  if (order.state === 'paid' && window_.value?.printer.autoPrint) {
    void import('./print/print').then((paper) => paper.printOrder(order, order.tickets, window_.value!.printer.kind))
  }
  void refreshSheet()
}

function forgetPersons(): void {
  forgetVisitors()
  forgetGift()
}

export function remember(order: Order, tenderedFen = 0): void {
  lastSale.value = {
    id: order.id, number: order.number, state: order.state, totalFen: order.totalFen, tenderedFen, changeFen: order.changeFen,
    people: order.lines.reduce((sum, line) => sum + line.quantity * line.people, 0), at: order.at,
    holdUntil: order.holdUntil, agency: order.agency,
  }
  localStorage.setItem(lastKey(), JSON.stringify(lastSale.value))
}

async function refused(reason: unknown, sale: WaitingSale): Promise<void> {
  answered()
  outcome.value = 'refused'
  play('bad')
  const before = sheet.value
  const back = !sale.cart || giveBack(sale.cart)
  const lost = (sale.approved || sale.bare) && reason instanceof Problem && reason.status === 404
  const words = sale.approved ? 'counter.overbook.lost' : 'counter.sale.lost'
  const trouble = lost ? { text: t(words), action: t(`${words}.action`), errors: {} } : troubleOf(reason)
  const code = reason instanceof Problem ? reason.code : ''
  refusal.value = { trouble, code, sale, cart: back ? null : sale.cart }
  // What was approved of the gift stands while the sale may still be overbooked as it is.
  const stands = sale.approved ? aboutSupervisor.test(code) : passable.includes(code)
  approvals = stands && approvals?.gift ? { ...approvals, overbook: null } : null
  if (!(reason instanceof Problem)) return
  // A dialog comes up by itself only for what the clerk can mend in it.
  const inCart = sale.cart !== null && cart.value === sale.cart
  const named = inCart && takeWrong(reason.errors)
  const gifted = inCart && !(sale.approved && aboutSupervisor.test(code)) && takeGiftWrong(code, trouble)
  await refreshSheet()
  if (code === 'priceChanged' && sale.cart && cart.value === sale.cart) {
    if (needsQuote()) await askTotal()
    priceChange.value = { oldFen: sale.totalFen, newFen: total.value }
  } else if (back && sale.cart && sheet.value && !sale.approved) chooseAgain(code, sale.cart, before, trouble)
  if (cart.value !== sale.cart || dialog.value || !(named || (gifted && giftPeople.value))) return
  if (sale.kind === 'sell') openPay()
  else dialog.value = named ? 'visitors' : 'complimentary'
}

/** Back to the slots where one is over or has filled up meanwhile. */
function chooseAgain(code: string, sold: Cart, before: typeof sheet.value, trouble: Trouble): void {
  const at = lineToSettle(code, sold, before, cart.value, sheet.value!)
  if (at < 0 || dialog.value) return
  chosen.value = at
  sentBack.value = trouble
  dialog.value = 'slots'
}

/** Puts a refused cart back once the clerk's present one is sold or emptied. */
export function takeRefusedBack(): void {
  const left = refusal.value
  if (!left?.cart || !giveBack(left.cart)) return
  // Whoever was named meanwhile was named for another cart.
  forgetPersons()
  refusal.value = { ...left, cart: null }
}
