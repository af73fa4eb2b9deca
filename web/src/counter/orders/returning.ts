import { named, t } from '../../shared/text'
import type { DictionaryEntry } from '../../shared/types'

/** Tickets that go back at once; more of a large order go back in several, for the same money. */
export const mostAtOnce = 100

export interface Asked { tickets: string[]; kind: 'return' | 'void'; reason: string }

/** Where it stands what these tickets would bring back; null while something of it is not said. */
export function quotePath(order: string, { tickets, kind, reason }: Asked, shift: string | undefined): string | null {
  if (!tickets.length || tickets.length > mostAtOnce || !reason || !shift) return null
  return `/api/orders/${order}/refund?tickets=${tickets.join(',')}&kind=${kind}&reason=${encodeURIComponent(reason)}&shiftId=${shift}`
}

/** A reason with the rate that it carries. */
export const reasonWords = (word: DictionaryEntry): string =>
  (word.backRate == null ? named(word.name, word.nameEn) : t('orders.reason.rate', { name: named(word.name, word.nameEn), percent: `${word.backRate / 100}%` }))

/** The ways by which money goes, in words. */
export const moneyWays = (ways: string): string => ways.split('+').map((way) => t(`orders.method.${way}`)).join(t('orders.and'))
