import { describe, expect, it } from 'vitest'
import { addTexts } from '../shared/text'
import type { RefusalReason } from '../shared/types'
import { hoursOf, hourText, sheetOf } from './table'
import texts from './texts'

addTexts(texts)

const hour = (at: number, tickets: number) => ({ hour: at, tickets, people: tickets, fen: tickets * 8000, admitted: 0 })

describe('the tables of the day report', () => {
  it('adds counts and money up, and leaves words alone', () => {
    const rows = [{ name: '成人票', tickets: 1200, fen: 9_600_000 }, { name: '儿童票', tickets: 34, fen: 136_050 }]
    const sheet = sheetOf('byType', rows, [
      { label: 'report.type', kind: 'text', of: (row) => row.name }, { label: 'report.tickets', kind: 'count', of: (row) => row.tickets },
      { label: 'report.sales', kind: 'fen', of: (row) => row.fen },
    ])
    expect(sheet.rows[0]).toEqual(['成人票', '1,200', '¥96,000.00'])
    expect(sheet.total).toEqual(['合计', '1,234', '¥97,360.50'])
  })

  it('adds nothing up below a single row', () => {
    expect(sheetOf('byClerk', [{ n: 1 }], [{ label: 'a', kind: 'count', of: (row) => row.n }]).total).toBeNull()
  })

  it('keeps a quiet hour between busy ones and drops the night', () => {
    const hours = hoursOf({ byHour: [hour(0, 0), hour(8, 5), hour(10, 2), hour(23, 0)] })
    expect(hours.map((one) => [one.hour, one.tickets])).toEqual([[8, 5], [9, 0], [10, 2]])
    expect(hoursOf({ byHour: [] })).toEqual([])
    expect(hourText(23)).toBe('23:00–00:00')
  })

  it('has words for every refusal in both languages', () => {
    const reasons: Record<RefusalReason, true> = {
      unknownCode: true, damagedCode: true, foreignPark: true, alteredCode: true, alreadyUsed: true, tooManyPeople: true, wrongDay: true,
      tooEarly: true, tooLate: true, wrongSite: true, returned: true, voided: true, parkFull: true, laneExitOnly: true, dayClosed: true, blackoutDay: true, usedToday: true, tooSoon: true, exchanged: true,
    }
    for (const reason of Object.keys(reasons)) {
      expect(texts.zh).toHaveProperty([`report.reason.${reason}`])
      expect(texts.en).toHaveProperty([`report.reason.${reason}`])
    }
  })
})
