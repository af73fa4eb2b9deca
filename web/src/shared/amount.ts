/** Largest amount that the server takes, in fen. */
export const largestFen = 1_000_000_000

/**
 * A typed amount of yuan in fen, or null when it is not one: "80", "1,234.5", "¥80.00" and full-width digits are
 * understood; more than two decimals, a sign or anything above the largest amount is not an amount.
 */
export function parseYuan(typed: string): number | null {
  const plain = typed.normalize('NFKC').replace(/[¥￥,\s]/g, '')
  const parts = /^(\d{1,9})(?:\.(\d{0,2}))?$/.exec(plain) ?? /^()\.(\d{1,2})$/.exec(plain)
  if (!parts) return null
  const fen = Number(parts[1] || 0) * 100 + Number((parts[2] ?? '').padEnd(2, '0'))
  return fen <= largestFen ? fen : null
}
