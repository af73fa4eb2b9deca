// Parameters as the office types and shows them: amounts in yuan, all else as it is counted.
import { yuan } from '../../shared/money'
import { t } from '../../shared/text'
import type { Parameters } from '../../shared/types'
import { Checks, type FieldErrors } from '../frame/check'

export type Name = keyof Parameters['values']
export type Limits = Parameters['limits'][number]

/** Every value of them: what the server leaves out is as it ordinarily is. */
export const wholeOf = (parameters: Parameters): Parameters =>
  ({ ...parameters, values: { ...Object.fromEntries(parameters.limits.map((limits) => [limits.name, limits.ordinary])), ...parameters.values } })

/** A value with its unit. */
export const shownOf = (name: string, value: number): string =>
  name === 'secondPerson' ? t(value ? 'office.parameters.yes' : 'office.parameters.no') : name.endsWith('Fen') ? yuan(value) : String(value)

/** Between which values a parameter may be, in one sentence. */
export function limitsText(limits: Limits): string {
  const of = (value: number): string => (limits.unit === 'fen' ? (value / 100).toString() : String(value))
  return t('office.parameters.limits', { min: of(limits.min), max: of(limits.max), ordinary: of(limits.ordinary), unit: t(`office.parameters.unit.${limits.unit}`) })
}

export function parameterErrors(parameters: Parameters): FieldErrors {
  const checks = new Checks()
  for (const limits of parameters.limits) {
    const value: number | null = parameters.values[limits.name as Name] ?? null
    const wrong = value === null || !Number.isInteger(value) || value < limits.min || value > limits.max
    checks.add(`values.${limits.name}`, wrong, t('office.parameters.limits.wrong', { min: shownOf(limits.name, limits.min), max: shownOf(limits.name, limits.max) }))
  }
  return checks.errors
}
