import { watch } from 'vue'
import { api } from '../shared/api'
import { yuan } from '../shared/money'
import { t } from '../shared/text'
import type { Quote } from '../shared/types'
import { cart, quote, quoted, total } from './selling'
import { sheet } from './till'
import { vouchers } from './vouchers/vouchers'

/* Where price rules hold or vouchers are used, what several tickets cost together is asked for: the sum of the sheet's prices is only a guess until the answer is there. */
const patientMs = 1500
export const needsQuote = () => !!sheet.value && (sheet.value.byRules || vouchers.value.length > 0) && cart.value.lines.length > 0
watch([cart, sheet], () => { if (needsQuote()) void ask() }, { immediate: true })

/** Asks what the cart comes to. Without an answer the guess stays, and the server has the last word when the sale is made. */
export async function ask(): Promise<void> {
  const of = cart.value
  const lines = of.lines.map(({ typeId, quantity, people, slot }) => [typeId, quantity, people, ...(slot ? [slot.replace(':', '').slice(0, 4)] : [])].join(':')).join()
  const codes = vouchers.value.map(({ code }) => code).join()
  try {
    const answer = await api.get<Quote>(`/api/quote?day=${of.visitDay}&lines=${lines}${of.agency ? `&agency=${encodeURIComponent(of.agency)}` : ''}${codes ? `&vouchers=${codes}` : ''}`)
    if (cart.value === of) quote.value = { cart: of, answer }
  } catch {
    /* The next change of the cart asks again. */
  }
}

/** Waits a moment for the cart's price. The old total, where another one came than stood on the screen. */
export async function changedTotal(): Promise<number | null> {
  if (!needsQuote() || quoted.value) return null
  const shown = total.value
  await Promise.race([ask(), new Promise((over) => setTimeout(over, patientMs))])
  return total.value === shown ? null : shown
}

/** What sets, free units and vouchers took off a line, and their names; empty where nothing was taken off. */
export function offWords(line: Quote['lines'][number] | undefined): string {
  if (!line?.offFen) return ''
  const rules = [...new Set(line.steps.filter((step) => !step.ofUnit).map((step) => step.rule))].join(' + ')
  return t('counter.line.off', { amount: yuan(-line.offFen), rules })
}
