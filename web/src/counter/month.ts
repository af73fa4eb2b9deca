import { addDays, weekdayNumber } from '../shared/time'

/** The weeks of a day's month, Sunday first, each seven days long; days of the neighbouring months fill the edges. */
export function weeksOf(day: string): string[][] {
  const first = `${day.slice(0, 8)}01`
  const weeks: string[][] = []
  for (let from = addDays(first, -weekdayNumber(first)); from.slice(0, 7) <= day.slice(0, 7); from = addDays(from, 7)) {
    weeks.push(Array.from({ length: 7 }, (_, i) => addDays(from, i)))
  }
  return weeks
}

/** The first day of the month so many months away. */
export function monthAway(day: string, months: number): string {
  const at = new Date(`${day.slice(0, 7)}-01T12:00:00Z`)
  at.setUTCMonth(at.getUTCMonth() + months)
  return at.toISOString().slice(0, 10)
}
