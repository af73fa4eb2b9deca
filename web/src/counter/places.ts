import type { Board, Window } from '../shared/types'

/** Who sits at which window now, by the id of the window. */
export const takenBy = (board: Pick<Board, 'windows'>): Map<string, string> =>
  new Map(board.windows.flatMap(({ id, clerk }) => (clerk ? [[id, clerk] as const] : [])))

/** The window to offer: the one that this browser had last, if nobody sits there, else the first free one, else none. */
export function placeToOffer(windows: Pick<Window, 'id'>[], taken: ReadonlyMap<string, string>, last: string | null): string {
  const free = windows.filter(({ id }) => !taken.has(id))
  return (free.find(({ id }) => id === last) ?? free[0])?.id ?? ''
}
