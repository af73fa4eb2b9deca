import { describe, expect, it } from 'vitest'
import css from './theme.css?raw'

function tokensOf(block: string): Record<string, string> {
  return Object.fromEntries([...block.matchAll(/--([\w-]+):\s*(#[0-9a-f]{6})/g)].map((match) => [match[1]!, match[2]!]))
}
const light = tokensOf(/:root \{([^}]*)\}/.exec(css)![1]!)
const darkBySystem = tokensOf(/not\(\[data-theme="light"\]\) \{([^}]*)\}/.exec(css)![1]!)
const darkByChoice = tokensOf(/\[data-theme="dark"\] \{([^}]*)\}/.exec(css)![1]!)

function luminance(hex: string): number {
  const parts = [1, 3, 5].map((at) => parseInt(hex.slice(at, at + 2), 16) / 255).map((c) => (c <= .03928 ? c / 12.92 : ((c + .055) / 1.055) ** 2.4))
  return .2126 * parts[0]! + .7152 * parts[1]! + .0722 * parts[2]!
}
function contrast(a: string, b: string): number {
  const [high, low] = [luminance(a), luminance(b)].sort((x, y) => y - x)
  return (high! + .05) / (low! + .05)
}
const pairs = ['ink paper', 'ink card', 'ink sunken', 'ink pine-soft', 'ink-soft paper', 'ink-soft card', 'ink-soft pine-soft', 'on-pine pine', 'pine-text card', 'pine-text paper',
  'on-gate gate', 'gate-text card', 'gate-text gate-soft', 'on-ok ok', 'ok-text ok-soft', 'ok-text card', 'on-warn warn', 'warn-text warn-soft', 'warn-text card', 'on-bad bad',
  'bad-text bad-soft', 'bad-text card', 'bad-text pine-soft', 'bar-ink bar']

describe('the theme', () => {
  it.each(pairs)('keeps 4.5:1 for %s in light and dark', (pair) => {
    const [text, ground] = pair.split(' ') as [string, string]
    for (const tokens of [light, darkByChoice]) expect(contrast(tokens[text] ?? light[text]!, tokens[ground] ?? light[ground]!)).toBeGreaterThanOrEqual(4.5)
  })

  it('is equally dark by system and by choice', () => expect(darkBySystem).toEqual(darkByChoice))
})
