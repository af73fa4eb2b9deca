// What is asked when prices are tried.
import { serverNow } from '../../shared/api'
import { t } from '../../shared/text'
import type { PriceVersionLine, TicketType } from '../../shared/types'
import { stateOf } from './draft'

export interface TrialLine { typeId: string; quantity: number; people: number }
export interface Trial {
  day: string
  lines: TrialLine[]
  /** Instant of the sale; null = now. */
  at: string | null
  channel: string
  level: string
  /** Its code; empty = none. */
  agency: string
}

export const lineOf = (type: TicketType, quantity = 1): TrialLine => ({ typeId: type.id, quantity, people: type.minPeople })

/** A family of four where the park has tickets for grown-ups and children, else one of the first type. */
export function familyOf(types: readonly TicketType[]): TrialLine[] {
  const active = types.filter((type) => type.active)
  const pick = (visitor: TicketType['visitorType']): TicketType | undefined => active.find((type) => type.visitorType === visitor && type.minPeople === 1)
  const [adult, child] = [pick('adult'), pick('child')]
  if (adult && child) return [lineOf(adult, 2), lineOf(child, 2)]
  return active.slice(0, 1).map((type) => lineOf(type))
}

export function trialPath(trial: Trial): string {
  const query = new URLSearchParams({ day: trial.day, lines: trial.lines.map((line) => `${line.typeId}:${line.quantity}:${line.people}`).join(',') })
  if (trial.at) query.set('at', trial.at)
  if (trial.channel.trim()) query.set('channel', trial.channel.trim())
  if (trial.level.trim()) query.set('level', trial.level.trim())
  if (trial.agency) query.set('agency', trial.agency)
  return `/api/quote?${query}`
}

/** Why nothing can be asked yet; empty when it can. */
export function trialFault(trial: Trial): string {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(trial.day)) return t('office.prices.try.noDay')
  if (trial.lines.length === 0 || trial.lines.some((line) => !line.typeId || !line.quantity || !line.people)) return t('office.prices.try.noLines')
  return ''
}

/** Why an answer has no rule to name, and how to come by one. */
export function noReasons(versions: readonly PriceVersionLine[], now = serverNow()): string {
  if (versions.length === 0) return t('office.prices.try.noRules', { begin: t('office.prices.empty.begin') })
  return t(versions.some((version) => stateOf(version, now) === 'toCome') ? 'office.prices.try.notYet' : 'office.prices.try.noneHolds', { sale: t('office.prices.try.sale'), begin: t('office.prices.new') })
}
