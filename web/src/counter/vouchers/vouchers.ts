import { computed } from 'vue'
import { api, Problem } from '../../shared/api'
import { addTexts, named, t } from '../../shared/text'
import type { VoucherSeen } from '../../shared/types'
import { typeOf } from '../cart'
import { add, cart } from '../selling'
import { sheet } from '../till'
import texts from './texts'

addTexts(texts)

/** A voucher in the cart; what it takes off is said by the server alone. */
export interface CartVoucher { code: string; number: string; name: string; nameEn: string; coupon: boolean; typeIds: string[]; units: number }
export const mostVouchers = 20

/** What is stored with the cart may be of another program's making. */
export const vouchers = computed<CartVoucher[]>(() => (Array.isArray(cart.value.vouchers) ? cart.value.vouchers.filter((one) => typeof one?.code === 'string') : []))

/** Whether a scanned text says of itself that it is a voucher's. */
export const marked = (text: string): boolean => /^voucher-/i.test(text)
/** What may be the code of a voucher; a ticket's own code is longer and has other signs. */
export const mayBeCode = (text: string): boolean => /^[\dA-Za-z][\dA-Za-z -]{2,30}$/.test(text.trim())

function put(list: CartVoucher[]): void {
  const { vouchers: _, ...rest } = cart.value
  cart.value = list.length ? { ...rest, vouchers: list } : rest
}
export const removeVoucher = (code: string): void => put(vouchers.value.filter((one) => one.code !== code))

/** Why it cannot go into the cart beside what is there; empty where it can. */
export function refusedBeside(list: CartVoucher[], next: CartVoucher): string {
  const coupon = list.find((one) => one.coupon)
  if (list.some((one) => one.code === next.code)) return t('vouchers.twice', { number: next.number })
  if (list.length >= mostVouchers) return t('vouchers.tooMany', { most: mostVouchers })
  return next.coupon && coupon ? t('vouchers.secondCoupon', { name: named(coupon.name, coupon.nameEn) }) : ''
}

const unitsOf = (types: string[]): number => cart.value.lines.filter((line) => types.includes(line.typeId))
  .reduce((sum, line) => sum + line.quantity * (typeOf(sheet.value, line.typeId)?.perTicket ? 1 : line.people), 0)

/** An exchange voucher for one brings its ticket along where the cart has none left for it. */
function addTicketOf(next: CartVoucher): void {
  const type = next.coupon || next.units !== 1 ? undefined : next.typeIds.find((id) => typeOf(sheet.value, id))
  const wanted = vouchers.value.filter((one) => !one.coupon && one.typeIds.some((id) => next.typeIds.includes(id))).length
  if (type && unitsOf(next.typeIds) < wanted) add(type)
}

/** Looks a code up and takes it into the cart. Null where it is no voucher's; else what is to be said, empty where it was taken. */
export async function useVoucher(typed: string): Promise<{ trouble: string; name: string } | null> {
  let seen: VoucherSeen
  try {
    seen = await api.get<VoucherSeen>(`/api/vouchers/look?code=${encodeURIComponent(typed.trim())}`)
  } catch (reason) {
    if (reason instanceof Problem && reason.status === 404) return null
    throw reason
  }
  const { code, number, name, nameEn, terms } = seen
  const next: CartVoucher = { code, number, name, nameEn, coupon: terms.effect !== 'costs', typeIds: terms.typeIds, units: terms.units }
  const trouble = seen.refusal === 'none' ? refusedBeside(vouchers.value, next) : seen.text
  if (!trouble) {
    put([...vouchers.value, next])
    addTicketOf(next)
  }
  return { trouble, name: named(name, nameEn) }
}
