import { describe, expect, it } from 'vitest'
import type { Texts } from './text'

/* Every desk's texts, whether whole or one file for each language. */
const whole = import.meta.glob<{ default: Texts | object }>(['../**/texts.ts', '../**/*Texts.ts'], { eager: true })
const parts = import.meta.glob<{ default: Record<string, string> }>('../**/texts*.{zh,en}.ts', { eager: true })
const sources = import.meta.glob<string>(['../**/*.vue', '../**/*.ts', '!../**/*.test.ts'], { eager: true, query: '?raw', import: 'default' })

const files: { name: string; texts: Texts }[] = []
for (const [name, module] of Object.entries(whole)) {
  const texts = module.default as Texts
  if (typeof texts.zh === 'object') files.push({ name, texts })
}
for (const [name, module] of Object.entries(parts)) {
  if (!name.endsWith('.zh.ts')) continue
  files.push({ name, texts: { zh: module.default, en: parts[name.replace('.zh.ts', '.en.ts')]?.default ?? {} } })
}
const known = new Set(files.flatMap(({ texts }) => Object.keys(texts.zh)))
const holes = (text: string) => [...text.matchAll(/\{\w+\}/g)].map((match) => match[0]).sort().join(' ')

describe('texts', () => {
  it('are found for every desk', () => {
    for (const desk of ['home', 'login', 'setup', 'counter', 'gate', 'shared']) expect(files.some(({ name }) => name.replace('./texts', 'shared').includes(desk)), desk).toBe(true)
  })

  it.each(files)('of $name have the same keys in both languages, none of them empty', ({ texts }) => {
    expect(Object.keys(texts.en).sort()).toEqual(Object.keys(texts.zh).sort())
    for (const text of [...Object.values(texts.zh), ...Object.values(texts.en)]) expect(text.trim()).not.toBe('')
  })

  it.each(files)('of $name take the same parameters in both languages', ({ texts }) => {
    for (const [key, text] of Object.entries(texts.zh)) expect(`${key} ${holes(texts.en[key] ?? '')}`).toBe(`${key} ${holes(text)}`)
  })

  it.each(files)('of $name hold no Chinese in English', ({ texts }) => {
    for (const [key, text] of Object.entries(texts.en)) if (key !== 'shared.otherLanguage') expect(text, key).not.toMatch(/\p{Script=Han}/u)
  })

  it('define no key twice', () => {
    const all = files.flatMap(({ texts }) => Object.keys(texts.zh))
    expect(all.filter((key, at) => all.indexOf(key) !== at)).toEqual([])
  })

  it('exist for every key that a page names', () => {
    const missing: string[] = []
    for (const [name, source] of Object.entries(sources)) {
      if (/texts/i.test(name)) continue
      for (const match of source.matchAll(/\bt\(\s*'([^'$]+)'/g)) if (!known.has(match[1]!)) missing.push(`${name}: ${match[1]}`)
      for (const match of source.matchAll(/\bt\(\s*`([a-zA-Z.]+\.)\$\{/g)) if (![...known].some((key) => key.startsWith(match[1]!))) missing.push(`${name}: ${match[1]}…`)
    }
    expect(missing).toEqual([])
  })
})
