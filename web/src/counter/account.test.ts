import { expect, it } from 'vitest'
import type { PaymentMethod } from '../shared/types'
import { paymentsOf } from './account'

const by = (method: PaymentMethod, fen: number) => ({ method, amountFen: fen, tenderedFen: fen, reference: '' })

it.each([
  ['nothing ahead', 0, 0, 500, [by('cash', 500)]],
  ['all of it ahead', 0, 500, 0, [by('prepayment', 500)]],
  ['a part ahead', 0, 300, 200, [by('prepayment', 300), by('cash', 200)]],
  ['all of it sent', 500, 0, 0, [by('bankTransfer', 500)]],
  ['a part sent', 300, 0, 200, [by('bankTransfer', 300), by('cash', 200)]],
  ['sent, ahead and the rest', 100, 300, 200, [by('bankTransfer', 100), by('prepayment', 300), by('cash', 200)]],
  ['a free sale', 0, 0, 0, [by('cash', 0)]],
])('%s', (_, bank, prepaid, rest, payments) => expect(paymentsOf(bank, prepaid, by('cash', rest))).toEqual(payments))
