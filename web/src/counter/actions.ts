/** What the keys of the sell screen do. The browser's own meaning of these keys is switched off there. */
export const sellKeys = {
  F1: 'order', F2: 'pay', F3: 'switch', F4: 'removeLine', Delete: 'removeLine', F6: 'find', F7: 'reprint', F8: 'return',
  F9: 'orders', F10: 'handOver', Escape: 'escape', '*': 'times', '+': 'more', '-': 'fewer', ArrowUp: 'up', ArrowDown: 'down',
  PageUp: 'dayBefore', PageDown: 'dayAfter', m: 'oneTicket', b: 'buyer', t: 'slots', o: 'overbook', v: 'vouchers',
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
