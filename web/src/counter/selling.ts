import { computed, ref, shallowRef, watch } from 'vue'
import { t } from '../shared/text'
import { addDays } from '../shared/time'
import type { Buyer, Quote } from '../shared/types'
import { addType, cartFrom, emptyCart, mostTickets, removeLine, setLine, totalFen, typeOf, type Cart, type CartAnswer } from './cart'
import { digit, noEntry, times, type Entry } from './entry'
import { loadSheet, sheet, shift, today } from './till'

/* The sale that is being put together: cart, chosen line, number typed, visit day. */
export const cart = shallowRef<Cart>(emptyCart(''))
export const chosen = ref(0)
/** The code of the tab that is wanted; the first one where there is none of it. */
export const tab = ref('')
/** The type whose details are shown. */
export const shownType = ref('')
export const entry = shallowRef<Entry<Cart>>(noEntry())
export const notice = ref('')
/** Kept in memory only: names and numbers of people do not stay in the browser. */
export const buyer = shallowRef<Buyer | null>(null)
/** Where the visitors come from, by the dictionary's code. */
export const origin = ref<string | null>(null)
export const sheetTrouble = ref(false)
/** Raised whenever something new is put into an empty cart: the last sale's change may step back. */
export const saleBegan = ref(0)

/** What the server says a cart comes to, where price rules hold. */
export const quote = shallowRef<{ cart: Cart; answer: Quote } | null>(null)
/** The same for this very cart; null while it is on its way. */
export const quoted = computed(() => (quote.value?.cart === cart.value ? quote.value.answer : null))
export const total = computed(() => quoted.value?.totalFen ?? totalFen(cart.value, sheet.value))
/** How many days ahead the park sells; so many until that is known. */
export const daysAhead = ref(30)
export const latestDay = computed(() => addDays(today.value, daysAhead.value))
const storeKey = () => `shanmen.cart.${shift.value?.id ?? ''}`

export function startSelling(): void {
  const stored = cartFrom(localStorage.getItem(storeKey()))
  cart.value = stored && stored.visitDay >= today.value ? stored : { ...(stored ?? emptyCart('')), visitDay: today.value }
  void refreshSheet()
}
watch(cart, (now) => {
  if (shift.value) localStorage.setItem(storeKey(), JSON.stringify(now))
}, { flush: 'sync' })

/** Loads the prices again; without an answer the old ones stay and the server has the last word on them. */
export async function refreshSheet(): Promise<void> {
  if (cart.value.visitDay < today.value) cart.value = { ...cart.value, visitDay: today.value }
  try {
    await loadSheet(cart.value.visitDay)
    sheetTrouble.value = false
    if (!shownType.value) shownType.value = sheet.value?.types[0]?.id ?? ''
  } catch {
    sheetTrouble.value = true
  }
}

export function chooseDay(day: string): void {
  if (day < today.value || day > latestDay.value) return
  cart.value = { ...cart.value, visitDay: day }
  void refreshSheet()
}

function take(answer: CartAnswer): void {
  if ('refusal' in answer) {
    notice.value = t(`counter.refusal.${answer.refusal}`, { limit: answer.limit })
    return
  }
  if (!cart.value.lines.length) saleBegan.value++
  notice.value = ''
  cart.value = answer.cart
  chosen.value = answer.chosen
}

export function add(typeId: string, count: number | null = null): void {
  const type = typeOf(sheet.value, typeId)
  if (!type) return
  shownType.value = type.id
  tab.value = type.tab
  take(addType(cart.value, type, count, chosen.value))
}

/** Puts a type into the cart by its button: the number in the quantity field counts. */
export function press(typeId: string): void {
  const count = entry.value.count
  entry.value = noEntry()
  add(typeId, count)
}

export function typeDigit(key: string, at: number): void {
  const next = digit(entry.value, key, at, cart.value)
  entry.value = next.entry
  const type = sheet.value?.types.find((found) => found.keySlot === next.slot)
  if (type) add(type.id, next.count)
  else if (next.count !== null) notice.value = t('counter.noType', { key })
}

export function typeTimes(at: number): void {
  const found = times(entry.value, at, mostTickets)
  if (!found) {
    notice.value = t('counter.timesNeedsNumber', { most: mostTickets })
    return
  }
  cart.value = found.state
  entry.value = found.entry
  chosen.value = Math.min(chosen.value, Math.max(0, cart.value.lines.length - 1))
  notice.value = ''
}

export const forgetNumber = () => { if (entry.value.digits || entry.value.count !== null) entry.value = noEntry() }
/** The quantity field: the count for the next type. */
export const setCount = (count: number) => {
  entry.value = { ...noEntry<Cart>(), count: count > 1 && count <= mostTickets ? Math.floor(count) : null }
}

export function changeLine(at: number, quantity: number, people: number): void {
  const line = cart.value.lines[at]
  const type = line && typeOf(sheet.value, line.typeId)
  if (type) take(setLine(cart.value, at, type, quantity, people))
}

/** One more or one fewer of the chosen line: people on a group ticket, tickets otherwise. */
export function step(by: 1 | -1): void {
  const line = cart.value.lines[chosen.value]
  const type = line && typeOf(sheet.value, line.typeId)
  if (!line || !type) return
  if (type.maxPeople > type.minPeople && line.quantity === 1) changeLine(chosen.value, 1, line.people + by)
  else changeLine(chosen.value, line.quantity + by, line.people)
}

export function dropLine(at = chosen.value): void {
  cart.value = removeLine(cart.value, at)
  chosen.value = Math.max(0, Math.min(at, cart.value.lines.length - 1))
  notice.value = ''
}

export function moveChoice(by: 1 | -1): void {
  chosen.value = Math.max(0, Math.min(chosen.value + by, cart.value.lines.length - 1))
  const line = cart.value.lines[chosen.value]
  if (line) shownType.value = line.typeId
}

export const toggleOneTicket = () => { cart.value = { ...cart.value, onOneTicket: !cart.value.onOneTicket } }

/** Takes the cart away for a sale, leaving an empty one for the next customer. */
export function handOffCart(): Cart {
  const sold = cart.value
  cart.value = emptyCart(today.value)
  chosen.value = 0
  entry.value = noEntry()
  tab.value = ''
  if (sold.visitDay !== today.value) void refreshSheet()
  return sold
}

/** Gives a refused cart back, if the clerk has not begun another one. */
export function giveBack(sold: Cart): boolean {
  if (cart.value.lines.length) return false
  cart.value = sold
  void refreshSheet()
  return true
}
