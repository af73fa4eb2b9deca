import { describe, expect, it } from 'vitest'
import { addTexts } from '../../shared/text'
import type { TicketType } from '../../shared/types'
import texts from '../texts'
import { copyOf, freshType, givenAtPrice, holderOfKey, isComplimentary, saleWith, typeErrors } from './type'

addTexts(texts)

const adult: TicketType = { ...freshType('a', ['s']), name: '成人票', code: 'A1', keySlot: 1, weekdayFen: 8000, holidayFen: 12000 }
const child: TicketType = { ...adult, id: 'c', name: '儿童票', code: 'C1', keySlot: 2 }

describe('a ticket type before it is sent', () => {
  it('begins with the hours of the park', () => {
    const { fromTime, toTime } = freshType('a', ['s'], { opensAt: '06:30:00', closesAt: '22:00:00' })
    expect([fromTime, toTime]).toEqual(['06:30', '22:00'])
    expect(adult.fromTime).toBe('08:00')
  })

  it('accepts a complete one', () => {
    expect(typeErrors(child, [adult, child])).toEqual({})
  })

  it('names the type that holds the same digit, and only while both are active', () => {
    const twin = { ...child, keySlot: 1 }
    expect(typeErrors(twin, [adult])['keySlot']).toContain('成人票')
    expect(typeErrors({ ...twin, active: false }, [adult])).toEqual({})
    expect(holderOfKey(1, [{ ...adult, active: false }], 'c')).toBeUndefined()
    expect(holderOfKey(null, [adult], 'c')).toBeUndefined()
  })

  it('refuses a code of another type, small letters and an empty one', () => {
    expect(typeErrors({ ...child, code: 'A1' }, [adult])['code']).toContain('成人票')
    expect(typeErrors({ ...child, code: 'c1' }, [])).toHaveProperty('code')
    expect(typeErrors({ ...child, code: '' }, [])['code']).toBe('请填写')
  })

  it('needs a height only when the height is checked', () => {
    expect(typeErrors({ ...child, proof: 'height' }, [])).toHaveProperty('heightLimitCm')
    expect(typeErrors({ ...child, proof: 'height', heightLimitCm: 120 }, [])).toEqual({})
  })

  it('refuses people and hours in the wrong order, no site, and an amount that is none', () => {
    const wrong = { ...child, minPeople: 10, maxPeople: 5, fromTime: '17:00', toTime: '17:00', siteIds: [], weekdayFen: null as unknown as number }
    expect(Object.keys(typeErrors(wrong, [])).sort()).toEqual(['maxPeople', 'siteIds', 'toTime', 'weekdayFen'])
  })

  it('keeps terms of sale only while one is said, and refuses numbers in the wrong order', () => {
    const sale = saleWith(null, { opensDays: 7, opensAt: '08:00' })
    expect(sale).toEqual({ opensDays: 7, opensAt: '08:00', minInOrder: null, maxInOrder: null, way: 'sold' })
    expect(saleWith(sale, { opensDays: null, opensAt: null })).toBeNull()
    expect(typeErrors({ ...child, sale: saleWith(null, { minInOrder: 5, maxInOrder: 4 }) }, [])).toHaveProperty('sale.maxInOrder')
    expect(typeErrors({ ...child, sale: saleWith(null, { opensDays: 400, opensAt: '' }) }, [])).toHaveProperty('sale.opensDays')
    expect(typeErrors({ ...child, sale }, [])).toEqual({})
  })

  it('stays complimentary whatever else of its sale is changed, and in a copy', () => {
    const given = saleWith(saleWith(null, { way: 'complimentary' }), { maxInOrder: 5 })
    expect(given).toMatchObject({ way: 'complimentary', maxInOrder: 5 })
    expect(saleWith(given, { maxInOrder: null })).toMatchObject({ way: 'complimentary' })
    expect(saleWith(saleWith(given, { maxInOrder: null }), { way: 'sold' })).toBeNull()
    expect(isComplimentary(copyOf({ ...child, sale: given }, 'x'))).toBe(true)
    expect(isComplimentary(child)).toBe(false)
  })

  it('is warned of when it is complimentary and has a price, which price rules do not ask', () => {
    const given = { ...child, sale: saleWith(null, { way: 'complimentary' }) }
    expect(givenAtPrice(given, false)).toBe(true)
    expect(givenAtPrice(given, true)).toBe(false)
    expect(givenAtPrice({ ...given, weekdayFen: 0, holidayFen: 0 }, false)).toBe(false)
    expect(givenAtPrice(child, false)).toBe(false)
    expect(typeErrors(given, [])).toEqual({})
  })
})
