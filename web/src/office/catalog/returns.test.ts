import { describe, expect, it } from 'vitest'
import { addTexts } from '../../shared/text'
import { Checks } from '../frame/check'
import texts from '../texts'
import { choose, modeOf, returnErrors, returnsSentence, termsOf, withStep } from './returns'
import { freshType } from './type'

addTexts(texts)
const errorsOf = (terms: NonNullable<ReturnType<typeof termsOf>>) => { const checks = new Checks(); returnErrors(terms, 'returns', checks); return checks.errors }

describe('terms of return', () => {
  it('begin with something that can be saved, and keep it when the same way is chosen again', () => {
    const type = freshType('a', [])
    expect(modeOf(type.returns)).toBe('free')
    choose(type, 'returns', 'terms')
    expect(errorsOf(type.returns!)).toEqual({})
    type.returns!.flatFen = 500
    choose(type, 'returns', 'terms')
    expect(type.returns!.flatFen).toBe(500)
    choose(type, 'returns', 'never')
    expect(type.returns).toEqual({ isReturnable: false, steps: [], flatFen: 0 })
    choose(type, 'returns', 'free')
    expect(type.returns).toBeNull()
  })

  it('are said in sentences from most hours to fewest', () => {
    expect(returnsSentence(null, 'returns')).toBe('随时全额退')
    expect(returnsSentence(termsOf('never'), 'returns')).toContain('不退票')
    expect(returnsSentence({ isReturnable: true, steps: [{ hoursBefore: -12, keepRate: 5000 }, { hoursBefore: 48, keepRate: 0 }, { hoursBefore: 0, keepRate: 1250 }], flatFen: 500 }, 'returns'))
      .toBe('游览开始前 48 小时以上：全额退；到游览开始为止：扣 12.5%；开始后 12 小时内：扣 50%；再晚不退；每人另扣 ¥5.00')
    expect(returnsSentence({ isReturnable: true, steps: [], flatFen: 500 }, 'returns')).toBe('每人另扣 ¥5.00')
  })

  it('of rebooking stand beside those of return, and say what they are', () => {
    const type = freshType('a', [])
    choose(type, 'rebooking', 'terms')
    expect([modeOf(type.returns), modeOf(type.rebooking)]).toEqual(['free', 'terms'])
    expect(returnsSentence(type.rebooking, 'rebooking')).toBe('游览开始前 48 小时以上：免费改签；到游览开始为止：扣 20%；再晚不能改签')
    expect(returnsSentence(termsOf('never'), 'rebooking')).toContain('不能改签')
    const checks = new Checks()
    returnErrors({ isReturnable: true, steps: [], flatFen: -1 }, 'rebooking', checks)
    expect(Object.keys(checks.errors)).toEqual(['rebooking.flatFen'])
  })

  it('take a step more that no other has, and refuse what the server refuses', () => {
    let terms = termsOf('terms')!
    for (let n = 0; n < 4; n++) terms = withStep(terms)
    expect(new Set(terms.steps.map((step) => step.hoursBefore)).size).toBe(6)
    expect(Object.keys(errorsOf({ isReturnable: true, steps: [{ hoursBefore: 9000, keepRate: 0 }, { hoursBefore: 1, keepRate: 10_001 }, { hoursBefore: 1, keepRate: 0 }], flatFen: -1 })).sort())
      .toEqual(['returns.flatFen', 'returns.steps[0]', 'returns.steps[1]', 'returns.steps[2]'])
  })
})
