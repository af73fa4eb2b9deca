import type { DayReturn } from '../../shared/types'

/** Where it stands what a return of a day would take back. */
export const scopePath = (day: string, types: readonly string[]): string => `/api/day-returns/scope?day=${day}${types.length ? `&types=${types.join(',')}` : ''}`

/** How much of it is done, in whole percent; never all of it while something is left. */
export function partDone({ tickets, left }: Pick<DayReturn, 'tickets' | 'left'>): number {
  const all = tickets + (left?.tickets ?? 0)
  return all === 0 ? 100 : Math.floor((100 * tickets) / all)
}
