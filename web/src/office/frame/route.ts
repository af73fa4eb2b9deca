// The office's own address after the hash: #/types, #/calendar/<id>, #/days/2026-10-01/sheet.
import { readonly, ref } from 'vue'
import { mayLeave } from './leaving'

export interface Place { section: string; rest: string[] }

export function placeOf(hash: string): Place {
  const [section = '', ...rest] = hash.replace(/^#\/?/, '').split('/').filter(Boolean).map(decodeURIComponent)
  return { section, rest }
}

export const hrefOf = (section: string, ...rest: string[]): string => `#/${[section, ...rest].map(encodeURIComponent).join('/')}`

const shown = ref(placeOf(location.hash))
let shownHash = location.hash
export const place = readonly(shown)

export function go(section: string, ...rest: string[]): void {
  location.hash = hrefOf(section, ...rest)
}

/** Changes the address of what is already shown, without a step in the browser's history. */
export function rename(section: string, ...rest: string[]): void {
  history.replaceState(null, '', hrefOf(section, ...rest))
  shownHash = location.hash
  shown.value = placeOf(shownHash)
}

addEventListener('hashchange', () => {
  const asked = location.hash
  if (asked === shownHash) return
  void mayLeave().then((leaves) => {
    if (!leaves) return history.replaceState(null, '', shownHash || '#/')
    shownHash = asked
    shown.value = placeOf(asked)
  })
})
