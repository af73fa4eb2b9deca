import { beforeAll, describe, expect, it } from 'vitest'
import { addTexts } from '../../shared/text'
import type { BankTransferOf } from '../../shared/types'
import texts from '../texts'
import { ready, saysOf, type TransferForm } from './bank'

const order: BankTransferOf = { orderId: '', number: '20261124100000001', state: 'ordered', visitDay: '2026-11-30', people: 2, totalFen: 100_00, refundedFen: 0, holdUntil: null, kept: false, agency: null, leftFen: 40_00 }
const form = (fen: number | null, kind: TransferForm['kind'] = 'received'): TransferForm => ({ kind, fen, reference: 'B1', note: '' })
beforeAll(() => addTexts(texts))

describe('what a booking will do', () => {
  it.each<[string, TransferForm, Partial<BankTransferOf>, RegExp]>([
    ['nothing typed', form(null), {}, /填金额/],
    ['a part', form(30_00), {}, /共 ¥70\.00，还差 ¥30\.00/],
    ['enough', form(60_00), {}, /够付全单。/],
    ['enough for a kept order', form(60_00), { kept: true }, /留票延长/],
    ['an order that is over', form(60_00), { state: 'expired' }, /已过期.*¥100\.00 等候汇还/],
    ['sent back', form(40_00, 'sentBack'), {}, /还剩 ¥0\.00/],
    ['more than is left', form(40_01, 'sentBack'), {}, /只剩 ¥40\.00/],
  ])('%s', (_, asked, now, says) => expect(saysOf(asked, { ...order, ...now })).toMatch(says))

  it('is not ready without an amount and the number of the bank', () => {
    expect([form(1), form(0), form(null), { ...form(1), reference: ' ' }].map(ready)).toEqual([true, false, false, false])
  })
})
