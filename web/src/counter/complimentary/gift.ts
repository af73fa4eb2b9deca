import { computed, shallowRef, watch } from 'vue'
import type { GiftRequest } from '../../shared/types'
import type { Trouble } from '../../shared/words'
import type { Approval } from '../overbook/refused'
import { cart, saleBegan } from '../selling'
import { sheet, shift } from '../till'
import { layoutOf, peopleGiven } from './budgets'
import type { Filled } from './form'

/*
 * From which budget the complimentary tickets in the cart come, and why. Kept in memory only and for this cart only: the
 * note says to whom, and the next gift is somebody else's. The second person's password is kept until the sale is
 * sent or the clerk turns back, whichever is first.
 */
type Gift = Pick<Filled, 'budgetId' | 'reason' | 'note'>
export interface Named extends Gift { login: string; layout: string; approved: boolean }
/** Who approves, and in letters of what: an approval goes with the gift for which it was typed, and with no other. */
export interface GiftApproval { by: Approval; of: string }

/** What was named last for this cart; shown again where the clerk is asked again. */
export const named = shallowRef<Named | null>(null)
/** What is filled in and not named yet, as where the clerk turned back; of whoever approves there is nothing in it. */
const typed = shallowRef<Gift | null>(null)
const approval = shallowRef<GiftApproval | null>(null)
/** Why the server did not take it, and its own name of the reason. */
export const giftWrong = shallowRef<{ code: string; trouble: Trouble } | null>(null)

export const giftPeople = computed(() => peopleGiven(cart.value, sheet.value))
const layout = (): string => layoutOf(cart.value, sheet.value)

export function forgetGift(): void {
  named.value = typed.value = null
  approval.value = null
  giftWrong.value = null
}
watch(saleBegan, forgetGift, { flush: 'sync' })
watch(shift, forgetGift)
// What was refused for another cart is not said of this one; the clerk is asked again all the same.
watch(cart, () => {
  if (!giftWrong.value) return
  giftWrong.value = null
  if (named.value) named.value = { ...named.value, layout: '' }
}, { flush: 'sync' })

/** Whether the clerk is to be asked before the sale: nothing was named for what is given, or what was named was refused. */
export const giftDue = computed(() => giftPeople.value > 0
  && (giftWrong.value !== null || named.value?.layout !== layout() || (named.value.approved && !approval.value)))

/** What the form begins with: what was typed for this cart last. The password is typed anew. */
export function begun(): Filled {
  const { budgetId = '', reason = '', note = '' }: Partial<Gift> = typed.value ?? named.value ?? {}
  return { budgetId, reason, note, login: named.value?.login ?? '', password: '' }
}
export const keepTyped = ({ budgetId, reason, note }: Gift): void => { typed.value = { budgetId, reason, note } }

/** Takes what was filled in; the approval, where one was asked for, stands until the sale is sent. */
export function nameGift(gift: Gift, approvedBy: Approval | null): void {
  named.value = { ...gift, login: approvedBy?.login ?? '', layout: layout(), approved: approvedBy !== null }
  typed.value = null
  approval.value = approvedBy && { by: approvedBy, of: inLetters() }
  giftWrong.value = null
}

/** What the sale says of it, without the approval. */
export const giftNamed = (): GiftRequest | null =>
  (giftPeople.value > 0 && named.value ? { budgetId: named.value.budgetId, reason: named.value.reason, note: named.value.note } : null)

const inLetters = (): string => JSON.stringify([giftNamed(), layout()])
/** The approval where it was typed for what is given now; none where something else was named since. */
export const stillFor = (given: GiftApproval | null | undefined): GiftApproval | null => (given?.of === inLetters() ? given : null)

/** Hands the approval to the sale that is sent now; nothing of it stays here. */
export function takeApproval(): GiftApproval | null {
  const taken = giftPeople.value > 0 ? stillFor(approval.value) : null
  forgetApproval()
  return taken
}
/** The clerk turned back: who approved is asked again. */
export const forgetApproval = (): void => { approval.value = null }

const codes = /^(giftMissing|giftNotAsked|notFree|budgetUnknown|budgetNotNow|usedUp|approvalNeeded|supervisor\w+|tooManyTries)$/

/** Takes what the server found wrong about the gift; false when it was about something else. */
export function takeGiftWrong(code: string, trouble: Trouble): boolean {
  const about = named.value !== null || code === 'giftMissing'
  if (!about || !(codes.test(code) || Object.keys(trouble.errors).some((field) => field.startsWith('complimentary.')))) return false
  giftWrong.value = { code, trouble }
  return true
}
