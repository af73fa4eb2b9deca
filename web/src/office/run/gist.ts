import { yuan } from '../../shared/money'

/* Ids, keys and codes of the machine say nothing to the person who reads; the whole fact can be opened below. */
const silent = /(^id|Ids?|^code|Hash|Version|root|seal|Heads|^sheet|En)$/

/** A fact in one line: its own words and numbers, money in yuan, lists by their length. What is no JSON stays as it is. */
export function gistOf(text: string): string {
  try {
    return parts(JSON.parse(text) as unknown).join(' · ')
  } catch {
    return text
  }
}

function parts(value: unknown): string[] {
  if (typeof value !== 'object' || value === null) return []
  return Object.entries(value).flatMap(([name, of]) => {
    if (silent.test(name) || of === null || of === '' || (Array.isArray(of) && of.length === 0)) return []
    if (Array.isArray(of)) return of.every((one) => typeof one === 'string') ? [`${name} ${of.join(', ')}`] : of.length === 1 ? parts(of[0]) : [`${name} × ${of.length}`]
    if (typeof of === 'object') return parts(of)
    if (typeof of === 'number' && name.endsWith('Fen')) return [`${name.slice(0, -3)} ${yuan(of)}`]
    return [`${name} ${String(of)}`]
  })
}
