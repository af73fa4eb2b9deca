import { describe, expect, it } from 'vitest'
import { addTexts } from '../../shared/text'
import { mostAtOnce, quotePath, reasonWords } from './returning'
import texts from './texts'

addTexts(texts)

describe('a return', () => {
  it('asks what comes back once everything is said that it hangs on', () => {
    const asked = { tickets: ['a', 'b'], kind: 'return' as const, reason: 'plans' }
    expect(quotePath('o', asked, 's')).toBe('/api/orders/o/refund?tickets=a,b&kind=return&reason=plans&shiftId=s')
    for (const less of [{ tickets: [] }, { tickets: Array(mostAtOnce + 1).fill('a') as string[] }, { reason: '' }]) expect(quotePath('o', { ...asked, ...less }, 's')).toBeNull()
    expect(quotePath('o', asked, undefined)).toBeNull()
  })

  it('names the rate of a reason that has one', () => {
    const word = { code: 'x', name: '打印损坏', nameEn: '', active: true }
    expect(reasonWords(word)).toBe('打印损坏')
    expect(reasonWords({ ...word, backRate: 8050 })).toBe('打印损坏（退 80.5%）')
    expect(reasonWords({ ...word, backRate: 0 })).toBe('打印损坏（退 0%）')
  })
})
