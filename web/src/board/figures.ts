// What the board derives from one snapshot or from two. Pure.
import type { Board } from '../shared/types'

export type Counter = 'entered' | 'exited' | 'refused' | 'tickets' | 'people' | 'moneyFen'
const COUNTERS: readonly Counter[] = ['entered', 'exited', 'refused', 'tickets', 'people', 'moneyFen']

/** How much each counter rose between two snapshots of the same day; a new day starts without rises. */
export function risenBetween(before: Board | null, after: Board): Partial<Record<Counter, number>> {
  const risen: Partial<Record<Counter, number>> = {}
  if (!before || before.businessDay !== after.businessDay) return risen
  for (const counter of COUNTERS) {
    const by = after[counter] - before[counter]
    if (by > 0) risen[counter] = by
  }
  return risen
}

export type Crowd = 'unknown' | 'easy' | 'busy' | 'nearlyFull' | 'full'

/** Share of the park's capacity in use, 0..1 and beyond, with the word for it. */
export function crowdOf(inside: number, capacity: number): { share: number; crowd: Crowd } {
  if (capacity <= 0) return { share: 0, crowd: 'unknown' }
  const share = inside / capacity
  if (share >= 1) return { share, crowd: 'full' }
  if (share >= 0.9) return { share, crowd: 'nearlyFull' }
  return { share, crowd: share >= 0.7 ? 'busy' : 'easy' }
}

/** Money after refunds. */
export function netFen(board: Pick<Board, 'moneyFen' | 'refundsFen'>): number {
  return board.moneyFen - board.refundsFen
}

export interface Point { minute: string; entered: number; tickets: number }

function minuteNumber(minute: string): number {
  const [hours, minutes] = minute.split(':').map(Number) as [number, number]
  return hours * 60 + minutes
}

/**
 * The minute curve without holes: a minute in which nothing happened is a zero, not a straight line over it.
 * A business day may pass midnight, so a smaller minute after a larger one belongs to the next calendar day.
 */
export function curveOf(minutes: Board['minutes']): Point[] {
  const points: Point[] = []
  let expected: number | null = null
  for (const entry of minutes) {
    const at = minuteNumber(entry.minute)
    while (expected !== null && expected !== at && points.length < 1_440) {
      points.push({ minute: minuteText(expected), entered: 0, tickets: 0 })
      expected = (expected + 1) % 1_440
    }
    points.push({ minute: entry.minute, entered: entry.entered, tickets: entry.tickets })
    expected = (at + 1) % 1_440
  }
  return points
}

function minuteText(number: number): string {
  return `${String(Math.floor(number / 60)).padStart(2, '0')}:${String(number % 60).padStart(2, '0')}`
}

/** The first rows that fit and what the remaining ones add up to, so that no list hides part of its total. */
export function headAndRest<T>(rows: readonly T[], fit: number): { head: readonly T[]; rest: readonly T[] } {
  if (rows.length <= fit) return { head: rows, rest: [] }
  return { head: rows.slice(0, fit - 1), rest: rows.slice(fit - 1) }
}
