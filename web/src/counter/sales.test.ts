import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { PriceSheet, Sale, Session, SheetType, Shift } from '../shared/types'
import { emptyCart } from './cart'
import { forgetApproval, giftDue, nameGift } from './complimentary/gift'
import { dialog, openPay, paysFor } from './dialogs'
import { oversell, sell } from './sales'
import { outcome, refusal, waiting } from './saleState'
import { cart } from './selling'
import { session, sheet, shift, today } from './till'

const day = '2026-11-21'
const type: SheetType = {
  id: 'gift', code: 'GIFT', name: '赠票', nameEn: '', tab: 'single', visitorType: 'adult', keySlot: null, proof: 'none', heightLimitCm: null, minPeople: 1, maxPeople: 1,
  fromTime: '08:00', toTime: '17:00', attention: '', unitFen: 0, perTicket: false, left: 1, slots: null, complimentary: true,
}
const prices: PriceSheet = { version: 'v', day, dayKind: 'weekend', holidayName: null, onSale: true, byRules: false, types: [type], words: { tabs: [], visitorTypes: [], proofs: [] } }
const payment = { method: 'cash' as const, amountFen: 0, tenderedFen: 0, reference: '' }
const gift = { budgetId: 'a', reason: 'press', note: '市电视台' }
const manager = { login: 'manager', password: 'secret' }
const supervisor = { login: 'chief', password: 'word' }

/** What was sent to be sold, and the refusals that it gets, in this order; the last one for all that follow. */
const sent: Sale[] = []
let refusals: string[] = []
function answer(path: string, { method, body }: { method: string; body?: string }): Response {
  if (method === 'GET') return Response.json(prices)
  sent.push(JSON.parse(body!) as Sale)
  const code = refusals.length > 1 ? refusals.shift() : refusals[0]
  return Response.json({ code, title: path, detail: code }, { status: 409 })
}
const settled = () => vi.waitFor(() => expect([waiting.value, refusal.value === null]).toEqual([null, false]))

beforeEach(() => {
  vi.stubGlobal('fetch', async (path: string, how: { method: string; body?: string }) => answer(path, how))
  vi.stubGlobal('localStorage', { getItem: () => null, setItem: () => {}, removeItem: () => {} })
  sent.length = 0
  refusal.value = dialog.value = paysFor.value = null
  session.value = { staff: { id: 'c', name: '王芳' } } as Session
  today.value = day
  shift.value = { id: 's' } as Shift
  sheet.value = prices
  cart.value = { ...emptyCart(day), lines: [{ typeId: 'gift', quantity: 2, people: 1 }] }
})
afterEach(() => vi.unstubAllGlobals())

describe('a refused gift that is overbooked', () => {
  beforeEach(async () => {
    refusals = ['soldOut', 'supervisorWrong']
    nameGift(gift, manager)
    sell([payment])
    await settled()
  })

  it('goes out again with the approval that was typed for it, as often as it is the same', async () => {
    for (const _ of [1, 2]) expect(await oversell(supervisor)).not.toBeNull()
    for (const { complimentary } of sent) expect(complimentary).toEqual({ ...gift, approval: manager })
    expect(sent.map(({ overbook }) => overbook)).toEqual([undefined, supervisor, supervisor])
  })

  it('goes without it where another gift was named since', async () => {
    const other = { ...gift, budgetId: 'b' }
    nameGift(other, null)
    await oversell(supervisor)
    expect(sent.at(-1)).toMatchObject({ overbook: supervisor, complimentary: other })
    expect(JSON.stringify(sent.at(-1))).not.toContain(manager.password)
    // Nor does it come back with the gift for which it was typed.
    nameGift(gift, null)
    await oversell(supervisor)
    expect(JSON.stringify(sent.at(-1))).not.toContain(manager.password)
  })

  it('goes without one that was typed for another gift and taken back', async () => {
    nameGift({ ...gift, note: '市外办' }, { login: 'other', password: 'else' })
    forgetApproval()
    await oversell(supervisor)
    expect(JSON.stringify(sent.at(-1))).not.toMatch(/secret|else/)
  })
})

describe('a gift that the server refuses', () => {
  it('opens the payment of this cart, whatever was paid before', async () => {
    refusals = ['usedUp']
    openPay({ id: 'o', number: '1', totalFen: 5000 })
    dialog.value = null
    nameGift(gift, null)
    sell([payment])
    await vi.waitFor(() => expect(dialog.value).toBe('pay'))
    expect([paysFor.value, giftDue.value]).toEqual([null, true])
  })
})

describe('a refusal', () => {
  it('stays one, however long the prices take that are asked for after it', async () => {
    refusals = ['soldOut']
    vi.useFakeTimers()
    try {
      vi.stubGlobal('fetch', async (path: string, how: { method: string; body?: string }) => {
        if (how.method === 'GET') await new Promise((done) => setTimeout(done, 3000))
        return answer(path, how)
      })
      sell([payment])
      await vi.advanceTimersByTimeAsync(2000)
      expect([outcome.value, waiting.value]).toEqual(['refused', null])
      await vi.advanceTimersByTimeAsync(8000)
      expect(outcome.value).toBe('refused')
    } finally {
      vi.useRealTimers()
    }
  })
})
