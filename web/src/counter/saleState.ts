import { ref, shallowRef } from 'vue'
import type { Order } from '../shared/types'
import type { Trouble } from '../shared/words'
import type { Cart } from './cart'
import type { WaitingSale } from './waiting'

/*
 * After pay there are three honest states: booked, unknown and refused. A sale is stored under its key before it is
 * sent; until its answer is known the same request goes out again and again, through reloads and outages.
 */
export type Outcome = 'none' | 'sending' | 'unknown' | 'booked' | 'refused'
export interface LastSale { id: string; number: string; state: Order['state']; totalFen: number; tenderedFen: number; changeFen: number; people: number; at: string
  /** Until when an unpaid one holds its places. */
  holdUntil?: string | null
  /** In whose name it is. */
  agency?: string | null
}

export const outcome = ref<Outcome>('none')
export const waiting = shallowRef<WaitingSale | null>(null)
export const mustSignIn = ref(false)
export const lastSale = shallowRef<LastSale | null>(null)
/** Why the last sale was refused; its cart where it could not be given back, since another one was begun. */
export const refusal = shallowRef<{ trouble: Trouble; code: string; sale: WaitingSale; cart: Cart | null } | null>(null)
export const priceChange = shallowRef<{ oldFen: number; newFen: number } | null>(null)
/** Names of other clerks whose sale still waits in this browser. */
export const othersWaiting = ref<string[]>([])
