import { locale } from './text'

/* Days and instants as the park's clock shows them. The zone is the park's, wherever the browser stands. */
let zone = 'Asia/Shanghai'
export function useParkZone(name: string): void { zone = name }

const formats = new Map<string, Intl.DateTimeFormat>()
function format(kind: string, options: Intl.DateTimeFormatOptions, at: Date, timeZone = zone): string {
  const id = `${kind} ${locale()} ${timeZone}`
  let found = formats.get(id)
  if (!found) formats.set(id, (found = new Intl.DateTimeFormat(locale(), { timeZone, ...options })))
  return found.format(at)
}

const noon = (day: string) => new Date(`${day}T12:00:00Z`)
const clock = { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' } as const

/** yyyy-MM-dd of an instant in the park. */
export const parkDay = (at: Date | string): string => {
  const parts = new Intl.DateTimeFormat('en-CA', { timeZone: zone, year: 'numeric', month: '2-digit', day: '2-digit' })
  return parts.format(new Date(at))
}
/** "2026年11月21日 周六" or "Sat, 21 Nov 2026". */
export const dayAndWeekday = (day: string): string => format('day', {
  year: 'numeric', month: locale() === 'en' ? 'short' : 'long', day: 'numeric', weekday: 'short',
}, noon(day), 'UTC')
export const weekdayOf = (day: string): string => format('weekday', { weekday: 'short' }, noon(day), 'UTC')
export const monthTitle = (day: string): string => format('month', { year: 'numeric', month: 'long' }, noon(day), 'UTC')
/** "14:05" in the park. */
export const timeOf = (at: Date | string): string => format('time', clock, new Date(at))
/** "14:05:09" in the park. */
export const secondsOf = (at: Date | string): string => format('seconds', { ...clock, second: '2-digit' }, new Date(at))
/** "2026-11-21 14:05:09" in the park: the form for lists and paper. */
export const stampOf = (at: Date | string): string => `${parkDay(at)} ${secondsOf(at)}`

/** The day so many days later. */
export function addDays(day: string, days: number): string {
  const at = noon(day)
  at.setUTCDate(at.getUTCDate() + days)
  return at.toISOString().slice(0, 10)
}
/** 0 for Sunday … 6 for Saturday. */
export const weekdayNumber = (day: string): number => noon(day).getUTCDay()
