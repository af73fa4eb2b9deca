import { describe, expect, it } from 'vitest'
import { addTexts } from '../../shared/text'
import type { AgencyAccount } from '../../shared/types'
import texts from '../texts'
import { accountErrors, bodyOf, draftOf, ready, saysOf, type MoneyForm } from './account'

addTexts(texts)
const account: AgencyAccount = { agency: 'hill', active: true, edit: 1, creditLineFen: 500_00, note: '', prepaidFen: 200_00, signedFen: 300_00, leftFen: 200_00 }
const form = (kind: MoneyForm['kind'], fen: number | null, reference = 'B1'): MoneyForm => ({ kind, fen, reference, note: '' })

describe('the account of an agency', () => {
  it('opens with the first save, unless somebody says otherwise', () => {
    expect(draftOf({ ...account, active: false, edit: 0 }, '云岭').active).toBe(true)
    expect(draftOf({ ...account, active: false }, '云岭').active).toBe(false)
    expect(bodyOf({ ...draftOf(account, '云岭'), note: ' 合同 ' })).toEqual({ agency: 'hill', edit: 1, active: true, creditLineFen: 500_00, note: '合同' })
    expect(Object.keys(accountErrors({ ...draftOf(account, ''), creditLineFen: null }))).toEqual(['creditLineFen'])
  })

  it('says what a booking leaves, and asks for what is missing', () => {
    expect([ready(form('prepay', null)), ready(form('prepay', 0)), ready(form('prepay', 1, ' ')), ready(form('prepay', 1))]).toEqual([false, false, false, true])
    expect(saysOf(form('prepay', 50_00), account, '云岭')).toContain('250.00')
    expect(saysOf(form('payOut', 50_00), account, '云岭')).toContain('150.00')
    expect(saysOf(form('payOut', 200_01), account, '云岭')).toContain('200.00')
    expect(saysOf(form('billPaid', 350_00), account, '云岭')).toContain('50.00')
    expect(saysOf(form('billPaid', null), account, '云岭')).not.toContain('¥')
  })
})
