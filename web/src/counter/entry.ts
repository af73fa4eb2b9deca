/*
 * Number keys sell at once: 1 adds the type on key 1. When a number is followed by *, it was meant as a count, so what
 * its digits had added is taken back and the number waits for the next type key. A pause ends a number.
 */
export const numberPauseMs = 1000

export interface Entry<State> {
  /** Digits typed without a pause, and the state before the first of them. */
  digits: string
  before: State | null
  lastAt: number
  /** The count that waits for the next type key. */
  count: number | null
}

export const noEntry = <State>(): Entry<State> => ({ digits: '', before: null, lastAt: -Infinity, count: null })

/** After a digit: the entry, and the key slot to add with its count (null counts as one). Zero is on no key. */
export function digit<State>(entry: Entry<State>, key: string, at: number, state: State): { entry: Entry<State>; slot: number; count: number | null } {
  if (entry.count !== null && key !== '0') return { entry: noEntry(), slot: Number(key), count: entry.count }
  const goesOn = entry.digits !== '' && at - entry.lastAt <= numberPauseMs
  const next = { digits: (goesOn ? entry.digits : '') + key, before: goesOn ? entry.before : state, lastAt: at, count: null }
  return { entry: next, slot: Number(key), count: null }
}

/** After *: the state to go back to and the count, or null when no number was typed just before. */
export function times<State>(entry: Entry<State>, at: number, most: number): { entry: Entry<State>; state: State } | null {
  const count = Number(entry.digits)
  if (entry.before === null || at - entry.lastAt > numberPauseMs || count < 1 || count > most) return null
  return { entry: { ...noEntry<State>(), count }, state: entry.before }
}
