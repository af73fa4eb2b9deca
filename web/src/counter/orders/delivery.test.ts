import { expect, it } from 'vitest'
import { mayAsk, missing, stepsFrom } from './delivery'

const words = { name: '李', phone: '13911112222', address: '府前路 1 号', carrier: '', word: '' }

it('lets each state go where it may', () => {
  expect(stepsFrom('waiting')).toEqual(['cancelled', 'sent'])
  expect(stepsFrom('onItsWay')).toEqual(['cameBack', 'delivered'])
  expect(stepsFrom('delivered')).toEqual([])
  expect(stepsFrom('cameBack')).toEqual(['cancelled'])
  expect([null, ...(['waiting', 'onItsWay', 'delivered', 'cameBack', 'cancelled'] as const).map((state) => ({ state }))].map(mayAsk)).toEqual([true, true, false, false, true, true])
})

it('asks for what is missing', () => {
  expect(missing('ask', words)).toBeNull()
  expect(missing('ask', { ...words, address: ' ' })).toBe('delivery.wrong.ask')
  expect(missing('sent', words)).toBe('delivery.wrong.carrier')
  expect(missing('sent', { ...words, carrier: '顺丰' })).toBeNull()
  expect(missing('delivered', words)).toBe('delivery.wrong.word')
  expect(missing('cancelled', { ...words, word: '来窗口取' })).toBeNull()
})
