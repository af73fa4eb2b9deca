import { describe, expect, it } from 'vitest'
import type { Board } from '../shared/types'
import { crowdOf, curveOf, headAndRest, netFen, risenBetween } from './figures'

function board(more: Partial<Board> = {}): Board {
  return {
    version: 1, at: '2026-10-01T02:00:00.000Z', businessDay: '2026-10-01', simulation: false, parkName: '灯山',
    inside: 10, capacity: 100, entered: 12, exited: 2, refused: 0, tickets: 9, people: 12, moneyFen: 96000, refundsFen: 8000,
    gates: [], windows: [], minutes: [], types: [], ...more,
  }
}

describe('what the board derives', () => {
  it('shows rises between two snapshots and never a fall', () => {
    const risen = risenBetween(board(), board({ entered: 15, moneyFen: 90000 }))
    expect(risen).toEqual({ entered: 3 })
  })

  it('starts a new business day without rises', () => {
    expect(risenBetween(board(), board({ businessDay: '2026-10-02', entered: 400 }))).toEqual({})
    expect(risenBetween(null, board())).toEqual({})
  })

  it('takes refunds off the money', () => {
    expect(netFen(board())).toBe(88000)
  })

  it('names the crowd by its share of the capacity', () => {
    expect(crowdOf(69, 100).crowd).toBe('easy')
    expect(crowdOf(70, 100).crowd).toBe('busy')
    expect(crowdOf(90, 100).crowd).toBe('nearlyFull')
    expect(crowdOf(100, 100).crowd).toBe('full')
    expect(crowdOf(5, 0)).toEqual({ share: 0, crowd: 'unknown' })
  })

  it('draws a quiet minute as zero, also across midnight', () => {
    const minutes = [
      { minute: '23:58', entered: 4, tickets: 1, fen: 0 },
      { minute: '00:01', entered: 2, tickets: 0, fen: 0 },
    ]
    expect(curveOf(minutes).map((point) => [point.minute, point.entered]))
      .toEqual([['23:58', 4], ['23:59', 0], ['00:00', 0], ['00:01', 2]])
  })

  it('keeps every row either in the head or in the rest', () => {
    expect(headAndRest([1, 2, 3, 4], 4)).toEqual({ head: [1, 2, 3, 4], rest: [] })
    expect(headAndRest([1, 2, 3, 4, 5], 4)).toEqual({ head: [1, 2, 3], rest: [4, 5] })
  })
})
