// The catalogue's file on its way to the server, and its changes in words.
import { newKey, NoAnswer, Problem } from '../../shared/api'
import { yuan } from '../../shared/money'
import { locale, t } from '../../shared/text'
import { dayAndWeekday, stampOf } from '../../shared/time'
import { wordOf } from '../../shared/wording'
import { withSecondPerson } from '../frame/secondPerson'
import { channelWords } from '../quotas/sentence'
import type { CatalogChange, CatalogFileAnswer, FieldChange, Refused } from '../../shared/types'

export const bytesMax = 16 * 1024 * 1024

export interface Asked { dryRun?: boolean; pricesFrom?: string; expects?: string }

/** Sends a file as it is, so that the lines which the server names are its own. A second try carries the same key. */
export const sendFile = (file: Blob, asked: Asked, key = newKey()): Promise<CatalogFileAnswer> => withSecondPerson((headers) => post(file, asked, key, headers))

async function post(file: Blob, asked: Asked, key: string, headers: Record<string, string>): Promise<CatalogFileAnswer> {
  const query = new URLSearchParams(Object.entries(asked).flatMap(([name, value]) => (value ? [[name, String(value)]] : [])))
  let answer: Response
  let content: unknown
  try {
    answer = await fetch(`/api/catalogue?${query}`, {
      method: 'POST', body: file, credentials: 'same-origin', cache: 'no-store', signal: AbortSignal.timeout(120_000),
      headers: { ...headers, 'Content-Type': 'application/json', 'Accept-Language': locale(), 'Idempotency-Key': key },
    })
    content = await answer.json()
  } catch (reason) {
    throw new NoAnswer(String(reason))
  }
  if (answer.ok) return content as CatalogFileAnswer
  const told = content as Partial<Refused>
  throw new Problem(answer.status, told.code ?? `http${answer.status}`, told.detail ?? '', told.action ?? '', told.errors ?? {})
}

export const parts = ['ticketType', 'day', 'quota', 'quotaDay', 'prices'] as const

export function countOf(answer: CatalogFileAnswer, part: CatalogChange['part']): CatalogFileAnswer['days'] {
  return { ticketType: answer.ticketTypes, day: answer.days, quota: answer.quotas, quotaDay: answer.quotaDays, prices: answer.prices }[part]
}

/** How many changes an import makes; price rules without a start stay out. */
export function changesOf(answer: CatalogFileAnswer): number {
  const all = parts.map((part) => countOf(answer, part)).reduce((sum, count) => sum + count.new + count.changed, 0)
  return answer.pricesStayOut ? all - 1 : all
}

const labels: Record<string, string> = {
  code: 'office.types.code', name: 'office.name', nameEn: 'office.nameEn', tab: 'office.types.tab', visitorType: 'office.types.visitor', keySlot: 'office.types.key',
  proof: 'office.types.proof', heightLimitCm: 'office.types.height', siteIds: 'office.types.sites', fromTime: 'office.files.field.fromTime', toTime: 'office.files.field.toTime',
  weekdayFen: 'office.types.weekdayFen', holidayFen: 'office.types.holidayFen', dailyQuota: 'office.types.quota', attention: 'office.types.attention',
  'sale.way': 'office.types.way', 'sale.opensDays': 'office.types.opens', 'sale.opensAt': 'office.types.opens.at', 'sale.minInOrder': 'office.types.inOrder.min', 'sale.maxInOrder': 'office.types.inOrder.max',
  'sale.channels': 'office.types.channels', 'sale.windowIds': 'office.types.windows',
  'person.asks': 'office.types.person.asks', 'person.scope': 'office.types.person.scope', 'person.ways': 'office.types.person.ways', 'person.limit.perOrder': 'office.types.person.limit.perOrder.label',
  'person.limit.perDay': 'office.types.person.limit.perDay.label', 'person.limit.perPeriod': 'office.types.person.limit.perPeriod.label', 'person.limit.periodDays': 'office.types.person.limit.periodDays',
  'returns.isReturnable': 'office.types.returns', 'returns.steps': 'office.types.returns', 'returns.flatFen': 'office.types.returns.flat',
  'rebooking.isReturnable': 'office.types.rebooking', 'rebooking.steps': 'office.types.rebooking', 'rebooking.flatFen': 'office.types.returns.flat',
  'sharing.ownWeight': 'office.types.sharing.own', 'sharing.partners': 'office.types.sharing',
  keeps: 'office.quotas.keeps', stops: 'office.quotas.stops', warnPercent: 'office.quotas.warnPercent',
  ...Object.fromEntries(['active', 'limit', 'typeIds', 'unlimited', 'quota', 'priceFen', 'from', 'withdrawn', 'minPeople', 'maxPeople'].map((field) => [field, `office.files.field.${field}`])),
}

/** A field by the label of its form; one that no form has a label for by its place. */
export function labelOf(field: string): string {
  const label = labels[field]
  return label ? t(label) : field
}

const codes = ['tab', 'visitorType', 'proof'] as const

/** A value of the file, in JSON, for people: money in yuan, lists with commas. */
export function valueOf({ field }: Pick<FieldChange, 'field'>, json: string | null): string {
  const value: unknown = json === null ? null : JSON.parse(json)
  if (value === null || value === undefined || value === '') return t('office.files.nothing')
  if (typeof value === 'boolean') return t(value ? 'office.files.yes' : 'office.files.no')
  if (typeof value === 'number') return field.endsWith('Fen') ? yuan(value) : String(value)
  if (field === 'sale.channels' && Array.isArray(value)) return value.map((one) => channelWords(String(one))).join(locale() === 'en' ? ', ' : '、')
  if (Array.isArray(value)) return value.length ? value.map((one) => (typeof one === 'string' ? one : JSON.stringify(one))).join(locale() === 'en' ? ', ' : '、') : t('office.files.nothing')
  if (typeof value === 'object') return JSON.stringify(value)
  const text = String(value)
  const kind = codes.find((one) => one === field)
  if (kind) return wordOf(kind, text)
  if (field === 'sale.way') return t(`office.types.way.${text}`)
  if (field === 'person.asks' || field === 'person.scope') return t(`office.types.${field}.${text}`)
  return field === 'from' ? stampOf(text) : text
}

export function nameOf(change: CatalogChange): string {
  const name = change.part === 'prices' ? [t('office.files.part.prices'), change.name].filter(Boolean).join(' ') : change.name
  return change.day ? `${name} · ${dayAndWeekday(change.day)}` : name
}
