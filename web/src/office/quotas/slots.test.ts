import { afterEach, describe, expect, it } from 'vitest'
import { addTexts, language } from '../../shared/text'
import type { SlotPattern } from '../../shared/types'
import { freshType } from '../catalog/type'
import texts from '../texts'
import { bodyOf, freshQuota, quotaErrors } from './quota'
import { placesWords, quotaSentence, slotSentence } from './sentence'
import { between, freshSlots, sentSlots, slotsOf, templates, withOwn } from './slots'

addTexts(texts)
afterEach(() => { language.value = 'zh' })
const pattern = (part: Partial<SlotPattern> = {}): SlotPattern => ({ ...freshSlots('2026-05-01'), ...part })
const times = (of: SlotPattern) => slotsOf(of).map(({ at, until }) => `${at}-${until}`)

describe('the slots of a day', () => {
  it('follow one another from the first', () => {
    expect(times(pattern()).at(0)).toBe('09:00-09:30')
    expect(times(pattern()).at(-1)).toBe('16:30-17:00')
    expect(times(pattern({ first: '23:00', minutes: 60, count: 1 }))).toEqual(['23:00-00:00'])
    expect(times(pattern({ first: '08:00', minutes: 45, count: 3 })).at(-1)).toBe('09:30-10:15')
  })

  it.each([['09:00', 30, 16, 0, '08:50', '09:44'], ['00:05', 60, 1, 0, '00:00', '01:19'], ['23:00', 60, 1, 0, '22:50', '23:59']])(
    'from %s are admitted early and late within the day', (first, minutes, count, at, opens, closes) =>
      expect(slotsOf(pattern({ first, minutes, count }))[at]).toMatchObject({ opens, closes }))

  it('are none while the times are not whole or pass midnight', () => {
    for (const part of [{ first: '' }, { first: '25:00' }, { minutes: 4 }, { minutes: null as never }, { count: 97 }, { first: '23:00', minutes: 60, count: 2 }]) expect(slotsOf(pattern(part))).toEqual([])
  })

  it('of every template end in time', () => { for (const one of Object.values(templates)) expect(slotsOf(pattern(one))).toHaveLength(one.count) })
})

describe('places of single slots', () => {
  it('are set, closed and given back', () => {
    const own = withOwn(pattern({ own: withOwn(pattern(), '12:00', 0) }), '10:00', 120)
    expect(own).toEqual([{ at: '10:00', limit: 120 }, { at: '12:00', limit: 0 }])
    expect(withOwn(pattern({ own }), '12:00', null)).toEqual([{ at: '10:00', limit: 120 }])
    expect(slotsOf(pattern({ own })).filter((slot) => slot.own !== null).map(({ at, own: limit }) => [at, limit])).toEqual([['10:00', 120], ['12:00', 0]])
  })

  it('of slots that are no more stay out of what is sent', () => {
    const sent = sentSlots(pattern({ until: '', count: 2, own: [{ at: '09:30', limit: 5 }, { at: '12:00', limit: 0 }] }))
    expect([sent.own, sent.until]).toEqual([[{ at: '09:30', limit: 5 }], null])
  })
})

describe('a quota with slots', () => {
  const types = [{ ...freshType('u', []), name: '上行票', nameEn: 'Up' }]
  const car = { ...freshQuota(), name: ' 缆车 ', typeIds: ['u'], limit: 80, slots: pattern({ own: [{ at: '10:00', limit: 120 }, { at: '12:00', limit: 0 }] }) }

  it('says what it means', () => {
    expect(quotaSentence(car, types)).toBe('上行票合计每个时段最多 80 人。到限即停售。占到 80% 时提醒。2026年5月1日起，09:00 到 17:00 每 30 分钟一个时段，共 16 个。检票提前 10 分钟、延后 15 分钟。12:00–12:30 不售。10:00–10:30 为 120 人。')
    expect(placesWords(car)).toBe('每时段 80 人')
    expect(slotSentence(pattern({ until: '2026-10-31', earlyMinutes: 0, lateMinutes: 0 }))).toContain('2026年5月1日至2026年10月31日')
    language.value = 'en'
    expect(slotSentence(pattern({ first: '' }))).toBe('Slots from May 1, 2026, the times are still open.')
  })

  it('is checked before it is sent, and sent trimmed', () => {
    expect(quotaErrors(car)).toEqual({})
    expect(bodyOf(car)).toMatchObject({ name: '缆车', slots: { own: car.slots.own } })
    const wrong = { ...car, typeIds: [], slots: pattern({ from: '', until: '2026-04-30', first: '23:00', minutes: 60, count: 3, lateMinutes: 241 }) }
    expect(Object.keys(quotaErrors(wrong)).sort()).toEqual(['slots.count', 'slots.from', 'slots.lateMinutes', 'typeIds'])
    expect(Object.keys(quotaErrors({ ...car, slots: pattern({ until: '2026-04-30' }) }))).toEqual(['slots.until'])
  })
})

it('a stretch of the day takes the slots that begin in it', () => {
  const slots = slotsOf(pattern({ first: '11:00', minutes: 30, count: 5 }))
  expect(between(slots, '12:00', '13:00')).toEqual(['12:00', '12:30'])
  expect(between(slots, '13:00', '24:00')).toEqual(['13:00'])
})
