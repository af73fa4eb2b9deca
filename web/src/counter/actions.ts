/** What the keys of the sell screen do. The browser's own meaning of these keys is switched off there. */
export const sellKeys = {
  F1: 'order', F2: 'pay', F3: 'switch', F4: 'removeLine', Delete: 'removeLine', F6: 'find', F7: 'reprint', F8: 'return',
  F9: 'orders', F10: 'handOver', Escape: 'escape', '*': 'times', '+': 'more', '-': 'fewer', ArrowUp: 'up', ArrowDown: 'down',
  PageUp: 'dayBefore', PageDown: 'dayAfter', m: 'oneTicket', b: 'buyer',
} as const
export type SellAction = (typeof sellKeys)[keyof typeof sellKeys]

/** These move money: a key held down does nothing, and after one of them the same key is dead for a moment. */
const moneyKeys = new Set(['F1', 'F2', 'Enter'])
export const deadMs = 400

export class MoneyKeys {
  private key = ''
  private until = -Infinity

  /** Closes the key that has just sold something. */
  close(key: string, at: number): void { this.key = key; this.until = at + deadMs }

  /** True when the key must do nothing now. */
  ignores(key: string, repeat: boolean, at: number): boolean {
    return moneyKeys.has(key) && (repeat || (key === this.key && at < this.until))
  }
}

export const actionOf = (key: string): SellAction | undefined =>
  (sellKeys as Record<string, SellAction>)[key.length === 1 ? key.toLowerCase() : key]

/** What is tendered while paying, in yuan as typed: digits and one point with at most two decimals. */
export function tenderedAfter(typed: string, key: string): string {
  if (key === 'Backspace') return typed.slice(0, -1)
  if (key === 'Delete') return ''
  const next = typed + key
  return /^\d{0,7}(\.\d{0,2})?$/.test(next) ? next : typed
}

/** Round sums that a customer is likely to hand over for an amount: the next notes above it. */
export function likelyNotes(totalFen: number): number[] {
  const notes = [1000, 2000, 5000, 10_000, 20_000, 50_000].map((note) => Math.ceil(totalFen / note) * note)
  return [...new Set(notes)].filter((fen) => fen > totalFen).sort((a, b) => a - b).slice(0, 4)
}
