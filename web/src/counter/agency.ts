import { computed } from 'vue'
import { buyer, cart } from './selling'

/** Whether the sale is in an agency's name and its guide is not written down yet. */
export const guideDue = computed(() => !!cart.value.agency && !buyer.value?.name)
