import { expect, test } from 'vitest'

// Fails on demand: with SHANMEN_TEST_CONTROL=1 each runner of ./test must report a failure.
test('no failure was asked for', () => {
  const { process } = globalThis as { process?: { env: Record<string, string | undefined> } }
  expect(process?.env['SHANMEN_TEST_CONTROL']).toBeUndefined()
})
