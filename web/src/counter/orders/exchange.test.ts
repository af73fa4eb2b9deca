import { expect, it } from 'vitest'
import { paymentsFor } from './due'
import { feeOf, needsSupervisor } from './exchange'

it('asks for each ticket once, and for nothing where the fee is let go', () => {
  expect(feeOf(3, 500, { cause: 'damaged', waived: false })).toBe(1500)
  expect(feeOf(3, 500, { cause: 'lost', waived: true })).toBe(0)
})

it('takes a supervisor for what is lost or let go, and for nothing else', () => {
  expect([['damaged', false], ['lost', false], ['damaged', true]].map(([cause, waived]) => needsSupervisor({ cause: cause as 'lost', waived: waived as boolean }))).toEqual([false, true, true])
})

it('sends no payment for nothing, and the exact sum where nobody says what was handed over', () => {
  expect(paymentsFor({ method: 'cash', tendered: '' }, 0)).toEqual([])
  expect(paymentsFor({ method: 'cash', tendered: '' }, 500)).toEqual([{ method: 'cash', amountFen: 500, tenderedFen: 500, reference: '' }])
  expect(paymentsFor({ method: 'cash', tendered: '20' }, 500)[0]!.tenderedFen).toBe(2000)
  expect(paymentsFor({ method: 'card', tendered: '20' }, 500)[0]!.tenderedFen).toBe(500)
})
