import { afterEach, describe, expect, it } from 'vitest'
import { addTexts, language } from '../../shared/text'
import type { TicketType } from '../../shared/types'
import { freshType } from '../catalog/type'
import texts from '../texts'
import { percentOf, tenThousandthsOf } from './amounts'
import { always, freshRule, freshSet, type PriceRule } from './rules'
import { ruleSentence, setSentence, spansOf, stepSentence, sumSentence } from './sentence'

addTexts(texts)
afterEach(() => { language.value = 'zh' })

const types: TicketType[] = [{ ...freshType('a', []), name: '成人票', nameEn: 'Adult' }, { ...freshType('c', []), name: '儿童票', nameEn: 'Child' }]
const rule = (part: Partial<PriceRule>): PriceRule => ({ ...freshRule('day'), types: ['a'], amount: 10000, ...part })

describe('a rule as a sentence', () => {
  it('says ticket types, days and price', () => {
    const weekend = rule({ when: { ...always(), kinds: ['weekend', 'holiday'] } })
    expect(ruleSentence(weekend, types)).toBe('成人票：周末、节假日 100.00 元')
    language.value = 'en'
    expect(ruleSentence(weekend, types)).toBe('Adult: Weekend, Holiday – ¥100.00')
  })

  it('says every day, all types and what is missing', () => {
    expect(ruleSentence(rule({ types: [] }), types)).toBe('所有票种：每天 100.00 元')
    expect(ruleSentence(freshRule('day'), types)).toBe('所有票种：每天 （未填金额）')
    expect(ruleSentence(rule({ types: ['x'] }), types)).toContain('已不存在的票种')
  })

  it('says named days in a row in one breath', () => {
    expect(spansOf(['2026-10-03', '2026-10-01', '2026-10-02', '2026-10-05'])).toEqual([{ first: '2026-10-01', last: '2026-10-03' }, { first: '2026-10-05', last: '2026-10-05' }])
    expect(ruleSentence(rule({ when: { ...always(), days: ['2026-09-30', '2026-10-01'] } }), types)).toBe('成人票：2026年9月30日至2026年10月1日 100.00 元')
  })

  it('says season, weekdays, hours, buyer and threshold', () => {
    const when = { ...always(), first: '2026-07-01', weekdays: [1, 7], fromTime: '17:00', toTime: '21:59' }
    expect(ruleSentence(rule({ stage: 'early', effect: 'pays', amount: 9500, from: 7, when, who: { channel: 'web', agency: null, level: 'gold' } }), types))
      .toBe('成人票：2026年7月1日起，周一、周日，17:00–21:59，gold 会员，渠道：网络，提前 7 天起 付 95%（9.5 折）')
  })

  it('says each effect', () => {
    const terms = { stage: 'terms' } as const
    expect(ruleSentence(rule({ ...terms, effect: 'less', amount: 550 }), types)).toBe('成人票：每天 减 5.50 元')
    expect(ruleSentence(rule({ ...terms, effect: 'pays', amount: 10000 }), types)).toContain('不打折')
    expect(ruleSentence(rule({ ...terms, effect: 'pays', amount: 0 }), types)).toContain('免费')
    expect(ruleSentence(rule({ stage: 'quantity', effect: 'manyForFewer', amount: 16, paid: 15 }), types)).toBe('成人票：每天 每满 16 付 15')
    language.value = 'en'
    expect(ruleSentence(rule({ stage: 'quantity', effect: 'pays', amount: 8550, from: 10 }), types)).toBe('Adult: from 10 units on – pays 85.5% (14.5% off)')
  })

  it('says a set with its parts', () => {
    const set = { ...freshSet([]), amount: 18000, parts: [{ types: ['a'], units: 2 }, { types: ['c', 'a'], units: 1 }], timesMax: 2 }
    expect(setSentence(set, types)).toBe('2 份成人票 + 1 份儿童票或成人票：每单最多 2 次 一起 180.00 元')
  })
})

describe('the explanation of a price', () => {
  it('says what each rule changed', () => {
    const step = { rule: '平日价', stage: 'day', ofUnit: true, beforeFen: 0, afterFen: 8000, units: 2 } as const
    expect(stepSentence(step)).toBe('日期价“平日价”：每份 80.00 元')
    expect(stepSentence({ ...step, rule: '网络价', stage: 'terms', beforeFen: 8000, afterFen: 7600 })).toBe('客户价“网络价”：每份 80.00 元 → 76.00 元')
    expect(stepSentence({ ...step, rule: '十六免一', stage: 'quantity', ofUnit: false, beforeFen: 112000, afterFen: 105000, units: 1 })).toBe('数量“十六免一”：整单免 1 份，本行 1,120.00 元 → 1,050.00 元')
    expect(stepSentence({ ...step, rule: '一家三口', stage: null, ofUnit: false, beforeFen: 16000, afterFen: 14400, units: 1 })).toBe('组合“一家三口”用了 1 次：本行 160.00 元 → 144.00 元')
  })

  it('shows the sum of a line', () => {
    const line = { typeId: 'a', quantity: 2, people: 1, unitFen: 8000, units: 2, offFen: 1600, totalFen: 14400, taxFen: 0, steps: [] }
    expect(sumSentence(line)).toBe('2 × 80.00 元 − 16.00 元 = 144.00 元')
    expect(sumSentence({ ...line, offFen: 0, totalFen: 16000 })).toBe('2 × 80.00 元 = 160.00 元')
  })
})

describe('percent', () => {
  it('goes to ten-thousandths and back without a stray digit', () => {
    expect([85, 0.07, 100, 56.78, 0].map((percent) => tenThousandthsOf(percent))).toEqual([8500, 7, 10000, 5678, 0])
    expect(tenThousandthsOf(undefined)).toBeNull()
    expect(percentOf(tenThousandthsOf(13.3)!)).toBe(13.3)
  })
})
