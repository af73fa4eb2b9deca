// A list of the dictionary while it is edited: what is wrong with it, and what saving it will do.
import { t } from '../../shared/text'
import type { Dictionary, DictionaryEntry } from '../../shared/types'
import { Checks, type FieldErrors } from '../frame/check'

export const kinds = ['visitorType', 'proof', 'tab', 'origin', 'returnReason', 'countReason', 'complimentaryReason', 'partner', 'agency'] as const

/** Nobody has partners or agencies before naming them, and may have none any more. */
const mayBeEmpty: readonly string[] = ['partner', 'agency']

/** The list with the entry at a place moved by one. */
export function moved(entries: readonly DictionaryEntry[], at: number, by: 1 | -1): DictionaryEntry[] {
  const next = [...entries]
  const [entry] = next.splice(at, 1)
  if (entry) next.splice(at + by, 0, entry)
  return next
}

export function wordErrors(list: Pick<Dictionary, 'entries' | 'kind'>): FieldErrors {
  const checks = new Checks().add('entries', !mayBeEmpty.includes(list.kind) && !list.entries.some((entry) => entry.active), t('office.words.noneActive'))
  list.entries.forEach((entry, at) => {
    const others = list.entries.filter((other) => other !== entry)
    checks.text(`entries[${at}].name`, entry.name, 20).text(`entries[${at}].nameEn`, entry.nameEn, 40, false)
      .add(`entries[${at}].code`, !/^[A-Za-z0-9]{1,24}$/.test(entry.code), t('office.words.code.bad'))
      .add(`entries[${at}].code`, others.some((other) => other.code.toLowerCase() === entry.code.toLowerCase()), t('office.words.twice'))
      .add(`entries[${at}].name`, entry.active && others.some((other) => other.active && other.name.trim() === entry.name.trim()), t('office.words.twice'))
  })
  return checks.errors
}

/** The words that saving takes out of use. */
export const takenOut = (before: readonly DictionaryEntry[], now: readonly DictionaryEntry[]): DictionaryEntry[] =>
  now.filter((entry) => !entry.active && before.some((old) => old.code === entry.code && old.active))

/** What saving will do, a sentence for each change. */
export function willDo(before: readonly DictionaryEntry[], now: readonly DictionaryEntry[]): string[] {
  const says = now.flatMap((entry) => {
    const old = before.find((one) => one.code === entry.code)
    const words = { before: old?.name ?? '', now: entry.name, nowEn: entry.nameEn, code: entry.code }
    if (!old) return [t('office.words.will.new', words)]
    return [
      ...(old.name !== entry.name ? [t('office.words.will.renamed', words)] : []),
      ...(old.nameEn !== entry.nameEn ? [t('office.words.will.renamedEn', words)] : []),
      ...((old.backRate ?? null) !== (entry.backRate ?? null) ? [entry.backRate == null ? t('office.words.will.noRate', words) : t('office.words.will.rate', { ...words, percent: `${entry.backRate / 100}%` })] : []),
      ...(old.active !== entry.active ? [t(entry.active ? 'office.words.will.on' : 'office.words.will.off', words)] : []),
    ]
  })
  const order = now.map((entry) => entry.code).filter((code) => before.some((old) => old.code === code))
  return before.some((old, at) => old.code !== order[at]) ? [...says, t('office.words.will.order')] : says
}
