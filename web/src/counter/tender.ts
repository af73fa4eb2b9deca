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
