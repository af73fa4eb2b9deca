import { shallowRef, type Component } from 'vue'

type Part = 'Aside' | 'CartNotes' | 'Dialogs' | 'LineOff' | 'LineSlot' | 'ServerLight' | 'TypeDetail'

/** The sell screen stands first; the rest of the counter follows at once and does not count as first load. */
export const later = shallowRef<Record<Part, Component> | null>(null)

export async function loadLater(): Promise<void> {
  try {
    later.value = (await import('./later')).default
  } catch {
    setTimeout(loadLater, 2000)
  }
}
