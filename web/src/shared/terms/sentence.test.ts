import { afterEach, describe, expect, it } from 'vitest'
import { language } from '../text'
import type { AdmissionTerms } from '../types'
import { paperWords, ticketSentence, typeSentence } from './sentence'

const pass: AdmissionTerms = {
  validity: { kind: 'fromVisitDay', days: 365, startWithin: null, from: null, to: null }, perDay: 1, inAll: null, sites: [], intervalMinutes: null,
  notOn: ['holiday'], blackout: [{ from: '2026-12-24', to: '2026-12-26' }],
}
const free: AdmissionTerms = { ...pass, perDay: null, notOn: [], blackout: [] }
const siteNames = ['山门景区', '云顶索道']
const ticket = { visitDay: '2026-11-21', siteNames, people: 1 }
const says = (terms: AdmissionTerms, people = 1) => typeSentence(terms, (id) => siteNames[Number(id)]!, 2, people)
const days = (...dates: string[]) => dates.map((date) => ({ from: date, to: date }))
const once = (siteId: string) => ({ siteId, perDay: null, inAll: 1 })
afterEach(() => { language.value = 'zh' })

describe('what the tickets of a type do, in a sentence', () => {
  it('names validity, entries and days left out in both languages', () => {
    expect(says(pass)).toBe('自游览日起 365 天有效，每天 1 次，法定节假日和 2026-12-24 至 2026-12-26 不可用。')
    language.value = 'en'
    expect(says(pass)).toBe('Valid for 365 days from the day of visit, once a day, not on public holidays and 2026-12-24 to 2026-12-26.')
  })

  it('knows the day of visit, the first use and a season, also one that is not filled in yet', () => {
    expect(says({ ...free, validity: { kind: 'fromVisitDay', days: 1 } })).toBe('游览当天有效，次数不限。')
    expect(says({ ...free, validity: { kind: 'fromFirstUse', days: 3, startWithin: 30 } })).toBe('首次使用起 3 天有效，须在自游览日起 30 天内首次使用，次数不限。')
    expect(says({ ...free, validity: { kind: 'fixed', from: '2026-12-01', to: '2027-02-28' } })).toBe('2026-12-01 至 2027-02-28 有效，次数不限。')
    expect(says({ ...free, validity: { kind: 'fixed', from: null, to: null } })).toBe('… 至 … 有效，次数不限。')
    language.value = 'en'
    expect(says({ ...free, validity: { kind: 'fromFirstUse', days: 1, startWithin: 30 } })).toBe('Valid for 1 day from first use, which must come within 30 days from the day of visit, in and out at will.')
  })

  it('counts for each person of a party, at every site alike or at one of them', () => {
    expect(says({ ...free, inAll: 10, intervalMinutes: 30 }, 4)).toBe('自游览日起 365 天有效，每人共 10 次，同一景点两次入园至少间隔 30 分钟。')
    expect(says({ ...free, sites: [once('0'), once('1')] })).toContain('，每个景点共 1 次。')
    expect(says({ ...free, perDay: 2, sites: [once('1')] })).toContain('，每天 2 次，云顶索道共 1 次。')
    language.value = 'en'
    expect(says({ ...free, inAll: 10 }, 4)).toContain('10 times in all for each person')
  })

  it('names three ranges of dates and counts the others', () => {
    expect(says({ ...free, blackout: days('2026-12-01', '2026-12-02', '2026-12-03') })).toContain('2026-12-01、2026-12-02 和 2026-12-03 不可用')
    expect(says({ ...free, blackout: days('2026-12-01', '2026-12-02', '2026-12-03', '2026-12-04') })).toContain('2026-12-01、2026-12-02 和另外 2 段日期不可用')
  })
})

describe('what a ticket says of its terms', () => {
  it('gives its own days, from the first to the last', () => {
    expect(paperWords(ticket, pass)).toEqual({ validity: '2026-11-21 至 2027-11-20', entries: '每天 1 次', leftOut: '法定节假日和 2026-12-24 至 2026-12-26' })
    expect(ticketSentence(ticket, pass)).toBe('2026-11-21 至 2027-11-20 有效，每天 1 次，法定节假日和 2026-12-24 至 2026-12-26 不可用。')
    expect(paperWords(ticket, { ...free, validity: { kind: 'fromVisitDay', days: 1 } }).validity).toBe('2026-11-21')
    language.value = 'en'
    expect(ticketSentence(ticket, pass)).toBe('Valid 2026-11-21 to 2027-11-20, once a day, not on public holidays and 2026-12-24 to 2026-12-26.')
  })

  it('says until when the first use must come, and leaves no day out that only a late first use reaches', () => {
    const terms: AdmissionTerms = { ...free, validity: { kind: 'fromFirstUse', days: 3, startWithin: 30 }, blackout: days('2026-11-20', '2026-12-22', '2026-12-23') }
    expect(paperWords(ticket, terms)).toMatchObject({ validity: '首次使用起 3 天，须在 2026-11-21 至 2026-12-20 首次使用', leftOut: '2026-12-22' })
    expect(ticketSentence(ticket, terms)).toBe('首次使用起 3 天有效，须在 2026-11-21 至 2026-12-20 首次使用，次数不限，2026-12-22 不可用。')
  })

  it('points to the notice of the park where more than three ranges of its days are left out', () => {
    const terms: AdmissionTerms = { ...pass, blackout: days('2026-12-01', '2026-12-02', '2026-12-03', '2026-12-04') }
    expect(paperWords(ticket, terms).leftOut).toBe('法定节假日，另有不可用日，详见景区公示')
    expect(ticketSentence(ticket, terms)).toContain('法定节假日不可用，另有不可用日，详见景区公示。')
    expect(paperWords({ ...ticket, visitDay: '2026-12-03' }, terms).leftOut).toContain('2026-12-03 和 2026-12-04')
  })

  it('names sites where it knows them, and else says that some have numbers of their own', () => {
    const sites = [once('a'), { siteId: 'b', perDay: 2, inAll: null }]
    expect(paperWords(ticket, { ...free, sites }).entries).toBe('山门景区共 1 次，云顶索道每天 2 次')
    expect(paperWords(ticket, { ...free, sites: [once('b')] }).entries).toBe('部分景点另限次数')
  })
})
