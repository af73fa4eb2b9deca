import { onMounted, ref, shallowRef, type Ref, type ShallowRef } from 'vue'
import { api, Problem, signInAgain } from '../../shared/api'
import { troubleOf, type Trouble } from '../../shared/words'

export interface Loaded<T> {
  value: ShallowRef<T | null>
  trouble: Ref<Trouble | null>
  busy: Ref<boolean>
  load(): Promise<void>
}

/** Something the server knows, read when the page opens and again on demand; a late answer to an older question is dropped. */
export function useLoaded<T>(path: () => string | null, atOnce = true): Loaded<T> {
  const value = shallowRef<T | null>(null)
  const trouble = ref<Trouble | null>(null)
  const busy = ref(false)
  let asked = 0
  async function load(): Promise<void> {
    const from = path()
    if (from === null) return
    const mine = ++asked
    busy.value = true
    try {
      const answer = await api.get<T>(from)
      if (mine !== asked) return
      value.value = answer
      trouble.value = null
    } catch (reason) {
      if (mine !== asked) return
      if (reason instanceof Problem && reason.status === 401) return void signInAgain()
      trouble.value = troubleOf(reason)
    } finally {
      if (mine === asked) busy.value = false
    }
  }
  if (atOnce) onMounted(load)
  return { value, trouble, busy, load }
}

/** The list with the server's record in the place of the older one, or at the end when it is new. */
export function withRow<T extends { id: string }>(rows: readonly T[] | null, row: T): T[] {
  const all = rows ?? []
  return all.some((old) => old.id === row.id) ? all.map((old) => (old.id === row.id ? row : old)) : [...all, row]
}
