import { describe, expect, it } from 'vitest'
import { addTexts } from '../../shared/text'
import type { Budget } from '../../shared/types'
import texts from '../texts'
import { bodyOf, budgetErrors, copyForNext, daysAfter, draftOf, freshBudget, leftOf, merged, standingOf } from './budget'

addTexts(texts)
const office: Budget = { id: 'b', edit: 3, name: '接待办', nameEn: 'Reception', from: '2026-01-01', to: '2026-12-31', people: 100, leftToClerk: 2, active: true, given: 98 }

describe('the days after those of a budget', () => {
  it.each([
    ['a year', '2026-01-01', '2026-12-31', '2027-01-01', '2027-12-31'],
    ['a year that begins in March', '2027-03-01', '2028-02-29', '2028-03-01', '2029-02-28'],
    ['a month', '2026-01-01', '2026-01-31', '2026-02-01', '2026-02-28'],
    ['a quarter from the middle of a month', '2026-01-15', '2026-04-14', '2026-04-15', '2026-07-14'],
    ['a week', '2026-02-23', '2026-03-01', '2026-03-02', '2026-03-08'],
    ['a day', '2026-12-31', '2026-12-31', '2027-01-01', '2027-01-01'],
    ['a month that the next one is too short for', '2026-12-30', '2027-01-29', '2027-01-30', '2027-03-01'],
  ])('of %s are as many', (_, from, to, nextFrom, nextTo) => expect(daysAfter(from, to)).toEqual({ from: nextFrom, to: nextTo }))

  it('come with the same name and numbers under an id of its own, in use', () => {
    const next = copyForNext({ ...office, active: false })
    expect(next).toMatchObject({ edit: 0, name: '接待办', nameEn: 'Reception', people: 100, leftToClerk: 2, active: true, from: '2027-01-01', to: '2027-12-31' })
    expect(next.id).not.toBe('b')
    expect(next).not.toHaveProperty('given')
    expect(budgetErrors(next)).toEqual({})
  })
})

describe('how a budget stands', () => {
  it.each([
    ['2025-12-31', {}, 'notBegun'], ['2026-01-01', {}, 'gives'], ['2026-12-31', {}, 'gives'], ['2027-01-01', {}, 'over'],
    ['2026-06-01', { given: 100 }, 'usedUp'], ['2026-06-01', { active: false }, 'off'],
  ] as const)('on %s with %j: %s', (today, part, standing) => expect(standingOf({ ...office, ...part }, today)).toBe(standing))

  it('has nothing left rather than less than nothing', () => {
    expect(leftOf(office)).toBe(2)
    expect(leftOf({ ...office, people: 90 })).toBe(0)
  })
})

describe('a budget before it is sent', () => {
  it('is whole as it begins, but for its name', () => {
    expect(budgetErrors({ ...freshBudget('2026-11-21'), name: '接待办' })).toEqual({})
    expect(Object.keys(budgetErrors(freshBudget('2026-12-31')))).toEqual(['name'])
  })

  it('is trimmed, and sent without id and without what it gave', () => {
    const body = bodyOf({ ...draftOf(office), name: ' 接待办 ' })
    expect(body).toEqual({ edit: 3, name: '接待办', nameEn: 'Reception', from: '2026-01-01', to: '2026-12-31', people: 100, leftToClerk: 2, active: true })
  })

  it('names each field by the name that the server gives it', () => {
    const none = null as unknown as number
    expect(Object.keys(budgetErrors({ ...draftOf(office), name: ' ', nameEn: 'x'.repeat(81), people: none, leftToClerk: 1001, from: '', to: '' })).sort())
      .toEqual(['from', 'leftToClerk', 'name', 'nameEn', 'people', 'to'])
    for (const to of ['2025-12-31', '2027-01-02']) expect(Object.keys(budgetErrors({ ...draftOf(office), to }))).toEqual(['to'])
    expect(budgetErrors({ ...draftOf(office), to: '2027-01-01' })).toEqual({})
  })

  it('keeps what was typed where two people change it, and says what the other did', () => {
    const opened = draftOf(office)
    const { draft, theirs, both } = merged(opened, { ...opened, people: 200 }, { ...opened, edit: 4, people: 150, leftToClerk: 5 })
    expect(draft).toMatchObject({ edit: 4, people: 200, leftToClerk: 5 })
    expect([theirs, both]).toEqual([['leftToClerk'], ['people']])
  })
})
