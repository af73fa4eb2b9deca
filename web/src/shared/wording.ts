import { shallowRef } from 'vue'
import { api } from './api'
import { named } from './text'
import type { Dictionary, DictionaryEntry, DictionaryKind } from './types'

/* The park's own words (字典) for the codes that types, tickets and orders keep. */
const lists = shallowRef<Dictionary[]>([])

export const takeWording = (all: Dictionary[]) => { lists.value = all }
/** Reads them anew. Without an answer the old ones stay. */
export const loadWording = () => api.get<Dictionary[]>('/api/dictionaries').then(takeWording, () => {})

/** The words of a list that may be chosen, and beside them the one that is chosen already. */
export function wordsOf(kind: DictionaryKind, chosen?: string): DictionaryEntry[] {
  return lists.value.find((list) => list.kind === kind)?.entries.filter((word) => word.active || word.code === chosen) ?? []
}

/** What the park calls a code; the code itself where it has no name for it yet. */
export function wordOf(kind: DictionaryKind, code: string): string {
  const word = wordsOf(kind, code).find((one) => one.code === code)
  return word ? named(word.name, word.nameEn) : code
}
