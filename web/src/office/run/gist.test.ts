import { describe, expect, it } from 'vitest'
import { facts } from '../texts/facts'
import { gistOf } from './gist'

const sources = import.meta.glob<string>('../../../../src/**/*.cs', { eager: true, query: '?raw', import: 'default' })

describe('a fact in the log', () => {
  it('is told in its own words, without ids, with money in yuan', () => {
    expect(gistOf('{"ticketId":"01a2","shortCode":"A1Y4","typeName":"团体票","typeNameEn":"Group","people":24,"reference":"","reason":null}'))
      .toBe('shortCode A1Y4 · typeName 团体票 · people 24')
    expect(gistOf('{"order":{"id":"x","totalFen":209000,"lines":[{},{}]},"payments":[{"method":"cash","amountFen":209000}]}'))
      .toBe('total ¥2,090.00 · lines × 2 · method cash · amount ¥2,090.00')
  })

  it('stays as it is when it is no JSON', () => expect(gistOf('plain words')).toBe('plain words'))

  it('has a name in both languages', () => {
    const recorded = Object.values(sources).flatMap((text) => [...text.matchAll(/\.Record\(nameof\((\w+)\)/g)].map((found) => found[1]!))
    expect(recorded.length).toBeGreaterThan(25)
    for (const kind of recorded) expect(Object.keys(facts)).toContain(`office.fact.${kind}`)
  })
})
