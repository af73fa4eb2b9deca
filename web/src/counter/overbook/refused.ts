import { computed } from 'vue'
import type { Cart } from '../cart'
import { refusal, waiting } from '../saleState'
import { cart } from '../selling'

/** Who approves that limits are passed. */
export interface Approval { login: string; password: string }

/** Refusals that a supervisor may pass. */
export const passable = ['soldOut', 'quotaFull']
const same = (a: Cart, b: Cart): boolean => JSON.stringify(a) === JSON.stringify(b)

/** True while the refused sale can be sent again as it was: it stands in the cart unchanged, or waits beside another. */
export const mayOverbook = computed(() => {
  const left = refusal.value
  if (!left?.sale.cart || waiting.value || !passable.includes(left.code)) return false
  return !!left.cart || same(cart.value, left.sale.cart)
})
