import { describe, expect, it } from 'vitest'
import { barSvg, inGroups, qrSvg } from './codes'

describe('codes on paper', () => {
  it('draw bars as filled areas of whole modules', () => {
    const svg = barSvg('Q26DYY39YH7JDPE1')
    expect(svg).not.toContain('stroke')
    const bars = [...svg.matchAll(/M([\d.]+) 0h(\d+)V/g)].map((match) => ({ from: Number(match[1]), width: Number(match[2]) }))
    // Sixteen letters: start, sixteen characters and check of three bars each, stop of four, unless digits are packed.
    expect(bars.length).toBeGreaterThanOrEqual(40)
    for (const { from, width } of bars) {
      expect(from % 2).toBe(0)
      expect([2, 4, 6, 8]).toContain(width)
    }
    expect(svg).toMatch(/width="[\d.]+mm"/)
  })

  it('draw another QR code for another text', () => expect(qrSvg('SM1:AB')).not.toBe(qrSvg('SM1:AC')))
  it('group what people read', () => expect(inGroups('Q26DYY39YH7JDPE1')).toBe('Q26D YY39 YH7J DPE1'))
})
