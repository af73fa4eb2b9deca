/** Until when an order is kept if nobody says otherwise: noon of the visit's day; late on that day some two hours more, on a half hour, and never past the day. */
export function keepUntil(now: string): string {
  const [hours, minutes] = now.split(':').map(Number) as [number, number]
  if (hours < 11) return '12:00'
  const until = Math.ceil((hours * 60 + minutes + 120) / 30) * 30
  return until >= 24 * 60 ? '23:59' : `${Math.floor(until / 60)}:${until % 60 ? '30' : '00'}`
}
