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
  const names = Object.keys(parameters.now) as (keyof Parameters['values'])[]
  return names.filter((name) => parameters.now[name] !== parameters.before[name])
    .map((name) => `${t(`office.parameters.${name}`)}: ${shownOf(name, parameters.before[name])} → ${shownOf(name, parameters.now[name])}`)
}
