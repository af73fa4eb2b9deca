// Money of the bank for orders (汇款): what a booking will do.
import { yuan } from '../../shared/money'
import { t } from '../../shared/text'
import { stampOf } from '../../shared/time'
import type { BankTransferKind, BankTransferOf } from '../../shared/types'

export interface TransferForm { kind: BankTransferKind; fen: number | null; reference: string; note: string }
export const kinds: BankTransferKind[] = ['received', 'sentBack']
export const ready = (form: TransferForm): boolean => !!form.fen && !!form.reference.trim()

/** What it will do, before it does. */
export function saysOf(form: TransferForm, order: BankTransferOf): string {
  if (!ready(form)) return t('office.bank.says.fill')
  const fen = form.fen!
  const after = order.leftFen + (form.kind === 'received' ? fen : -fen)
  if (after < 0) return t('office.bank.says.short', { left: yuan(order.leftFen) })
  const words = { number: order.number, fen: yuan(fen), after: yuan(after) }
  if (form.kind === 'sentBack') return t('office.bank.says.sentBack', words)
  if (order.state !== 'ordered') return t('office.bank.says.late', { ...words, state: t(`office.bank.state.${order.state}`) })
  if (after < order.totalFen) return t('office.bank.says.part', { ...words, missing: yuan(order.totalFen - after) })
  return t(order.kept ? 'office.bank.says.keeps' : 'office.bank.says.covers', words)
}

/** What it waits for, and how long. */
export const stateOf = (order: BankTransferOf): string =>
  t(`office.bank.state.${order.state}`) + (order.holdUntil ? ` · ${t(order.kept ? 'office.bank.kept' : 'office.bank.hold', { time: stampOf(order.holdUntil) })}` : '')
