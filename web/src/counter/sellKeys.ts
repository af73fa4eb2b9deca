import { watch } from 'vue'
import { t } from '../shared/text'
import { addDays } from '../shared/time'
import { actionOf, MoneyKeys, type SellAction } from './actions'
import { dialog, openOrder, openOrders, openPay } from './dialogs'
import { lastSale, waiting } from './saleState'
import { cart, chooseDay, chosen, dropLine, forgetNumber, moveChoice, notice, step, toggleOneTicket, typeDigit, typeTimes } from './selling'
import { sheet } from './till'

const rare = () => import('./rare')
export const money = new MoneyKeys()

/**
 * While a dialog is open it hears the keys first; it answers true when it has used one. Keys that come before it stands
 * wait for it, so that a fast hand loses none.
 */
export type Hearing = (key: string, editable: boolean) => boolean
export const listening: { hear: Hearing | null; early: string[] } = { hear: null, early: [] }

function tellDialog(key: string, editable: boolean): boolean {
  if (listening.hear) return listening.hear(key, editable)
  listening.early.push(key)
  return true
}

/*
 * Keys that come before the prices wait for them in their order, so that none is lost; Escape forgets them. Nobody is
 * charged a price that had not come for so long that the customer may have left: the rest of the keys is dropped then.
 */
let unpriced: { key: string; at: number }[] = []
const latestMs = 10_000
const needsPrices = /^(\d|[*+-]|F[124]|Delete|Page.+)$/
watch(sheet, (now) => {
  if (!now) return
  const keys = unpriced
  unpriced = []
  if (keys.length) notice.value = ''
  for (const { key, at } of keys) {
    if (/^F[12]/.test(key) && performance.now() - at > latestMs) return
    pressKey(key, { repeat: false, editable: false }, at)
  }
})

/** One key on the counter, wherever the focus is. */
export function pressKey(key: string, { repeat, editable }: { repeat: boolean; editable: boolean }, at = performance.now()): boolean {
  if (money.ignores(key, repeat, at)) return true
  if (dialog.value) return tellDialog(key, editable)
  listening.early = []
  if (key === 'Escape') unpriced = []
  if (!sheet.value && !editable && (unpriced.length || needsPrices.test(key))) {
    unpriced.push({ key, at })
    notice.value = t('counter.sheet.waits', { keys: unpriced.map((one) => one.key).join('') })
    return true
  }
  const action = actionOf(key)
  if (editable && !/^F\d/.test(key)) return false
  if (/^\d$/.test(key)) {
    typeDigit(key, at)
    return true
  }
  if (!action) return false
  if (action === 'times') typeTimes(at)
  else {
    forgetNumber()
    act(action)
  }
  return true
}

export function act(action: SellAction): void {
  notice.value = ''
  const acts: Record<SellAction, () => void> = {
    order: () => void placeOrder(),
    pay: beginPay,
    switch: () => void rare().then((acts) => acts.throwSwitch()),
    removeLine: () => dropLine(),
    find: () => openOrders(),
    orders: () => openOrders(),
    reprint: () => (lastSale.value ? openOrder(lastSale.value.id, 'reprint') : openOrders()),
    return: () => (lastSale.value ? openOrder(lastSale.value.id, 'return') : openOrders()),
    handOver: () => void rare().then((acts) => acts.handOver()),
    escape: () => {},
    times: () => typeTimes(performance.now()),
    more: () => step(1),
    fewer: () => step(-1),
    up: () => moveChoice(-1),
    down: () => moveChoice(1),
    dayBefore: () => chooseDay(addDays(cart.value.visitDay, -1)),
    dayAfter: () => chooseDay(addDays(cart.value.visitDay, 1)),
    oneTicket: toggleOneTicket,
    buyer: () => { dialog.value = 'buyer' },
    slots: () => { if (cart.value.lines[chosen.value]?.slot) dialog.value = 'slots' },
    vouchers: () => { dialog.value = 'vouchers' },
    overbook: () => {
      // The sale that was refused, not another that stands there once the code has come.
      const asked = cart.value
      void rare().then((acts) => { if (cart.value === asked) acts.overbook() })
    },
  }
  acts[action]()
}

function mayBegin(): boolean {
  if (waiting.value) notice.value = t('counter.waits.next')
  else if (!cart.value.lines.length) notice.value = t(lastSale.value?.state === 'ordered' ? 'counter.last.unpaid' : 'counter.cart.empty')
  else return true
  return false
}

function beginPay(): void {
  if (mayBegin()) openPay()
}

async function placeOrder(): Promise<void> {
  if (!mayBegin()) return
  money.close('F1', performance.now())
  const sales = await import('./sales').catch(() => null)
  if (!(await sales?.placeUnpaid())) notice.value = t('counter.sheet.none')
}
