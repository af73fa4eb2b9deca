import { describe, expect, it } from 'vitest'
import { ScanRouter } from './scans'

function listen() {
  const heard: string[] = []
  const router = new ScanRouter({ scan: (code) => heard.push(`scan ${code}`), typed: (key) => heard.push(`key ${key}`) })
  let at = 0
  return {
    heard, router,
    burst: (keys: string, gap: number, editable = false) => [...keys].map((key) => router.press(key, (at += gap), editable)),
    press: (key: string, gap: number, editable = false) => router.press(key, (at += gap), editable),
  }
}

describe('the scan router', () => {
  it('takes a burst that ends with Enter as one scan', () => {
    const desk = listen()
    desk.burst('0123456789ABCDEF', 12)
    expect(desk.press('Enter', 12)).toBe('scan')
    expect(desk.heard).toEqual(['scan 0123456789ABCDEF'])
  })

  it('waits for a stalled computer only when the keys are already a scanner\'s', () => {
    const desk = listen()
    desk.burst('12', 12)
    expect(desk.router.patienceMs).toBeLessThan(50)
    desk.burst('3', 12)
    expect(desk.router.patienceMs).toBeGreaterThan(200)
  })

  it('reads the whole code also when the computer stalled after its first key', () => {
    const desk = listen()
    desk.burst('0', 100)
    desk.router.pause()
    desk.burst('123456789ABCDEF', 12)
    expect(desk.press('Enter', 12)).toBe('scan')
    expect(desk.heard).toEqual(['key 0', 'scan 0123456789ABCDEF'])
  })

  it('does not put a key that a person typed before it into the code', () => {
    const desk = listen()
    desk.burst('7', 100)
    desk.router.pause()
    desk.burst('0', 100)
    desk.burst('123456789ABCDEF', 12)
    desk.press('Enter', 12)
    expect(desk.heard).toEqual(['key 7', 'scan 0123456789ABCDEF'])
  })

  it('gives keys back as typing when the burst breaks off', () => {
    const desk = listen()
    desk.burst('1234567890', 12)
    desk.press('5', 200)
    desk.router.settle()
    expect(desk.heard).toEqual([...'12345678905'].map((key) => `key ${key}`))
  })

  it('takes slow keys for typing, Enter included', () => {
    const desk = listen()
    desk.burst('0123456789', 31)
    expect(desk.press('Enter', 31)).toBe('through')
    expect(desk.heard.filter((entry) => entry.startsWith('scan'))).toEqual([])
    expect(desk.heard).toHaveLength(10)
  })

  it('leaves a short fast run and its Enter to the person', () => {
    const desk = listen()
    desk.burst('500', 5)
    expect(desk.press('Enter', 5)).toBe('through')
    expect(desk.heard).toEqual(['key 5', 'key 0', 'key 0'])
  })

  it('lets keys into a field at once and still knows the scan at its end', () => {
    const desk = listen()
    expect(desk.burst('ABCDEFGHJK', 10, true)).toEqual(Array(10).fill('through'))
    expect(desk.press('Enter', 10, true)).toBe('scan')
    expect(desk.heard).toEqual(['scan ABCDEFGHJK'])
  })

  it('does not mix what was typed before a pause into the scan', () => {
    const desk = listen()
    desk.burst('12', 100, true)
    desk.press('A', 400, true)
    desk.burst('BCDEFGHJ', 10, true)
    desk.press('Enter', 10, true)
    expect(desk.heard).toEqual(['scan ABCDEFGHJ'])
  })

  it('keeps blanks and shifted signs inside a code', () => {
    const desk = listen()
    desk.burst('6BF', 10)
    desk.press('Shift', 2)
    desk.burst('$ %*+-./:', 10)
    desk.press('Enter', 10)
    expect(desk.heard).toEqual(['scan 6BF$ %*+-./:'])
  })

  it('acts on held keys before a function key', () => {
    const desk = listen()
    desk.press('1', 100)
    expect(desk.press('F2', 3)).toBe('through')
    expect(desk.heard).toEqual(['key 1'])
  })
})
