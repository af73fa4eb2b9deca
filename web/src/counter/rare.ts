import { api } from '../shared/api'
import { t } from '../shared/text'
import type { OrderPage } from '../shared/types'
import { troubleOf } from '../shared/words'
import { dialog, openOrder, openOrders } from './dialogs'
import { mayOverbook } from './overbook/refused'
import { waiting } from './saleState'
import { cart, notice } from './selling'
import { laterTexts } from './texts.later'
import { shift, window_ } from './till'
import { marked, mayBeCode, useVoucher } from './vouchers/vouchers'

await laterTexts

export function handOver(): void {
  if (waiting.value) notice.value = t('counter.waits.handOver')
  else if (cart.value.lines.length) notice.value = t('counter.handOver.cart')
  else dialog.value = 'handOver'
}

/** Asks a supervisor to approve the sale that was refused for want of places. */
export function overbook(): void {
  if (mayOverbook.value) dialog.value = 'overbook'
}

export async function throwSwitch(): Promise<void> {
  const place = window_.value
  if (!place || place.f3Action !== 'drawer') {
    notice.value = t('counter.switch.none')
    return
  }
  try {
    await api.send('POST', `/api/windows/${place.id}/drawer`, { shiftId: shift.value?.id })
    notice.value = t('counter.switch.drawer')
  } catch (reason) {
    const trouble = troubleOf(reason)
    notice.value = `${trouble.text} ${trouble.action}`
  }
}

/** Takes a scanned voucher into the sale, and says so; false where it is none. */
async function tookVoucher(code: string): Promise<boolean> {
  const answer = await useVoucher(code)
  if (answer) notice.value = answer.trouble || t('vouchers.added', { name: answer.name })
  return !!answer
}

/** A scan at the counter: a voucher that says so of itself, else the order to which the ticket belongs, else the code of a voucher; the list when it is of several. */
export async function findOrder(code: string): Promise<void> {
  if (dialog.value && !/^(orders?|vouchers)$/.test(dialog.value)) return
  try {
    if ((marked(code) || dialog.value === 'vouchers') && await tookVoucher(code)) return
    const found = await api.get<OrderPage>(`/api/orders?q=${encodeURIComponent(code)}&page=1&pageSize=50`)
    const ids = new Set(found.rows.map((row) => row.orderId))
    if (ids.size === 1) openOrder([...ids][0]!)
    else if (ids.size) openOrders(code)
    else if (marked(code) || !mayBeCode(code) || !await tookVoucher(code)) notice.value = t('counter.scan.none', { code: code.length > 24 ? `${code.slice(0, 24)}…` : code })
  } catch (reason) {
    notice.value = troubleOf(reason).text
  }
}
