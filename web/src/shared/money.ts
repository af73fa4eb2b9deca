/** Fen as people read them: "¥1,234.50", with a true minus sign in front for money going back. */
export function yuan(fen: number, sign = '¥'): string {
  const whole = Math.abs(fen)
  const head = Math.floor(whole / 100).toString().replace(/\B(?=(\d{3})+$)/g, ',')
  return `${fen < 0 ? '−' : ''}${sign}${head}.${(whole % 100).toString().padStart(2, '0')}`
}
