import type { Delivery, DeliveryState, DeliveryStep } from '../../shared/types'

/* What may happen to a delivery, as the server decides it. */
export const stepsFrom = (state: DeliveryState): DeliveryStep[] =>
  ({ waiting: ['cancelled', 'sent'], onItsWay: ['cameBack', 'delivered'], delivered: [], cameBack: ['cancelled'], cancelled: [] } as Record<DeliveryState, DeliveryStep[]>)[state]

/** Whether way, person and address may be said, or said anew. */
export const mayAsk = (delivery: Pick<Delivery, 'state'> | null): boolean => !delivery || ['waiting', 'cameBack', 'cancelled'].includes(delivery.state)

export interface DeliveryWords { name: string; phone: string; address: string; carrier: string; word: string }
/** The text that says what must be filled in first; null where nothing is missing. */
export function missing(doing: '' | 'ask' | DeliveryStep, form: DeliveryWords): string | null {
  const lacks = (...words: string[]): boolean => words.some((word) => !word.trim())
  if (doing === 'ask') return lacks(form.name, form.phone, form.address) ? 'delivery.wrong.ask' : null
  if (doing === 'sent') return lacks(form.carrier) ? 'delivery.wrong.carrier' : null
  return lacks(form.word) ? 'delivery.wrong.word' : null
}
