// A quota that ticket types share (限流): what its form holds, and what is checked before it is sent; the server checks the same.
import { newKey } from '../../shared/api'
import { t } from '../../shared/text'
import type { Quota, SlotPattern } from '../../shared/types'
import { Checks, type FieldErrors } from '../frame/check'
import { mergedParts, type MergedParts } from '../frame/merging'
import { checkSlots, sentSlots } from './slots'

/** Places that one channel alone may sell until their release. */
export type Keep = Required<Quota['keeps'][number]>
export type QuotaDraft = Omit<Quota, 'keeps' | 'countsFrom' | 'slots'> & { keeps: Keep[]; slots: SlotPattern | null }

export const channels = ['web', 'agency', 'ota', 'kiosk', 'window']
export const peopleMax = 1_000_000
export const keepsMax = 10

// A number that nobody has typed yet is kept as null by the input, and checked before anything is sent.
const noNumber = null as unknown as number

export function freshQuota(): QuotaDraft {
  return { id: newKey(), edit: 0, name: '', typeIds: [], limit: null, warnPercent: 80, stops: true, keeps: [], active: true, slots: null }
}

/** What the form of a quota begins with. */
export function draftOf({ countsFrom: _, ...quota }: Quota): QuotaDraft {
  return { ...quota, typeIds: [...quota.typeIds], keeps: quota.keeps.map((keep) => ({ ...keep }) as Keep), slots: quota.slots ?? null }
}

/** The same once more under an id of its own, for the person to change. Days set by hand stay with the first. */
export function copyOf(quota: Quota): QuotaDraft {
  return { ...draftOf(quota), id: newKey(), edit: 0, active: true, name: t('office.prices.copy.name', { name: quota.name }).slice(0, 40) }
}

/** What is sent of a draft. */
export function bodyOf({ id: _, ...quota }: QuotaDraft): Omit<QuotaDraft, 'id'> {
  return { ...quota, name: quota.name.trim(), slots: quota.slots && sentSlots(quota.slots) }
}

/** A row for the first channel that has none yet; the window sells what is kept for nobody. */
export function freshKeep(keeps: readonly Keep[]): Keep {
  const channel = channels.find((one) => !keeps.some((keep) => keep.channel === one)) ?? ''
  return { channel, places: noNumber, releaseDays: 1, releaseAt: '18:00' }
}

export function quotaErrors(quota: QuotaDraft): FieldErrors {
  const checks = new Checks().text('name', quota.name, 40)
  if (quota.limit !== null) checks.whole('limit', quota.limit, 0, peopleMax)
  if (quota.warnPercent !== null) checks.whole('warnPercent', quota.warnPercent, 1, 100)
  if (quota.slots) {
    checks.add('typeIds', !quota.typeIds.length, t('office.slots.types.needed'))
    checkSlots(checks, quota.slots, peopleMax)
  }
  checks.add('keeps', new Set(quota.keeps.map((keep) => keep.channel)).size < quota.keeps.length, t('office.quotas.keeps.twice'))
  quota.keeps.forEach((keep, at) => {
    checks.text(`keeps[${at}].channel`, keep.channel, 20).whole(`keeps[${at}].places`, keep.places, 1, peopleMax)
      .whole(`keeps[${at}].releaseDays`, keep.releaseDays, 0, 366).time(`keeps[${at}].releaseAt`, keep.releaseAt)
  })
  return checks.errors
}

export type Part = 'name' | 'typeIds' | 'limit' | 'warnPercent' | 'stops' | 'keeps' | 'slots' | 'active'
const parts: Part[] = ['name', 'typeIds', 'limit', 'warnPercent', 'stops', 'keeps', 'slots', 'active']
export type Merged = MergedParts<QuotaDraft, Part>

/** What two people changed of one quota at once. */
export const merged = (opened: QuotaDraft, mine: QuotaDraft, saved: QuotaDraft): Merged => mergedParts(parts, opened, mine, saved)
