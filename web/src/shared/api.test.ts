import { describe, expect, it } from 'vitest'
import { lightOf } from './connection'
import { newKey } from './api'

describe('keys', () => {
  it('are UUIDs of version 7 that begin with the time', () => {
    const key = newKey(Date.UTC(2026, 10, 21, 4, 5, 6, 789))
    expect(key).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/)
    expect(parseInt(key.replaceAll('-', '').slice(0, 12), 16)).toBe(Date.UTC(2026, 10, 21, 4, 5, 6, 789))
  })

  it('differ each time', () => expect(new Set(Array.from({ length: 1000 }, () => newKey(1))).size).toBe(1000))
})

describe('the connection light', () => {
  it.each([
    [0, 900, 'green'], [1, 1900, 'green'], [2, 2500, 'amber'], [2, 3000, 'red'], [3, 3100, 'red'], [0, 3500, 'green'],
  ] as const)('%d misses and %d ms of silence show %s', (misses, silent, light) => expect(lightOf(misses, silent)).toBe(light))
})
