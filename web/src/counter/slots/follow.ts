import { shallowRef, watch } from 'vue'
import { t } from '../../shared/text'
import type { Trouble } from '../../shared/words'
import { cart, notice } from '../selling'
import { sheet } from '../till'
import { fitted } from './slots'

/** Why the server sent the clerk back to choose a slot; null when the clerk opened the choice. */
export const sentBack = shallowRef<Trouble | null>(null)

/* A slot ends, another day has others: the cart follows the sheet at once, and says where a visitor has to be told. */
watch(sheet, (now) => {
  if (now?.day !== cart.value.visitDay) return
  const next = fitted(cart.value, now)
  if (next.cart === cart.value) return
  cart.value = next.cart
  if (next.left) notice.value = t('counter.slot.moved', { from: next.left.from.slice(0, 5), to: next.left.to.slice(0, 5) })
}, { immediate: true, flush: 'sync' })
