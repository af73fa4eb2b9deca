import { describe, expect, it, vi } from 'vitest'
import { NoAnswer, Problem } from '../../shared/api'
import texts from '../texts'
import { addTexts } from '../../shared/text'
import type { CatalogFileAnswer } from '../../shared/types'
import { takeWording } from '../../shared/wording'
import { changesOf, labelOf, nameOf, sendFile, valueOf } from './file'

addTexts(texts)
const none = { new: 0, changed: 0, same: 0 }
const answer: CatalogFileAnswer = {
  state: 'x', ticketTypes: { new: 2, changed: 1, same: 9 }, days: { new: 3, changed: 0, same: 0 }, quotas: none, quotaDays: none, prices: { new: 0, changed: 1, same: 0 },
  pastDays: 0, pricesStayOut: false, changes: [], changesLeftOut: 0,
}

describe('the catalogue as a file', () => {
  it('counts the changes that will be made, and not prices that stay out', () => {
    expect(changesOf(answer)).toBe(7)
    expect(changesOf({ ...answer, pricesStayOut: true })).toBe(6)
  })

  it('puts fields and values into the words of the forms, and what no form knows as it is', () => {
    expect(labelOf('weekdayFen')).toBe('平日价')
    expect(labelOf('admission.days')).toBe('admission.days')
    expect(valueOf({ field: 'weekdayFen' }, '9000')).toContain('90')
    expect(valueOf({ field: 'maxPeople' }, '9000')).toBe('9000')
    expect([null, '""', '[]'].map((value) => valueOf({ field: 'attention' }, value))).toEqual(['无', '无', '无'])
    expect(valueOf({ field: 'active' }, 'false')).toBe('否')
    expect(valueOf({ field: 'proof' }, '"idCard"')).toBe('idCard')
    takeWording([{ kind: 'proof', edit: 1, entries: [{ code: 'idCard', name: '身份证件', nameEn: 'ID', active: false }], builtIn: [] }])
    expect(valueOf({ field: 'proof' }, '"idCard"')).toBe('身份证件')
    expect(valueOf({ field: 'siteIds' }, '["东山","西山"]')).toBe('东山、西山')
    expect(nameOf({ part: 'day', name: 'ADULT', day: '2026-12-01', isNew: true, fields: [] })).toContain('ADULT · ')
  })

  it('sends the file as it is, and tells what the server says or that it says nothing', async () => {
    const file = new Blob(['{ "format": 1 }'])
    const fetched = vi.fn(async (_path: string, _init: RequestInit) => new Response(JSON.stringify({ code: 'fileRefused', detail: '错', action: '改', errors: { 'days[0]': ['第 3 行'] } }), { status: 400 }))
    vi.stubGlobal('fetch', fetched)
    await expect(sendFile(file, { dryRun: true, expects: '' })).rejects.toMatchObject({ status: 400, code: 'fileRefused', errors: { 'days[0]': ['第 3 行'] } } satisfies Partial<Problem>)
    expect(fetched.mock.calls[0]![0]).toBe('/api/catalogue?dryRun=true')
    expect(fetched.mock.calls[0]![1].body).toBe(file)
    vi.stubGlobal('fetch', async () => new Response('<html>', { status: 502 }))
    await expect(sendFile(file, {})).rejects.toBeInstanceOf(NoAnswer)
    vi.unstubAllGlobals()
  })
})
