import type { Permission, Session } from './types'

/** Which permissions open which desk, in the order in which the desks are offered. */
const openedBy: Record<string, Permission[]> = {
  counter: ['sell'],
  refund: ['sell'],
  gate: ['admit'],
  board: ['watch'],
  report: ['readReports', 'closeDay'],
  office: ['setUpPark', 'manageStaff', 'readLog', 'readStatus'],
}

/** The desks that this person may open. */
export function desksOf(session: Session): string[] {
  const mine = session.staff?.permissions ?? []
  return Object.keys(openedBy).filter((desk) => openedBy[desk]!.some((permission) => mine.includes(permission)))
}
