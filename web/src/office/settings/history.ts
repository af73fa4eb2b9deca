// Changes of words and parameters in sentences.
import { t } from '../../shared/text'
import type { Parameters, SettingChange } from '../../shared/types'
import { shownOf } from './parameters'

type Word = NonNullable<NonNullable<SettingChange['dictionary']>['changes'][number]['now']>

function wordOf(word: Word): string {
  const names = word.nameEn ? `${word.name} / ${word.nameEn}` : word.name
  return word.active ? names : `${names} (${t('office.words.changed.off')})`
}

export function saysOf({ dictionary, parameters }: SettingChange): string[] {
  if (dictionary) {
    const moved = dictionary.changes.length > 0 && dictionary.changes.every((change) => !change.now)
    if (moved) return [t('office.words.changed.moved')]
    return dictionary.changes.map(({ code, before, now }) => `${code}: ${before ? wordOf(before) : t('office.words.changed.new')} → ${now ? wordOf(now) : ''}`)
  }
  if (!parameters) return []
  // What is 0 may be left out.
  const { now, before } = parameters
  const names = [...new Set([...Object.keys(before), ...Object.keys(now)])] as (keyof Parameters['values'])[]
  const at = (values: Parameters['values'], name: keyof Parameters['values']): number => values[name] ?? 0
  return names.filter((name) => at(now, name) !== at(before, name))
    .map((name) => `${t(`office.parameters.${name}`)}: ${shownOf(name, at(before, name))} → ${shownOf(name, at(now, name))}`)
}
