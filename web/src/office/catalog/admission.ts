// A type's terms of admission as the form makes them; the server keeps the same limits.
import { t } from '../../shared/text'
import { daysWords, timesWords } from '../../shared/terms/sentence'
import type { AdmissionTerms, ValidityKind } from '../../shared/types'
import type { Checks } from '../frame/check'

export const daysMax = 1098
export const entriesMax = 10_000
export const intervalMax = 24 * 60
export const rangesMax = 30
export const validityKinds: ValidityKind[] = ['fromVisitDay', 'fromFirstUse', 'fixed']

/** Ready shapes that fill the fields. `single` says nothing: on its day everybody goes in once. */
export const shapes = ['single', 'days', 'annual', 'season', 'count', 'combined'] as const
export type Shape = (typeof shapes)[number]
type Validity = AdmissionTerms['validity']
type SiteNumbers = AdmissionTerms['sites'][number]

const forDays = (days: number): Validity => ({ kind: 'fromVisitDay', days, startWithin: null, from: null, to: null })

/** The terms of a shape. Days left out and the interval stay as they were said. */
export function shaped(shape: Shape, siteIds: readonly string[], before: AdmissionTerms | null): AdmissionTerms | null {
  if (shape === 'single') return null
  const plain: AdmissionTerms = {
    validity: forDays(365), perDay: null, inAll: null, sites: [], intervalMinutes: before?.intervalMinutes ?? null,
    notOn: [...(before?.notOn ?? [])], blackout: (before?.blackout ?? []).map((range) => ({ ...range })),
  }
  if (shape === 'days') return { ...plain, validity: forDays(2), perDay: 1 }
  if (shape === 'annual') return { ...plain, perDay: 1 }
  if (shape === 'season') return { ...plain, validity: validityAs('fixed', plain.validity), perDay: 1 }
  if (shape === 'count') return { ...plain, inAll: 10 }
  return { ...plain, validity: forDays(1), sites: siteIds.map((siteId) => ({ siteId, perDay: null, inAll: 1 })) }
}

/** What the terms look most like; it follows what is typed. */
export function shapeOf(terms: AdmissionTerms | null, siteIds: readonly string[]): Shape {
  if (!terms) return 'single'
  if (terms.validity.kind === 'fixed') return 'season'
  if (terms.inAll !== null && terms.inAll > 1) return 'count'
  if (terms.sites.length && terms.sites.length === siteIds.length && terms.sites.every((site) => site.inAll !== null)) return 'combined'
  return (terms.validity.days ?? 0) >= 300 ? 'annual' : 'days'
}

/** Another kind of validity with the fields that it has, and no others. */
export function validityAs(kind: ValidityKind, before: Validity): Validity {
  if (kind === 'fixed') return { kind, days: null, startWithin: null, from: before.from ?? null, to: before.to ?? null }
  return { kind, days: before.days ?? 30, startWithin: kind === 'fromFirstUse' ? before.startWithin ?? 30 : null, from: null, to: null }
}

/** The numbers of one site changed; a site without any has no row. In the order of the type's sites. */
export function withSite(sites: readonly SiteNumbers[], siteIds: readonly string[], siteId: string, change: Partial<SiteNumbers>): SiteNumbers[] {
  const changed = { ...(sites.find((site) => site.siteId === siteId) ?? { siteId, perDay: null, inAll: null }), ...change }
  return ofSites([...sites.filter((site) => site.siteId !== siteId), changed], siteIds)
}

/** Only the numbers that are said, and only of sites that the type still has. */
export function ofSites(sites: readonly SiteNumbers[], siteIds: readonly string[]): SiteNumbers[] {
  return siteIds.flatMap((id) => sites.filter((site) => site.siteId === id && (site.perDay !== null || site.inAll !== null)))
}

const dayMs = 86_400_000
const inOrder = (from: string | null | undefined, to: string | null | undefined): boolean =>
  !!from && !!to && from <= to && (Date.parse(to) - Date.parse(from)) / dayMs < daysMax

export function admissionErrors(terms: AdmissionTerms, siteIds: readonly string[], checks: Checks): void {
  const { validity } = terms
  if (validity.kind === 'fixed') checks.add('admission.validity.to', !inOrder(validity.from, validity.to), t('office.types.admission.order', { days: daysMax }))
  else checks.whole('admission.validity.days', validity.days, 1, daysMax)
  if (validity.kind === 'fromFirstUse') checks.whole('admission.validity.startWithin', validity.startWithin, 1, daysMax)
  for (const field of ['perDay', 'inAll'] as const) {
    if (terms[field] !== null) checks.whole(`admission.${field}`, terms[field], 1, entriesMax)
    for (const site of terms.sites) if (site[field] !== null) checks.whole(`admission.sites.${field}`, site[field], 1, entriesMax)
  }
  checks.add('admission.sites', terms.sites.some((site) => !siteIds.includes(site.siteId)), t('office.types.admission.sites.other'))
  if (terms.intervalMinutes !== null) checks.whole('admission.intervalMinutes', terms.intervalMinutes, 1, intervalMax)
  checks.add('admission.blackout', terms.blackout.length > rangesMax, t('office.types.admission.blackout.many', { max: rangesMax }))
  for (const [at, range] of terms.blackout.entries()) checks.add(`admission.blackout[${at}]`, !inOrder(range.from, range.to), t('office.types.admission.order', { days: daysMax }))
}

/** A word or two for the list: "365 天", "365 天 · 10 次". */
export function briefOf(terms: AdmissionTerms | null): string {
  if (!terms) return t('office.types.admission.brief.single')
  const { validity } = terms
  const days = validity.kind === 'fixed' ? t('office.types.admission.brief.until', { to: validity.to ?? '' })
    : validity.kind === 'fromVisitDay' && validity.days === 1 ? t('office.types.admission.brief.single') : daysWords(validity.days)
  return terms.inAll === null || terms.inAll === 1 ? days : `${days} · ${timesWords(terms.inAll)}`
}
