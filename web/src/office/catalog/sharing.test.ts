import { afterEach, describe, expect, it } from 'vitest'
import { addTexts, language } from '../../shared/text'
import type { SharingTerms } from '../../shared/types'
import { takeWording } from '../../shared/wording'
import { Checks } from '../frame/check'
import texts from '../texts'
import { sharingErrors, sharingSentence, withoutPartner, withPartner } from './sharing'
import { freshType } from './type'

addTexts(texts)
afterEach(() => { language.value = 'zh' })
takeWording([{ kind: 'partner', edit: 1, builtIn: [], entries: [{ code: 'car', name: '索道公司', nameEn: 'Cable car', active: true }, { code: 'show', name: '剧场', nameEn: 'Theatre', active: true }] }])

const terms: SharingTerms = { ownWeight: 16_000, partners: [{ partner: 'car', fixedFen: 5_000, weight: 0 }, { partner: 'show', fixedFen: 0, weight: 8_000 }] }
const errorsOf = (some: SharingTerms) => {
  const checks = new Checks()
  sharingErrors(some, checks)
  return Object.keys(checks.errors)
}

describe('how partners share', () => {
  it('begins with the price for the park and ends with nobody', () => {
    const type = { ...freshType('1', []), weekdayFen: 26_000 }
    const first = withPartner(type, 'car')
    expect(first).toEqual({ ownWeight: 26_000, partners: [{ partner: 'car', fixedFen: 0, weight: 100 }] })
    expect(withPartner({ ...type, sharing: first }, 'show').partners.map((one) => one.partner)).toEqual(['car', 'show'])
    expect(withoutPartner(terms, 0)?.partners.map((one) => one.partner)).toEqual(['show'])
    expect(withoutPartner(first, 0)).toBeNull()
    expect(withPartner(freshType('1', []), 'car').ownWeight).toBe(100)
  })

  it('names the row that is wrong', () => {
    expect(errorsOf(terms)).toEqual([])
    expect(errorsOf({ ...terms, partners: [...terms.partners, { partner: 'car', fixedFen: 1, weight: 0 }] })).toEqual(['sharing.partners[0]', 'sharing.partners[2]'])
    expect(errorsOf({ ...terms, partners: [{ partner: 'car', fixedFen: 0, weight: 0 }] })).toEqual(['sharing.partners[0]'])
    expect(errorsOf({ ...terms, partners: [{ partner: '', fixedFen: 1, weight: 1 }] })).toEqual(['sharing.partners[0]'])
    expect(errorsOf({ ...terms, partners: [{ partner: 'car', fixedFen: null as unknown as number, weight: 1 }] })).toEqual(['sharing.partners[0]'])
    expect(errorsOf({ ownWeight: 0, partners: [{ partner: 'car', fixedFen: 5_000, weight: 0 }] })).toEqual(['sharing.ownWeight'])
  })

  it('says what becomes of the money', () => {
    expect(sharingSentence(null)).toBe('收入全归景区')
    expect(sharingSentence(terms)).toBe('索道公司：每人 ¥50.00；剧场：余额的 33.3%；景区：余额的 66.7%')
    language.value = 'en'
    expect(sharingSentence({ ownWeight: 0, partners: [{ partner: 'car', fixedFen: 100, weight: 1 }] })).toBe('Cable car: ¥1.00 a person and 100.0% of the rest')
  })
})
