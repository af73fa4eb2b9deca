import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { nextTick } from 'vue'
import type { PriceSheet, SheetType, Shift } from '../../shared/types'
import { emptyCart } from '../cart'
import { cart, saleBegan } from '../selling'
import { sheet, shift } from '../till'
import { begun, forgetApproval, forgetGift, giftDue, giftNamed, giftPeople, giftWrong, keepTyped, named, nameGift, stillFor, takeApproval, takeGiftWrong } from './gift'

const type = (id: string, complimentary: boolean): SheetType => ({
  id, code: id, name: id, nameEn: id, tab: 'single', visitorType: 'adult', keySlot: null, proof: 'none', heightLimitCm: null, minPeople: 1, maxPeople: 1,
  fromTime: '08:00', toTime: '17:00', attention: '', unitFen: 0, perTicket: false, left: null, slots: null, complimentary,
})
const day = '2026-11-21'
const prices: PriceSheet = { version: 'v', day, dayKind: 'weekend', holidayName: null, onSale: true, byRules: false, types: [type('gift', true), type('paid', false)], words: { tabs: [], visitorTypes: [], proofs: [] } }
const put = (...lines: [string, number][]) => { cart.value = { ...emptyCart(day), lines: lines.map(([typeId, quantity]) => ({ typeId, quantity, people: 1 })) } }
const gift = { budgetId: 'b', reason: 'press', note: '市电视台' }
const manager = { login: 'manager', password: 'secret' }
const trouble = (errors: Record<string, string[]> = {}) => ({ text: 'no', action: '', errors })

beforeEach(() => { sheet.value = prices; put(['gift', 2]) })
afterEach(() => { shift.value = null; forgetGift(); sheet.value = null; put() })

describe('what is given in a sale', () => {
  it('is asked for once, and again when more is given', () => {
    expect([giftPeople.value, giftDue.value, giftNamed()]).toEqual([2, true, null])
    nameGift(gift, null)
    expect([giftDue.value, giftNamed()]).toEqual([false, gift])
    put(['gift', 2], ['paid', 1])
    expect(giftDue.value).toBe(false)
    put(['gift', 3])
    expect(giftDue.value).toBe(true)
  })

  it('is not asked for, and not sent, where nothing is complimentary', () => {
    put(['paid', 2])
    expect([giftDue.value, giftNamed(), takeApproval()]).toEqual([false, null, null])
  })

  it('is forgotten by the next cart', () => {
    nameGift(gift, manager)
    saleBegan.value++
    expect([named.value, giftDue.value, takeApproval()]).toEqual([null, true, null])
  })

  it('hands the approval over once, and never says it with the gift', () => {
    nameGift(gift, manager)
    expect(giftDue.value).toBe(false)
    expect(JSON.stringify([giftNamed(), named.value])).not.toContain('secret')
    expect(takeApproval()?.by).toEqual(manager)
    expect(takeApproval()).toBeNull()
    expect(giftDue.value).toBe(true)
  })

  it.each([['budget', { ...gift, budgetId: 'c' }], ['reason', { ...gift, reason: 'charity' }], ['note', { ...gift, note: '市外办' }]])('is approved for its own %s and no other', (_, other) => {
    nameGift(gift, manager)
    const approved = takeApproval()
    expect(stillFor(approved)).toBe(approved)
    nameGift(other, null)
    expect(stillFor(approved)).toBeNull()
    nameGift(gift, null)
    expect(stillFor(approved)).toBe(approved)
    expect(stillFor(null)).toBeNull()
  })

  it('is approved for so many and for that day', () => {
    nameGift(gift, manager)
    put(['gift', 3])
    expect(takeApproval()).toBeNull()
    nameGift(gift, manager)
    const approved = takeApproval()
    cart.value = { ...cart.value, visitDay: '2026-11-22' }
    expect(stillFor(approved)).toBeNull()
  })

  it('asks for the approval again when the clerk turned back', () => {
    nameGift(gift, manager)
    forgetApproval()
    expect([giftDue.value, named.value?.login]).toEqual([true, 'manager'])
  })
})

describe('what was typed and not named yet', () => {
  it('is there again for the same cart, but for the password', () => {
    expect(begun()).toEqual({ budgetId: '', reason: '', note: '', login: '', password: '' })
    keepTyped({ ...gift, ...manager })
    put(['gift', 3])
    expect(begun()).toEqual({ ...gift, login: '', password: '' })
    expect([giftDue.value, giftNamed()]).toEqual([true, null])
  })

  it('goes before what was named, until that is named', () => {
    nameGift(gift, manager)
    keepTyped({ ...gift, note: '市外办' })
    expect(begun()).toEqual({ ...gift, note: '市外办', login: 'manager', password: '' })
    expect(giftNamed()).toEqual(gift)
    nameGift({ ...gift, note: '文旅局' }, null)
    expect(begun()).toEqual({ ...gift, note: '文旅局', login: '', password: '' })
  })

  it('is forgotten by the next cart, when the sale is over, and in another shift', async () => {
    const forgets = [() => { saleBegan.value++ }, forgetGift, async () => { shift.value = {} as Shift; await nextTick() }]
    for (const forget of forgets) {
      keepTyped(gift)
      await forget()
      expect(begun().note).toBe('')
    }
  })
})

describe('a gift that was refused', () => {
  it('is asked for again until it is named anew', () => {
    nameGift(gift, null)
    for (const code of ['usedUp', 'budgetNotNow', 'approvalNeeded', 'supervisorWrong', 'tooManyTries', 'notFree']) {
      expect(takeGiftWrong(code, trouble())).toBe(true)
      expect(giftDue.value).toBe(true)
      nameGift(gift, null)
      expect(giftDue.value).toBe(false)
    }
    expect(takeGiftWrong('wrongFields', trouble({ 'complimentary.note': ['?'] }))).toBe(true)
  })

  it('is not taken for another refusal, nor for that of a sale that gives nothing', () => {
    expect(takeGiftWrong('supervisorWrong', trouble())).toBe(false)
    expect(takeGiftWrong('giftMissing', trouble())).toBe(true)
    nameGift(gift, null)
    for (const code of ['soldOut', 'quotaFull', 'priceChanged']) expect(takeGiftWrong(code, trouble())).toBe(false)
    expect(takeGiftWrong('wrongFields', trouble({ 'buyer.phone': ['?'] }))).toBe(false)
  })

  it('is said of its own cart only', () => {
    nameGift(gift, null)
    takeGiftWrong('usedUp', trouble())
    put(['gift', 1])
    expect([giftWrong.value, giftDue.value]).toEqual([null, true])
  })
})
