// What a return of a type costs, or a rebooking, as the form makes it; the server keeps the same limits.
import { yuan } from '../../shared/money'
import { t } from '../../shared/text'
import type { ReturnTerms, TicketType } from '../../shared/types'
import type { Checks } from '../frame/check'

export const stepsMax = 6
export const hoursMax = 8784
export const flatMax = 1_000_000
/** Both have the same form. */
export type ReturnPart = 'returns' | 'rebooking'
export type ReturnMode = 'free' | 'terms' | 'never'

export const modeOf = (terms: ReturnTerms | null): ReturnMode => (!terms ? 'free' : terms.isReturnable ? 'terms' : 'never')

/** The terms with which a way of returning begins: free until two days before, a fifth kept until the visit begins. */
export function termsOf(mode: ReturnMode): ReturnTerms | null {
  if (mode === 'free') return null
  return mode === 'never' ? { isReturnable: false, steps: [], flatFen: 0 } : { isReturnable: true, steps: [{ hoursBefore: 48, keepRate: 0 }, { hoursBefore: 0, keepRate: 2000 }], flatFen: 0 }
}

/** One step more, half as near to the visit as the last one. */
export function withStep(terms: ReturnTerms): ReturnTerms {
  const hours = terms.steps.map((step) => step.hoursBefore)
  let next = hours.length ? Math.floor(Math.min(...hours) / 2) : 24
  while (hours.includes(next)) next--
  return { ...terms, steps: [...terms.steps, { hoursBefore: next, keepRate: terms.steps.at(-1)?.keepRate ?? 0 }] }
}

export function returnErrors(terms: ReturnTerms, part: ReturnPart, checks: Checks): void {
  const whole = (number: number | null, least: number, most: number): boolean => number !== null && Number.isInteger(number) && number >= least && number <= most
  checks.add(`${part}.flatFen`, !whole(terms.flatFen, 0, flatMax), t('office.field.money'))
  terms.steps.forEach((step, at) => {
    checks.add(`${part}.steps[${at}]`, !whole(step.hoursBefore, -hoursMax, hoursMax), t('office.types.returns.hours.wrong', { max: hoursMax }))
      .add(`${part}.steps[${at}]`, !whole(step.keepRate, 0, 10_000), t('office.types.returns.keep.wrong'))
      .add(`${part}.steps[${at}]`, terms.steps.some((other, place) => place < at && other.hoursBefore === step.hoursBefore), t('office.types.returns.twice'))
  })
}

const percent = (rate: number): string => `${rate / 100}%`

/** The terms in sentences, from most hours to fewest. */
export function returnsSentence(terms: ReturnTerms | null, part: ReturnPart): string {
  if (!terms) return t(`office.types.${part}.free.says`)
  if (!terms.isReturnable) return t(`office.types.${part}.never.says`)
  const flat = terms.flatFen ? t('office.types.returns.flat.says', { yuan: yuan(terms.flatFen) }) : ''
  const steps = [...terms.steps].sort((a, b) => b.hoursBefore - a.hoursBefore)
  if (!steps.length) return flat || t(`office.types.${part}.free.says`)
  const says = steps.map(({ hoursBefore, keepRate }) => t(hoursBefore > 0 ? 'office.types.returns.before.says' : hoursBefore === 0 ? 'office.types.returns.begin.says' : 'office.types.returns.after.says',
    { hours: Math.abs(hoursBefore), keep: keepRate ? t('office.types.returns.keep.says', { percent: percent(keepRate) }) : t(`office.types.${part}.all.says`) }))
  return [...says, t(`office.types.${part}.late.says`), flat].filter(Boolean).join(t('office.types.returns.next'))
}

/** The type as its way of returning or rebooking was chosen. */
export function choose(type: TicketType, part: ReturnPart, mode: ReturnMode): void {
  if (mode !== modeOf(type[part])) type[part] = termsOf(mode)
}
