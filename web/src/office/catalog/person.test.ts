import { afterEach, describe, expect, it } from 'vitest'
import { addTexts, language } from '../../shared/text'
import { personSentence } from '../../shared/people/person'
import type { PersonTerms } from '../../shared/types'
import { Checks } from '../frame/check'
import texts from '../texts'
import { freshWay, limitWith, personErrors, personWith } from './person'

addTexts(texts)
afterEach(() => { language.value = 'zh' })

const senior: PersonTerms = {
  asks: 'nameAndNumber', scope: 'everyPerson', ways: [{ ...freshWay(), ageMin: 60 }, { ...freshWay(), ageMin: 55, ageMax: 59, residence: '3701', proof: 'seniorCard' }],
  limit: { perOrder: 2, perDay: 1, perPeriod: 5, periodDays: 30 },
}
const errorsOf = (terms: PersonTerms) => {
  const checks = new Checks()
  personErrors(terms, checks)
  return Object.keys(checks.errors)
}

describe('what a type asks of its visitors', () => {
  it('is one sentence in both languages', () => {
    expect(personSentence(senior)).toBe('登记每位游客的姓名和身份证号码；只售给：60 岁及以上，或 55 至 59 岁且身份证号码以 3701 开头且出示老年人优待证；同一证件每单最多 2 张、每个游览日最多 1 张、30 天内最多 5 张。')
    expect(personSentence(null)).toBe('不登记游客。')
    expect(personSentence({ asks: 'nothing', scope: 'onePerTicket', ways: [{ ...freshWay(), heightCmMax: 120 }], limit: null })).toBe('每张票核对一位游客，不必登记证件；只售给：身高不超过 120 厘米。')
    language.value = 'en'
    expect(personSentence({ ...senior, ways: [], limit: null })).toBe('Name and identity number of every visitor are entered.')
  })

  it('is nothing once nothing is asked, and a limit without numbers is none', () => {
    const asks = personWith(null, { asks: 'number' })
    expect(asks).toEqual({ asks: 'number', scope: 'everyPerson', ways: [], limit: null })
    expect(personWith(asks, { asks: 'nothing' })).toBeNull()
    const limit = limitWith(null, { perPeriod: 3 })
    expect(limit).toEqual({ perOrder: null, perDay: null, perPeriod: 3, periodDays: 30 })
    expect(limitWith(limit, { perPeriod: null })).toBeNull()
    expect(limitWith({ ...limit!, perPeriod: null, perDay: 1, periodDays: 0 }, { perPeriod: 2 })?.periodDays).toBe(30)
  })

  it('names what cannot be kept by the server’s names', () => {
    expect(errorsOf(senior)).toEqual([])
    expect(errorsOf({ ...senior, ways: [freshWay()] })).toEqual(['person.ways[0]'])
    expect(errorsOf({ ...senior, ways: [{ ...freshWay(), ageMin: 60, ageMax: 59 }] })).toEqual(['person.ways[0].ageMax'])
    expect(errorsOf({ ...senior, ways: [{ ...freshWay(), residence: '371' }] })).toEqual(['person.ways[0].residence'])
    expect(errorsOf({ ...senior, asks: 'nothing' })).toEqual(['person.asks'])
    expect(errorsOf({ ...senior, limit: { perOrder: 0, perDay: 501, perPeriod: 1, periodDays: 367 } })).toEqual(['person.limit.perOrder', 'person.limit.perDay', 'person.limit.periodDays'])
  })
})
