import { addDays } from '../../shared/time'

/**
 * When it is proposed to keep an order of a visit's day to. A business day goes on past midnight, by the clock on the next day:
 * to the end of the hour then.
 * @param at The day by the clock and the time of it.
 */
export function keptTo(visitDay: string, at: { day: string; time: string }): { day: string; time: string } {
  if (at.day < visitDay) return { day: visitDay, time: keepUntil('00:00') }
  if (at.day === visitDay) return { day: visitDay, time: keepUntil(at.time) }
  const [hours, minutes] = at.time.split(':').map(Number) as [number, number]
  return { day: addDays(visitDay, 1), time: `${String(minutes < 45 ? hours : hours + 1).padStart(2, '0')}:59` }
}

/** Until when an order is kept if nobody says otherwise: noon of the visit's day; late on that day some two hours more, on a half hour, and never past the day. */
export function keepUntil(now: string): string {
  const [hours, minutes] = now.split(':').map(Number) as [number, number]
  if (hours < 11) return '12:00'
  const until = Math.ceil((hours * 60 + minutes + 120) / 30) * 30
  return until >= 24 * 60 ? '23:59' : `${Math.floor(until / 60)}:${until % 60 ? '30' : '00'}`
}
