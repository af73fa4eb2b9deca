import { ref, shallowRef } from 'vue'

export type DialogName = 'pay' | 'orders' | 'order' | 'buyer' | 'handOver' | 'slots' | 'overbook' | 'vouchers' | 'visitors' | 'complimentary'
export type OrderTask = 'look' | 'reprint' | 'return' | 'rebook'

/** The dialog that is open above the sell screen. */
export const dialog = ref<DialogName | null>(null)
/** What the pay dialog is about: an order placed before, or the cart when null. */
export const paysFor = shallowRef<{ id: string; number: string; totalFen: number; agency?: string | null } | null>(null)
/** What the order dialog is about. */
export const orderTask = shallowRef<{ id: string; task: OrderTask } | null>(null)
/** What the list of orders begins with in its search box. */
export const searchFor = ref('')

export function openOrder(id: string, task: OrderTask = 'look'): void {
  orderTask.value = { id, task }
  dialog.value = 'order'
}
export function openOrders(search = ''): void {
  searchFor.value = search
  dialog.value = 'orders'
}
export function openPay(order: typeof paysFor.value = null): void {
  paysFor.value = order
  dialog.value = 'pay'
}
