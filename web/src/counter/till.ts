import { computed, ref, shallowRef } from 'vue'
import { api, readSession } from '../shared/api'
import { parkDay } from '../shared/time'
import type { PriceSheet, Session, Shift, Window } from '../shared/types'

/* What the till knows of the world around it: who sells, at which window, in which shift, at which prices. */
export const session = shallowRef<Session>(null!)
export const shift = shallowRef<Shift | null>(null)
export const window_ = shallowRef<Window | null>(null)
export const sheet = shallowRef<PriceSheet | null>(null)
/** The business day; tickets for it are sold unless the clerk chooses another visit day. */
export const today = ref('')
export const clerkId = computed(() => session.value.staff?.id ?? '')

export function takePlace(now: Session): void {
  session.value = now
  today.value = now.businessDay ?? parkDay(now.serverTime)
}

/** Finds the shift that this clerk has open, and its window. */
export async function findShift(): Promise<void> {
  const [mine, windows] = await Promise.all([api.get<Shift | null>('/api/shifts/current'), api.get<Window[]>('/api/windows')])
  shift.value = mine
  window_.value = windows.find((window) => window.id === mine?.windowId) ?? null
}

/** Loads the prices of a visit day. An answer that comes after the clerk has chosen another day is dropped. */
let asked = ''
export async function loadSheet(day: string): Promise<void> {
  asked = day
  if (sheet.value?.day !== day) sheet.value = null
  const found = await api.get<PriceSheet>(`/api/price-sheet?day=${day}&windowId=${window_.value?.id ?? ''}`)
  if (asked === day) sheet.value = found
}

/** Asks again for time, business day and who is signed in. */
export async function refreshSession(): Promise<void> {
  const now = await readSession()
  if (now.signedIn && now.staff?.id === clerkId.value) takePlace(now)
}
