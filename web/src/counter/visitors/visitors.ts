import { computed, ref, watch } from 'vue'
import type { PersonTerms, SaleLine, Visitor } from '../../shared/types'
import { typeOf } from '../cart'
import { cart, saleBegan } from '../selling'
import { sheet } from '../till'

/*
 * Who the tickets in the cart are for, where their types ask. Kept in memory only, by the type and in the order of its
 * lines, so that a ticket more or fewer leaves the others named. The next customer begins with nobody.
 */
export type Named = Required<Pick<Visitor, 'name' | 'idNumber'>> & { heightCm: number | null; proofs: string[] }
export interface Asked { typeId: string; line: number; place: number; of: Named; terms: PersonTerms; wrong: Record<string, string> }

const byType = ref<Record<string, Named[]>>({})
/** What the server found wrong, by its own name of the field. */
const wrong = ref<Record<string, string>>({})
const nobody = (): Named => ({ name: '', idNumber: '', heightCm: null, proofs: [] })
const termsOf = (typeId: string): PersonTerms | null => typeOf(sheet.value, typeId)?.person ?? null

export function forgetVisitors(): void {
  byType.value = {}
  wrong.value = {}
  makeRoom()
}

/** One order names so many and no more, whatever its lines ask for; the server says so. */
const most = 500
const placesOf = (line: SaleLine, terms: PersonTerms): number => Math.min(most, line.quantity * (terms.scope === 'onePerTicket' ? 1 : line.people))

/** A place for everybody whom the cart's types ask for; who was named stays, also beyond them. */
function makeRoom(): void {
  const needed: Record<string, number> = {}
  for (const line of cart.value.lines) {
    const terms = termsOf(line.typeId)
    if (terms) needed[line.typeId] = (needed[line.typeId] ?? 0) + placesOf(line, terms)
  }
  for (const [typeId, places] of Object.entries(needed)) {
    const all = (byType.value[typeId] ??= [])
    while (all.length < Math.min(most, places)) all.push(nobody())
  }
}
watch(saleBegan, forgetVisitors, { flush: 'sync' })
watch(cart, () => {
  wrong.value = {}
  makeRoom()
}, { flush: 'sync', immediate: true })
watch(sheet, makeRoom, { flush: 'sync' })

/** Everybody whom the cart's types ask for. */
export const asked = computed((): Asked[] => {
  const taken: Record<string, number> = {}
  return cart.value.lines.flatMap((line, at) => {
    const terms = termsOf(line.typeId)
    if (!terms) return []
    const nth = taken[line.typeId] ?? 0
    const places = placesOf(line, terms)
    taken[line.typeId] = nth + places
    return (byType.value[line.typeId] ?? []).slice(nth, nth + places).map((of, place) => {
      const field = `lines[${at}].visitors[${place}]`
      const found = Object.entries(wrong.value).filter(([name]) => name === field || name.startsWith(`${field}.`)).map(([name, words]) => [name.slice(field.length + 1), words] as const)
      return { typeId: line.typeId, line: at, place, of, terms, wrong: Object.fromEntries(found) }
    })
  })
})

export const asksNumber = (terms: PersonTerms): boolean => terms.asks !== 'nothing' || terms.ways.some((way) => way.ageMin != null || way.ageMax != null || way.residence != null)
export const asksHeight = (terms: PersonTerms): boolean => terms.ways.some((way) => way.heightCmMax != null)
export const proofsOf = (terms: PersonTerms): string[] => [...new Set(terms.ways.flatMap((way) => way.proof ?? []))]

const lacks = ({ of, terms }: Asked): boolean => (terms.asks === 'nameAndNumber' && !of.name.trim()) || (terms.asks !== 'nothing' && !of.idNumber.trim())
  || (terms.asks === 'nothing' && !of.idNumber.trim() && of.heightCm === null && !of.proofs.length)

/** For which lines the names were last said to be right: of other lines they may be other people's. */
const confirmed = ref('')
const layout = (): string => JSON.stringify(cart.value.lines.map((line) => [line.typeId, line.quantity, line.people, line.slot ?? null]))
export const confirmNames = (): void => { confirmed.value = layout() }

/** Whether somebody is not named yet, or was named wrongly. */
export const namesLack = computed(() => Object.keys(wrong.value).length > 0 || asked.value.some(lacks))
/** Whether the clerk is to be asked for names before the sale. */
export const namesDue = computed(() => namesLack.value || (asked.value.length > 0 && confirmed.value !== layout()))

/** The lines with their visitors, as the sale sends them. */
export function linesNamed(): SaleLine[] {
  const [lines, all] = [cart.value.lines, asked.value]
  return all.length ? lines.map((line, at) => (termsOf(line.typeId) ? { ...line, visitors: all.filter((one) => one.line === at).map(({ of }) => trimmed(of)) } : line)) : lines
}
const trimmed = (of: Named): Visitor => ({ ...of, name: of.name.trim(), idNumber: of.idNumber.trim().toUpperCase() })

/** Takes what the server found wrong about visitors; false when it was about something else. */
export function takeWrong(errors: Record<string, string[]>): boolean {
  const found = Object.entries(errors).filter(([name]) => /^lines\[\d+\]\.visitors/.test(name))
  wrong.value = Object.fromEntries(found.map(([name, words]) => [name, words.join(' ')]))
  return found.length > 0
}
export const forgetWrong = (): void => { wrong.value = {} }
