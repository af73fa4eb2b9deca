import { describe, expect, it } from 'vitest'
import { addTexts } from '../../shared/text'
import type { AdmissionTerms, TicketType } from '../../shared/types'
import texts from '../texts'
import { briefOf, ofSites, shaped, shapeOf, shapes, validityAs, withSite, type Shape } from './admission'
import { freshType, typeErrors } from './type'

addTexts(texts)
const sites = ['mountain', 'cableCar']
const termsOf = (shape: Shape, before: AdmissionTerms | null = null) => shaped(shape, sites, before)!
const errorsOf = (admission: AdmissionTerms | null, siteIds = sites) => {
  const type: TicketType = { ...freshType('a', siteIds), name: '年卡', code: 'PASS', admission }
  return Object.keys(typeErrors(type, []))
}

describe('the ready shapes of terms', () => {
  it('are known again once they have filled the fields', () => {
    expect(shapes.map((shape) => shapeOf(shaped(shape, sites, null), sites))).toEqual([...shapes])
  })

  it('are days where only one of the sites has numbers', () => {
    expect(shapeOf({ ...termsOf('days'), sites: [{ siteId: 'cableCar', perDay: null, inAll: 1 }] }, sites)).toBe('days')
  })

  it('may be saved as they stand, but for the season, whose dates are asked for', () => {
    expect(shapes.filter((shape) => errorsOf(shaped(shape, sites, null)).length)).toEqual(['season'])
    expect(errorsOf(termsOf('season'))).toEqual(['admission.validity.to'])
  })

  it('keep the days left out and the interval, in copies of their own', () => {
    const before: AdmissionTerms = { ...termsOf('annual'), intervalMinutes: 30, notOn: ['holiday'], blackout: [{ from: '2026-12-24', to: '2026-12-26' }] }
    const after = termsOf('count', before)
    expect(after).toMatchObject({ perDay: null, inAll: 10, intervalMinutes: 30, notOn: ['holiday'], blackout: before.blackout })
    after.blackout[0]!.to = '2027-01-01'
    expect(before.blackout[0]!.to).toBe('2026-12-26')
    expect(shaped('single', sites, before)).toBeNull()
  })
})

describe('validity and sites', () => {
  it('of another kind has the fields of that kind and no others', () => {
    const season = validityAs('fixed', termsOf('annual').validity)
    expect(season).toEqual({ kind: 'fixed', days: null, startWithin: null, from: null, to: null })
    expect(validityAs('fromFirstUse', { ...season, from: '2026-12-01', to: '2026-12-02' })).toEqual({ kind: 'fromFirstUse', days: 30, startWithin: 30, from: null, to: null })
    expect(validityAs('fromVisitDay', termsOf('annual').validity).days).toBe(365)
  })

  it('keeps the numbers of a site while one is said and the type opens it', () => {
    const both = withSite(withSite([], sites, 'cableCar', { inAll: 1 }), sites, 'mountain', { perDay: 2 })
    expect(both.map((site) => site.siteId)).toEqual(sites)
    expect(withSite(both, sites, 'cableCar', { inAll: null })).toEqual([{ siteId: 'mountain', perDay: 2, inAll: null }])
    expect(ofSites(both, ['cableCar'])).toEqual([{ siteId: 'cableCar', perDay: null, inAll: 1 }])
  })
})

describe('terms before they are sent', () => {
  const pass = termsOf('annual')
  it.each<[string, Partial<AdmissionTerms>]>([
    ['admission.validity.days', { validity: { kind: 'fromVisitDay', days: 0 } }],
    ['admission.validity.days', { validity: { kind: 'fromVisitDay', days: 1099 } }],
    ['admission.validity.startWithin', { validity: { kind: 'fromFirstUse', days: 3, startWithin: null } }],
    ['admission.validity.to', { validity: { kind: 'fixed', from: '2026-12-02', to: '2026-12-01' } }],
    ['admission.validity.to', { validity: { kind: 'fixed', from: '2026-01-01', to: '2029-01-03' } }],
    ['admission.perDay', { perDay: 0 }],
    ['admission.inAll', { inAll: 10_001 }],
    ['admission.sites.inAll', { sites: [{ siteId: 'cableCar', perDay: null, inAll: 1.5 }] }],
    ['admission.sites', { sites: [{ siteId: 'elsewhere', perDay: 1, inAll: null }] }],
    ['admission.intervalMinutes', { intervalMinutes: 1441 }],
    ['admission.blackout[1]', { blackout: [{ from: '2026-12-01', to: '2026-12-01' }, { from: '2026-12-02', to: '' }] }],
    ['admission.blackout', { blackout: Array.from({ length: 61 }, () => ({ from: '2026-12-02', to: '2026-12-03' })) }],
  ])('are refused by %s', (field, change) => {
    expect(errorsOf({ ...pass, ...change })).toEqual([field])
  })

  it('may be three years long and no longer', () => {
    expect(errorsOf({ ...pass, validity: { kind: 'fixed', from: '2026-01-01', to: '2029-01-02' } })).toEqual([])
  })
})

it('a list says them in a word or two', () => {
  expect([null, termsOf('combined'), termsOf('annual'), termsOf('count'), { ...termsOf('season'), validity: { kind: 'fixed' as const, from: '2026-12-01', to: '2027-02-28' } }].map(briefOf))
    .toEqual(['当天', '当天', '365 天', '365 天 · 10 次', '至 2027-02-28'])
})
