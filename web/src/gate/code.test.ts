import { describe, expect, it } from 'vitest'
import { nextPage } from '../login/next'
import { groupedCode, keyFor, plainCode } from './code'

describe('ticket codes at the gate', () => {
  it('are understood as people type and read them', () => {
    expect(plainCode(' 63ev rfba-qnpe 91h7 ')).toBe('63EVRFBAQNPE91H7')
    expect(plainCode('O3EVRFBAQNPEI1L7')).toBe('03EVRFBAQNPE1117')
  })

  it('are left alone when they are no short code', () => expect(plainCode('SM1:AB C%')).toBe('SM1:AB C%'))

  it('appear in groups of four while typing', () => {
    expect(groupedCode('63evr')).toBe('63EV R')
    expect(groupedCode('63EV RFBA QNPE 91H7')).toBe('63EV RFBA QNPE 91H7')
    expect(groupedCode('SM1:ABCDEFGHJKMNPQRSTVW')).toBe('SM1:ABCDEFGHJKMNPQRSTVW')
  })
})

describe('a scan without an answer', () => {
  const open = { code: 'A', people: null, key: 'old', at: 1000 }
  it('is the same question when the same code comes again within two seconds', () => {
    expect(keyFor(open, 'A', null, 3000, () => 'new')).toBe('old')
    expect(keyFor(open, 'A', null, 3001, () => 'new')).toBe('new')
    expect(keyFor(open, 'B', null, 1500, () => 'new')).toBe('new')
    expect(keyFor(open, 'A', 3, 1500, () => 'new')).toBe('new')
    expect(keyFor(null, 'A', null, 1500, () => 'new')).toBe('new')
  })
})

describe('the page after sign-in', () => {
  it('is one of this server and nothing else', () => {
    expect(nextPage('?next=/counter')).toBe('/counter')
    for (const bad of ['', '?next=', '?next=//evil.example', '?next=https://evil.example', '?next=/%5Cevil', '?next=javascript:1']) expect(nextPage(bad)).toBe('/')
  })
})
