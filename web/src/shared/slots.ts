import type { SlotTimes } from './types'

/** A slot that lasts until midnight ends at 24:00 for people. */
export const endWords = (until: string): string => (until.slice(0, 5) === '00:00' ? '24:00' : until.slice(0, 5))
/** "09:00–09:30". */
export const slotWords = ({ at, until }: SlotTimes): string => `${at.slice(0, 5)}–${endWords(until)}`
