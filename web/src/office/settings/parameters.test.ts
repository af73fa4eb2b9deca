import { describe, expect, it } from 'vitest'
import { addTexts } from '../../shared/text'
import type { Parameters, SettingChange } from '../../shared/types'
import texts from '../texts'
import { saysOf } from './history'
import { limitsText, parameterErrors, wholeOf } from './parameters'

addTexts(texts)
const parameters: Parameters = {
  edit: 0, values: { holdMinutes: 15, daysAhead: 366, ticketsMax: 500, countToleranceFen: 0, secondPerson: 0, returnAloneFen: 0, rebookTimes: 0, vouchersAlone: 0, exchangeFeeFen: 0 },
  limits: [
    { name: 'holdMinutes', unit: 'minutes', ordinary: 15, min: 5, max: 120 }, { name: 'daysAhead', unit: 'days', ordinary: 366, min: 0, max: 366 },
    { name: 'ticketsMax', unit: 'tickets', ordinary: 500, min: 1, max: 500 }, { name: 'countToleranceFen', unit: 'fen', ordinary: 0, min: 0, max: 5000 },
    { name: 'secondPerson', unit: 'yesNo', ordinary: 0, min: 0, max: 1 }, { name: 'returnAloneFen', unit: 'fen', ordinary: 0, min: 0, max: 100_000 },
    { name: 'rebookTimes', unit: 'times', ordinary: 0, min: 0, max: 9 },
    { name: 'vouchersAlone', unit: 'times', ordinary: 0, min: 0, max: 10_000 }, { name: 'exchangeFeeFen', unit: 'fen', ordinary: 0, min: 0, max: 10_000 },
  ],
}
const change: SettingChange = { at: '2026-10-01T00:00:00.000Z', who: '李', dictionary: null, parameters: null }

describe('parameters', () => {
  it('say their limits, amounts in yuan', () => {
    expect(limitsText(parameters.limits[0]!)).toBe('5–120分钟，默认 15分钟')
    expect(limitsText(parameters.limits[3]!)).toBe('0–50元，默认 0元')
  })

  it('are held to their limits before they are sent', () => {
    expect(parameterErrors(parameters)).toEqual({})
    expect(Object.keys(parameterErrors({ ...parameters, values: { holdMinutes: 4, daysAhead: 367, ticketsMax: 1.5, countToleranceFen: 5001, secondPerson: 2, returnAloneFen: 100_001, rebookTimes: 10, vouchersAlone: 10_001, exchangeFeeFen: 10_001 } }))).toHaveLength(9)
  })

  it('are whole also where the server leaves out what is as ever', () => {
    const { secondPerson: _, returnAloneFen: __, rebookTimes: ___, vouchersAlone: ____, exchangeFeeFen: _____, ...values } = parameters.values
    const sparse = { ...parameters, values: values as Parameters['values'] }
    expect(wholeOf(sparse)).toEqual(parameters)
    expect(saysOf({ ...change, parameters: { edit: 2, now: { ...values, secondPerson: 1 } as Parameters['values'], before: values as Parameters['values'] } })).toEqual(['改票种、价格要两人: 否 → 是'])
    expect(saysOf({ ...change, parameters: { edit: 3, now: values as Parameters['values'], before: { ...values, secondPerson: 1 } as Parameters['values'] } })).toEqual(['改票种、价格要两人: 是 → 否'])
  })

  it('and words tell what was changed', () => {
    expect(saysOf({ ...change, parameters: { edit: 2, now: { ...parameters.values, holdMinutes: 30, countToleranceFen: 100 }, before: parameters.values } }))
      .toEqual(['未付款订单保留名额: 15 → 30', expect.stringMatching(/^交班差异不用写原因的上限: .*0.* → .*1.*$/)])
    const adult = { code: 'adult', name: '成人', nameEn: 'Adult', active: true }
    expect(saysOf({ ...change, dictionary: { kind: 'visitorType', edit: 1, entries: [], changes: [{ code: 'adult', before: adult, now: { ...adult, active: false } }, { code: 'vip', before: null, now: { code: 'vip', name: '贵宾', nameEn: '', active: true } }] } }))
      .toEqual(['adult: 成人 / Adult → 成人 / Adult (停用)', 'vip: 新增 → 贵宾'])
    expect(saysOf({ ...change, dictionary: { kind: 'visitorType', edit: 1, entries: [], changes: [{ code: 'adult', before: adult, now: null }] } })).toEqual(['调整了顺序'])
  })
})
