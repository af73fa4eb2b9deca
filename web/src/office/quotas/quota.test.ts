import { afterEach, describe, expect, it } from 'vitest'
import { addTexts, language } from '../../shared/text'
import type { Quota, QuotaDay, TicketType } from '../../shared/types'
import { freshType } from '../catalog/type'
import texts from '../texts'
import { copyOf, draftOf, freshKeep, freshQuota, merged, quotaErrors, type Keep, type QuotaDraft } from './quota'
import { dayWords, keepSentence, quotaSentence, standingOf, warningSentence } from './sentence'

addTexts(texts)
afterEach(() => { language.value = 'zh' })

const types: TicketType[] = [{ ...freshType('u', []), name: '上行票', nameEn: 'Up' }, { ...freshType('r', []), name: '往返票', nameEn: 'Return' }]
const web: Keep = { channel: 'web', places: 100, releaseDays: 2, releaseAt: '18:00' }
const car: QuotaDraft = { ...freshQuota(), id: 'q', edit: 3, name: '缆车', typeIds: ['u', 'r'], limit: 800 }
const day = (part: Partial<QuotaDay>): QuotaDay => ({
  day: '2026-10-03', weekday: 6, dayKind: 'holiday', holidayName: '国庆节', limit: 800, setByHand: false, taken: 0, keptBack: 0, left: 800, warns: false, slots: null, ...part,
})

describe('a quota as sentences', () => {
  it('says who shares it, the limit, what happens there and what is kept back', () => {
    expect(quotaSentence({ ...car, keeps: [web] }, types)).toBe('上行票、往返票合计每天最多 800 人。到限即停售。占到 80% 时提醒。其中 100 个留给网上，到游览前 2 天 18:00。')
    language.value = 'en'
    expect(quotaSentence(car, types)).toBe('Up, Return: together at most 800 people a day. Sales stop there. Warns at 80%.')
  })

  it('says when all types share it, when there is no limit and when it does not stop', () => {
    expect(quotaSentence({ ...car, typeIds: [], limit: null, warnPercent: null }, types)).toBe('全部票种合计计数，平时不限。可在日历里给个别日期设上限。')
    expect(quotaSentence({ ...car, stops: false, warnPercent: null }, types)).toContain('到限照常售票，只提醒。')
  })

  it('says a release on the day itself, and shows a channel without a name as it is', () => {
    expect(keepSentence({ ...web, releaseDays: 0, releaseAt: '09:00' })).toBe('100 个留给网上，到游览当天 09:00')
    expect(keepSentence({ ...web, channel: 'fair' })).toContain('留给fair')
  })
})

describe('how a day stands', () => {
  it('is told from what is taken and what a window may still sell', () => {
    expect(standingOf(day({}))).toBe('open')
    expect(standingOf(day({ taken: 640, left: 160, warns: true }))).toBe('warns')
    expect(standingOf(day({ taken: 800, left: 0, warns: true }))).toBe('full')
    expect(standingOf(day({ taken: 700, keptBack: 100, left: 0 }))).toBe('kept')
    expect(standingOf(day({ taken: 900, left: null, warns: true }))).toBe('over')
    expect(standingOf(day({ limit: null, taken: 900, left: null }))).toBe('open')
  })

  it('is said with the figures', () => {
    expect(dayWords(day({ taken: 640, keptBack: 60, left: 100, warns: true }))).toBe('已占 640 / 800，余 100，快满了，预留 60')
    expect(dayWords(day({ taken: 800, left: 0 }))).toBe('已占 800 / 800，已满，停售')
    expect(dayWords(day({ limit: null, taken: 7, left: null }))).toBe('已占 7，不限')
  })

  it('warns in words that say whether sales stop', () => {
    const warning = { id: 'q', name: '缆车', day: '2026-10-03', taken: 799, limit: 800, stops: true }
    expect(warningSentence(warning)).toContain('已占 799 / 800（99%），卖满即停售')
    expect(warningSentence({ ...warning, taken: 800 })).toContain('已满 800 / 800，已停售')
    expect(warningSentence({ ...warning, taken: 801, stops: false })).toContain('已到上限 801 / 800，仍在售票')
    expect(warningSentence({ ...warning, stops: false })).toContain('到限只提醒')
    expect(warningSentence({ ...warning, taken: 0, limit: 0 })).toContain('已满 0 / 0')
    expect(warningSentence({ ...warning, slot: '09:30' })).toContain('周六 09:30：已占')
  })
})

describe('a quota before it is sent', () => {
  it('accepts a whole one, also without limit and warning', () => {
    expect(quotaErrors({ ...car, keeps: [web] })).toEqual({})
    expect(quotaErrors({ ...car, limit: null, warnPercent: null })).toEqual({})
  })

  it('names each field by the name that the server gives it', () => {
    const wrong = { ...car, name: ' ', limit: -1, warnPercent: 101, keeps: [web, { ...web, places: 0, releaseAt: '25:00' }] }
    expect(Object.keys(quotaErrors(wrong)).sort()).toEqual(['keeps', 'keeps[1].places', 'keeps[1].releaseAt', 'limit', 'name', 'warnPercent'])
  })

  it('is copied under a name and an id of its own, in use', () => {
    const saved: Quota = { ...car, keeps: [web], active: false, countsFrom: '2026-10-01' }
    expect(copyOf(saved)).toMatchObject({ edit: 0, active: true, name: '缆车（复制）', limit: 800, keeps: [web] })
    expect(copyOf(saved).id).not.toBe('q')
  })

  it('offers the first channel that has no row yet', () => {
    expect(freshKeep([]).channel).toBe('web')
    expect(freshKeep([web]).channel).toBe('agency')
  })
})

describe('two people who change one quota', () => {
  const saved = (part: Partial<Quota>) => draftOf({ ...car, edit: 4, countsFrom: '2026-10-01', ...part })

  it('keeps what was typed and takes over what only the other changed', () => {
    const { draft, theirs, both } = merged(car, { ...car, name: '索道' }, saved({ limit: 900 }))
    expect(draft).toMatchObject({ name: '索道', limit: 900, edit: 4 })
    expect([theirs, both]).toEqual([['limit'], []])
  })

  it('says what both changed, and is silent where both did the same', () => {
    const { draft, theirs, both } = merged(car, { ...car, limit: 700, stops: false }, saved({ limit: 900, stops: false }))
    expect(draft).toMatchObject({ limit: 700, stops: false, edit: 4 })
    expect([theirs, both]).toEqual([[], ['limit']])
  })
})
