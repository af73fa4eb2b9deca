// Limits that the server keeps too, said here before anything is sent.
import { t } from '../../shared/text'

/** Field name → sentence. */
export type FieldErrors = Record<string, string>

/** "8", "830", "8：30" as "08:30"; null when it is no time of day. */
export function clockTime(typed: string): string | null {
  const plain = typed.normalize('NFKC').trim()
  const parts = /^(\d{1,2})(?::?(\d{2}))?$/.exec(plain)
  if (!parts) return null
  const hour = Number(parts[1])
  const minute = Number(parts[2] ?? 0)
  if (hour > 23 || minute > 59) return null
  return `${String(hour).padStart(2, '0')}:${String(minute).padStart(2, '0')}`
}

/** The server's words for a field, whatever the case of its first letter and whether it is nested. */
export function wordsOf(errors: Record<string, string[]>): FieldErrors {
  return Object.fromEntries(Object.entries(errors).map(([field, words]) => {
    const name = field.split('.').map((part) => part.charAt(0).toLowerCase() + part.slice(1)).join('.')
    return [name, words.join(' ')]
  }))
}

/** Collects sentences by field; a field keeps its first one. */
export class Checks {
  readonly errors: FieldErrors = {}

  add(field: string, wrong: boolean, sentence: string): this {
    if (wrong && !this.errors[field]) this.errors[field] = sentence
    return this
  }

  text(field: string, value: string, max: number, needed = true): this {
    return this.add(field, needed && value.trim() === '', t('office.field.required')).add(field, value.length > max, t('office.field.length', { max }))
  }

  whole(field: string, value: number | null | undefined, min: number, max: number): this {
    const wrong = value === null || value === undefined || !Number.isInteger(value) || value < min || value > max
    return this.add(field, wrong, t('office.field.between', { min, max }))
  }

  time(field: string, value: string): this {
    return this.add(field, !/^([01]\d|2[0-3]):[0-5]\d$/.test(value), t('office.field.time'))
  }
}
