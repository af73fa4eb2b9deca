import { describe, expect, it } from 'vitest'
import { addTexts } from '../../shared/text'
import type { PriceVersion, PriceVersionLine, TicketType } from '../../shared/types'
import { useParkZone } from '../../shared/time'
import { freshType } from '../catalog/type'
import texts from '../texts'
import { draftErrors, draftOf, faultsOf, instantOf, nextNumber, rulesAfter, rulesOfToday, stateOf, unpriced, without } from './draft'

addTexts(texts)

const adult: TicketType = { ...freshType('a', ['s']), name: '成人票', weekdayFen: 8000, holidayFen: 12000 }
const child: TicketType = { ...freshType('c', ['s']), name: '儿童票', weekdayFen: 4000, holidayFen: 4000 }
const gone: TicketType = { ...freshType('g', ['s']), active: false }
const line = (number: number, from: string, marks: Partial<PriceVersionLine> = {}): PriceVersionLine => ({ id: `v${number}`, number, from, withdrawn: false, holds: false, ...marks })

describe('a draft begun from the prices of today', () => {
  it('has the two prices of each active type, and one rule where they are the same', () => {
    const rules = rulesOfToday([adult, child, gone])
    expect(rules.products).toEqual([{ typeId: 'a', per: 'person', taxRate: 600 }, { typeId: 'c', per: 'person', taxRate: 600 }])
    expect(rules.rules.map((rule) => [rule.name, rule.types, rule.amount, rule.when.kinds])).toEqual([
      ['平日价', ['a'], 8000, null], ['周末节假日价', ['a'], 12000, ['weekend', 'holiday']], ['平日价', ['c'], 4000, null],
    ])
    expect(new Set(rules.rules.map((rule) => rule.id)).size).toBe(3)
    expect(unpriced(rules)).toEqual([])
  })

  it('names the types that no rule gives a price', () => {
    const rules = rulesOfToday([adult, child])
    rules.rules.splice(2, 1)
    expect(unpriced(rules)).toEqual(['c'])
    rules.rules[0]!.types = []
    expect(unpriced(rules)).toEqual([])
  })
})

describe('a draft begun from a version', () => {
  it('leaves the version as it is and takes in types made since', () => {
    const version: PriceVersion = { id: 'v', number: 1, from: '2026-10-01T00:00:00Z', withdrawn: false, rules: rulesOfToday([adult]) }
    const rules = rulesAfter(version, [adult, child, gone])
    rules.rules[0]!.amount = 1
    expect(version.rules.rules[0]!.amount).toBe(8000)
    expect(rules.products.map((product) => product.typeId)).toEqual(['a', 'c'])
    expect(unpriced(rules)).toEqual(['c'])
  })

  it('carries the number after the last one, withdrawn or not, and begins tomorrow', () => {
    expect(nextNumber([])).toBe(1)
    expect(nextNumber([line(4, '2026-01-01T00:00:00Z', { withdrawn: true }), line(3, '2026-01-01T00:00:00Z')])).toBe(5)
    expect(draftOf(rulesOfToday([]), [], '2026-12-31')).toMatchObject({ number: 1, day: '2027-01-01', time: '00:00' })
  })
})

describe('when a version begins', () => {
  it('is said by the clock of the park', () => {
    expect(instantOf('2026-10-01', '00:00')).toBe('2026-09-30T16:00:00.000Z')
    useParkZone('Europe/Paris')
    expect(instantOf('2026-07-01', '09:30')).toBe('2026-07-01T07:30:00.000Z')
    expect(instantOf('2026-10-25', '12:00')).toBe('2026-10-25T11:00:00.000Z')
    useParkZone('Asia/Shanghai')
  })

  it('must be later than now', () => {
    const draft = { ...draftOf(rulesOfToday([adult]), [], '2026-09-30'), time: '00:00' }
    expect(draftErrors(draft, new Date('2026-09-30T15:59:59Z'))).toEqual({})
    expect(draftErrors(draft, new Date('2026-09-30T16:00:00Z'))['from']).toBe('要晚于现在')
    expect(draftErrors({ ...draft, time: '25:00' }, new Date(0))).toHaveProperty('from')
    expect(draftErrors({ ...draft, day: '' }, new Date(0))['from']).toBe('请填写')
  })

  it('tells what state a version is in', () => {
    const now = new Date('2026-10-01T00:00:00Z')
    expect(stateOf(line(1, '2026-09-01T00:00:00Z'), now)).toBe('past')
    expect(stateOf(line(2, '2026-09-20T00:00:00Z', { holds: true }), now)).toBe('holds')
    expect(stateOf(line(3, '2026-10-02T00:00:00Z'), now)).toBe('toCome')
    expect(stateOf(line(4, '2026-10-02T00:00:00Z', { withdrawn: true }), now)).toBe('withdrawn')
  })
})

describe('what the server says of a version', () => {
  it('stands at the rule or set it is about, whatever else is wrong', () => {
    const rules = rulesOfToday([adult])
    const told = faultsOf({
      'rules.rules[1]': ['同样具体'], 'rules.rules[1].name': ['请填写'], 'Rules.Rules[0].When.Days': ['过多'], 'rules.products': ['不认识'], from: ['过去'], 'rules.sets[7]': ['没有'],
    }, rules)
    expect(told.byId.get(rules.rules[1]!.id)).toEqual(['同样具体', '请填写'])
    expect(told.byId.get(rules.rules[0]!.id)).toEqual(['过多'])
    expect(told.rest).toEqual(['不认识', '没有'])
  })

  it('names both of two rules that claim the same sale, with a way out, until one is changed', () => {
    const rules = rulesOfToday([adult, child])
    const copy = { ...rules.rules[0]!, id: 'copy', name: '平日价（复制）' }
    rules.rules.push(copy)
    const first = rules.rules[0]!.id
    const told = faultsOf({ 'rules.rules[0]': ['这条规则与“平日价（复制）”会在同一次售票中同时生效。'] }, rules)
    expect([...told.byId.keys()]).toEqual([first, 'copy'])
    expect(told.byId.get(first)![0]).toContain('更大的优先级')
    expect(told.byId.get('copy')![0]).toMatch(/^这条与“平日价”会.*更大的优先级/)
    expect(without(told, 'copy').size).toBe(0)
    expect(without(told, 'other').size).toBe(2)
  })

  it('means by a name the rule that is for the same types', () => {
    const rules = rulesOfToday([adult, child])
    rules.rules.push({ ...rules.rules[2]!, id: 'copy' })
    const told = faultsOf({ 'rules.rules[2]': ['这条规则与“平日价”会在同一次售票中同时生效。'] }, rules)
    expect([...told.byId.keys()]).toEqual([rules.rules[2]!.id, 'copy'])
  })
})
