import { describe, expect, it } from 'vitest'
import { addTexts } from '../../shared/text'
import texts from '../texts'
import { Checks, clockTime, wordsOf } from './check'
import { withRow } from './rows'

addTexts(texts)

describe('what a person types into the office', () => {
  it('reads a time the way people type it', () => {
    expect(['8', '830', '08:30', '8：30', '2359'].map(clockTime)).toEqual(['08:00', '08:30', '08:30', '08:30', '23:59'])
    expect(['24', '8:60', 'noon', ''].map(clockTime)).toEqual([null, null, null, null])
  })

  it('names the first thing wrong with a field', () => {
    const { errors } = new Checks().text('name', ' ', 40).text('nameEn', '', 40, false).whole('capacity', 1.5, 0, 9).time('opensAt', '8:30')
    expect(Object.keys(errors)).toEqual(['name', 'capacity', 'opensAt'])
    expect(errors['name']).toBe('请填写')
  })

  it('finds the field whatever the case in which the server names it', () => {
    expect(wordsOf({ 'Printer.Kind': ['不认识'], name: ['太长', '有空格'] })).toEqual({ 'printer.kind': '不认识', name: '太长 有空格' })
  })

  it('replaces a record in its place and adds a new one at the end', () => {
    const rows = [{ id: 'a', n: 1 }, { id: 'b', n: 1 }]
    expect(withRow(rows, { id: 'a', n: 2 })).toEqual([{ id: 'a', n: 2 }, { id: 'b', n: 1 }])
    expect(withRow(rows, { id: 'c', n: 1 }).map((row) => row.id)).toEqual(['a', 'b', 'c'])
  })
})
