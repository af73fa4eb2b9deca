/** Notes and coins of the drawer, in fen, from the largest. */
export const notesFen = [10_000, 5000, 2000, 1000, 500, 100, 50, 10]

/** The sum of so many pieces of each note; null when a number of pieces is no whole number. */
export function sumOf(pieces: Record<number, string>): number | null {
  let sum = 0
  for (const note of notesFen) {
    const typed = (pieces[note] ?? '').trim()
    if (!/^\d{0,6}$/.test(typed)) return null
    sum += note * Number(typed || 0)
  }
  return sum
}
