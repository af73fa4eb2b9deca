import { describe, expect, it } from 'vitest'
import { addTexts } from '../../shared/text'
import type { DictionaryEntry } from '../../shared/types'
import texts from '../texts'
import { moved, takenOut, willDo, wordErrors } from './words'

addTexts(texts)
const word = (code: string, name: string, active = true): DictionaryEntry => ({ code, name, nameEn: '', active })
const list = [word('adult', '成人'), word('child', '儿童'), word('any', '不限')]

describe('a list of the dictionary', () => {
  it('says what saving it will do', () => {
    expect(willDo(list, list)).toEqual([])
    expect(willDo(list, [word('adult', '大人'), word('child', '儿童', false), word('any', '不限'), word('vip', '贵宾')]))
      .toEqual(['“成人”改名为“大人”', '停用“儿童”，不再供选择', '新增“贵宾”（vip）'])
    expect(willDo(list, moved(list, 2, -1))).toEqual(['按新的顺序显示'])
    expect(willDo(list, [word('vip', '贵宾'), ...list])).toEqual(['新增“贵宾”（vip）'])
  })

  it('names what is taken out of use, not what was so before', () => {
    expect(takenOut([word('a', '甲'), word('b', '乙', false)], [word('a', '甲', false), word('b', '乙', false)]).map((entry) => entry.code)).toEqual(['a'])
  })

  it('refuses codes and names that repeat, and a list with nothing in use', () => {
    expect(wordErrors({ kind: 'tab', entries: list })).toEqual({})
    expect(Object.keys(wordErrors({ kind: 'tab', entries: [...list, word('ADULT', '成人')] })).sort()).toEqual(['entries[0].code', 'entries[0].name', 'entries[3].code', 'entries[3].name'])
    expect(Object.keys(wordErrors({ kind: 'tab', entries: [word('a b', ''), word('x', '甲')] })).sort()).toEqual(['entries[0].code', 'entries[0].name'])
    expect(wordErrors({ kind: 'tab', entries: [word('a', '甲', false)] })).toHaveProperty('entries')
    expect(wordErrors({ kind: 'partner', entries: [word('a', '甲', false)] })).toEqual({})
    expect(wordErrors({ kind: 'tab', entries: [word('a', '甲'), word('b', '甲', false)] })).toEqual({})
  })

  it('moves a word by one and never out of the list', () => {
    expect(moved(list, 0, 1).map((entry) => entry.code)).toEqual(['child', 'adult', 'any'])
    expect(moved(list, 1, -1).map((entry) => entry.code)).toEqual(['child', 'adult', 'any'])
  })
})
