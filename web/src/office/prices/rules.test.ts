import { describe, expect, it } from 'vitest'
import { addTexts } from '../../shared/text'
import { freshType } from '../catalog/type'
import texts from '../texts'
import { always, copyOf, freshRule, freshSet, ruleErrors, setErrors, setStage, stages, tidy } from './rules'
import { familyOf, trialFault, trialPath } from './trial'

addTexts(texts)

describe('a price rule before it goes into the draft', () => {
  it('needs a name and an amount', () => {
    for (const stage of stages) expect(Object.keys(ruleErrors(freshRule(stage))), stage).toEqual(stage === 'day' || stage === 'terms' || stage === 'early' ? ['name', 'amount'] : ['name'])
    expect(ruleErrors({ ...freshRule('day'), name: '平日价', amount: 0 })).toEqual({})
  })

  it('keeps only what its stage knows', () => {
    const rule = { ...freshRule('quantity'), effect: 'manyForFewer' as const, amount: 16, paid: 15, from: 0 }
    setStage(rule, 'early')
    expect(rule).toMatchObject({ effect: 'less', amount: null, paid: 0, from: 7 })
    setStage(rule, 'day')
    expect(rule).toMatchObject({ effect: 'costs', from: 0 })
  })

  it('refuses n for n, a threshold of nothing, half of the hours and a season that ends before it begins', () => {
    const many = { ...freshRule('quantity'), name: 'n', effect: 'manyForFewer' as const, amount: 15, paid: 15, from: 0 }
    expect(ruleErrors(many)).toHaveProperty('amount')
    expect(ruleErrors({ ...many, amount: 16 })).toEqual({})
    expect(ruleErrors({ ...freshRule('early'), name: 'n', amount: 5, from: 0 })).toHaveProperty('from')
    const when = { ...always(), first: '2026-08-31', last: '2026-07-01', fromTime: '17:00' }
    expect(Object.keys(ruleErrors({ ...freshRule('day'), name: 'n', amount: 1, when })).sort()).toEqual(['hours', 'season'])
  })

  it('sends conditions that ask nothing as none', () => {
    const when = { days: [], first: '', last: '', kinds: ['holiday', 'weekend'] as ('holiday' | 'weekend')[], weekdays: [7, 1, 2, 3, 4, 5, 6], fromTime: '', toTime: '' }
    const rule = tidy({ ...freshRule('day'), name: ' 平日价 ', when, who: { channel: ' ', agency: null, level: 'gold ' } })
    expect(rule).toMatchObject({ name: '平日价', when: { ...always(), kinds: ['weekend', 'holiday'] }, who: { channel: null, level: 'gold' } })
  })

  it('copies under another id and leaves the first alone', () => {
    const rule = { ...freshRule('day'), name: '平日价', types: ['a'] }
    const copy = copyOf(rule)
    copy.types.push('b')
    expect(copy.id).not.toBe(rule.id)
    expect([copy.name, rule.types]).toEqual(['平日价（复制）', ['a']])
  })
})

describe('a set before it goes into the draft', () => {
  it('needs a type in each part and none twice', () => {
    const set = { ...freshSet([]), name: '一家三口', amount: 18000 }
    expect(setErrors(set)['parts']).toBe('每一份都要选票种')
    expect(setErrors({ ...set, parts: [{ types: ['a'], units: 2 }, { types: ['a'], units: 1 }] })['parts']).toBe('一个票种只能在一份里')
    expect(setErrors({ ...set, parts: [{ types: ['a'], units: 2 }, { types: ['c'], units: 1 }] })).toEqual({})
  })

  it('takes a priority that no other set has', () => {
    const first = freshSet([])
    expect(freshSet([first]).priority).not.toBe(first.priority)
  })
})

describe('a trial', () => {
  const adult = { ...freshType('a', []), visitorType: 'adult' as const }
  const child = { ...freshType('c', []), visitorType: 'child' as const }
  const trial = { day: '2026-10-03', lines: familyOf([adult, child]), at: null, channel: ' ', level: '', agency: '' }

  it('asks for a family of four', () => {
    expect(trialPath(trial)).toBe('/api/quote?day=2026-10-03&lines=a%3A2%3A1%2Cc%3A2%3A1')
    expect(trialPath({ ...trial, at: '2026-09-30T16:00:00.000Z', channel: 'web', level: 'gold' })).toContain('&at=2026-09-30T16%3A00%3A00.000Z&channel=web&level=gold')
  })

  it('takes the first type where there is no family, and says what is missing', () => {
    expect(familyOf([{ ...adult, active: false }, child])).toEqual([{ typeId: 'c', quantity: 1, people: 1 }])
    expect(trialFault(trial)).toBe('')
    expect(trialFault({ ...trial, day: '' })).toBe('请选择游览日。')
    expect(trialFault({ ...trial, lines: [] })).not.toBe('')
  })
})
