import { expect, it } from 'vitest'
import { paymentsOf } from './account'

const cash = (fen: number) => ({ method: 'cash' as const, amountFen: fen, tenderedFen: fen, reference: '' })
const ahead = (fen: number) => ({ method: 'prepayment' as const, amountFen: fen, tenderedFen: fen, reference: '' })

it.each([
  ['nothing ahead', 0, 500, [cash(500)]], ['all of it', 500, 0, [ahead(500)]], ['a part', 300, 200, [ahead(300), cash(200)]], ['a free sale', 0, 0, [cash(0)]],
])('%s', (_, prepaid, rest, payments) => expect(paymentsOf(prepaid, cash(rest))).toEqual(payments))
