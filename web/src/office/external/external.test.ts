import { describe, expect, it } from 'vitest'
import { NoAnswer, Problem } from '../../shared/api'
import { readCode, readLines, textOf } from './codes'
import { piecesOf, Taking, type Progress } from './taking'

describe('a list of foreign codes', () => {
  it('reads codes as the server does', () => {
    expect(['CT-2026-000123', 'ct-2026-000123', '8812 3456 7890', 'ＡＢ１２３４５６', 'https://t.example/v?c=9f31', '1234567', '票号12345678', 'x'.repeat(65)].map(readCode))
      .toEqual(['CT-2026-000123', 'CT-2026-000123', '881234567890', 'AB123456', 'HTTPS://T.EXAMPLE/V?C=9F31', null, null, null])
  })

  it('passes over headings and empty lines and names what is wrong by its line', () => {
    const read = readLines('\uFEFF票码,人数\r\nCT-00000001\r\n\r\nCT-00000002,3\r\nct-00000001\r\nshort\r\nCT-00000003,0\r\nCT-00000004,2,x\r\n"CT-00000005"，２\r\n')
    expect(read.lines).toEqual([{ line: 2, code: 'CT-00000001', people: 1 }, { line: 4, code: 'CT-00000002', people: 3 }, { line: 9, code: 'CT-00000005', people: 2 }])
    expect(read.wrong.map(({ line, fault }) => [line, fault])).toEqual([[6, 'unread'], [7, 'people'], [8, 'columns']])
    expect([read.twice, read.count]).toEqual([1, 7])
  })

  it('finds the one wrong line among a hundred thousand', () => {
    const lines = Array.from({ length: 100_000 }, (_, at) => (at === 54_320 ? '坏行' : `CT-${1e8 + at}`))
    const read = readLines(lines.join('\n'))
    expect([read.lines.length, read.wrong]).toEqual([99_999, [{ line: 54_321, text: '坏行', fault: 'unread' }]])
  })

  it('reads what older spreadsheets write', () => {
    expect(textOf(new Uint8Array([0xc6, 0xb1, 0xc2, 0xeb]).buffer)).toBe('票码')
    expect(textOf(new TextEncoder().encode('票码').buffer as ArrayBuffer)).toBe('票码')
  })
})

const lines = (count: number) => Array.from({ length: count }, (_, at) => ({ line: at + 1, code: `CT-${1e7 + at}`, people: 1 }))

describe('taking a list in', () => {
  it('cuts it into pieces', () => {
    expect(piecesOf(lines(5), 2).map((piece) => piece.map(({ line }) => line))).toEqual([[1, 2], [3, 4], [5]])
  })

  it('asks again under the same key where nobody answered, and goes on', async () => {
    const asked: [number, string][] = []
    const said: Progress[] = []
    const taking = new Taking('list', lines(1200), (progress) => said.push(progress), async (_, piece, key) => {
      asked.push([piece[0]!.line, key])
      if (asked.length === 2) throw new NoAnswer('away')
      return { takenIn: piece.length - 1, knownBefore: 1 }
    }, async () => {})
    expect(await taking.run()).toBe('done')
    expect(asked.map(([line]) => line)).toEqual([1, 501, 501, 1001])
    expect(asked[1]![1]).toBe(asked[2]![1])
    expect(new Set(asked.map(([, key]) => key)).size).toBe(3)
    expect(said.at(-1)).toEqual({ done: 1200, total: 1200, takenIn: 1197, knownBefore: 3 })
  })

  it('gives up after some tries and goes on where it was, still under the same key', async () => {
    const asked: [number, string][] = []
    let away = true
    const taking = new Taking('list', lines(700), () => {}, async (_, piece, key) => {
      asked.push([piece[0]!.line, key])
      if (away && piece[0]!.line === 501) throw new NoAnswer('away')
      return { takenIn: piece.length, knownBefore: 0 }
    }, async () => {})
    await expect(taking.run()).rejects.toBeInstanceOf(NoAnswer)
    away = false
    expect(await taking.run()).toBe('done')
    expect(asked.map(([line]) => line)).toEqual([1, 501, 501, 501, 501, 501])
    expect(new Set(asked.slice(1).map(([, key]) => key)).size).toBe(1)
  })

  it('stops between pieces, keeps what is in, and tells what was refused', async () => {
    const taking: Taking = new Taking('list', lines(1500), () => taking.stop(), async (_, piece) => ({ takenIn: piece.length, knownBefore: 0 }))
    expect(await taking.run()).toBe('stopped')
    expect(taking.progress.done).toBe(500)
    const refused = new Taking('list', lines(10), () => {}, async () => { throw new Problem(400, 'codesWrong', '', '', { 3: ['坏'] }) })
    await expect(refused.run()).rejects.toMatchObject({ code: 'codesWrong', errors: { 3: ['坏'] } })
  })
})
