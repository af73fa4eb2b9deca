// A month as a grid of plain days ("2026-10-01"), free of any time zone.
import { addDays, weekdayNumber } from '../../shared/time'

/** 1 = Monday … 7 = Sunday. */
const mondayFirst = (day: string): number => weekdayNumber(day) || 7

/** "2026-10" moved by whole months. */
export function addMonths(month: string, count: number): string {
  const [year, number] = month.split('-').map(Number) as [number, number]
  return new Date(Date.UTC(year, number - 1 + count, 1)).toISOString().slice(0, 7)
}

export const firstOf = (month: string): string => `${month}-01`
export const lastOf = (month: string): string => addDays(firstOf(addMonths(month, 1)), -1)

/** Every day from one to the other, both included. */
export function daysFrom(first: string, last: string): string[] {
  const days: string[] = []
  for (let day = first; day <= last; day = addDays(day, 1)) days.push(day)
  return days
}

/** Weeks from Monday to Sunday; places outside the month are null. */
export function weeksOf(month: string): (string | null)[][] {
  const first = firstOf(month)
  const before = Array.from({ length: mondayFirst(first) - 1 }, () => null)
  const cells: (string | null)[] = [...before, ...daysFrom(first, lastOf(month))]
  while (cells.length % 7 !== 0) cells.push(null)
  return Array.from({ length: cells.length / 7 }, (_, week) => cells.slice(week * 7, week * 7 + 7))
}

/** Where a key leads in the grid; null when the key does not move. */
export function moved(day: string, key: string): string | null {
  switch (key) {
    case 'ArrowLeft': return addDays(day, -1)
    case 'ArrowRight': return addDays(day, 1)
    case 'ArrowUp': return addDays(day, -7)
    case 'ArrowDown': return addDays(day, 7)
    case 'Home': return addDays(day, 1 - mondayFirst(day))
    case 'End': return addDays(day, 7 - mondayFirst(day))
    case 'PageUp': return sameDateIn(addMonths(day.slice(0, 7), -1), day)
    case 'PageDown': return sameDateIn(addMonths(day.slice(0, 7), 1), day)
    default: return null
  }
}

function sameDateIn(month: string, day: string): string {
  const last = lastOf(month)
  const wanted = `${month}-${day.slice(8)}`
  return wanted > last ? last : wanted
}
