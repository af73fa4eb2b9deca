import { describe, expect, it } from 'vitest'
import { addTexts } from '../../shared/text'
import type { PriceVersionLine } from '../../shared/types'
import texts from '../texts'
import { noReasons } from './trial'

addTexts(texts)
const now = new Date('2026-10-01T00:00:00Z')
const version = (from: string, withdrawn = false): PriceVersionLine => ({ id: from, number: 1, from, withdrawn, holds: false })

describe('an answer without reasons', () => {
  it('says why there are none and how to begin', () => {
    expect(noReasons([], now)).toContain('“按现在的价格起草”')
    expect(noReasons([version('2026-10-02T00:00:00Z')], now)).toContain('“何时购票”')
    expect(noReasons([version('2026-10-02T00:00:00Z', true)], now)).toContain('“新版本”')
  })
})
