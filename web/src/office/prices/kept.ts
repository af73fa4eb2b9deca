// A draft outlives a reload, a crash and a power cut: it is kept in the browser, for whoever wrote it.
import type { Draft } from './draft'

export interface KeptDraft { draft: Draft; fromToday: boolean; at: string }
const keyOf = (staff: string): string => `shanmen.prices.draft.${staff}`

/** Keeps it as it is now; where the browser has no room for it, it lives on its page only. */
export function keep(staff: string, kept: KeptDraft): void {
  try {
    localStorage.setItem(keyOf(staff), JSON.stringify(kept))
  } catch {
    forget(staff)
  }
}
export const forget = (staff: string): void => localStorage.removeItem(keyOf(staff))

/** What was kept; anything that is not a draft is none. */
export function kept(staff: string): KeptDraft | null {
  try {
    const found = JSON.parse(localStorage.getItem(keyOf(staff)) ?? 'null') as KeptDraft | null
    const { id, number, rules } = found?.draft ?? {}
    return found && typeof id === 'string' && typeof number === 'number' && Array.isArray(rules?.rules) && Array.isArray(rules.sets) && Array.isArray(rules.products) ? found : null
  } catch {
    return null
  }
}
