import { axe, expect, faultsOf, test } from '../journey'

test('no failure was asked for', () => {
  // Fails on demand: with SHANMEN_TEST_CONTROL=1 each runner of ./test must report a failure.
  expect(process.env.SHANMEN_TEST_CONTROL).toBeUndefined()
})

test('a page that a blind person cannot use is found', async ({ page }) => {
  await page.setContent('<html lang="zh-CN"><title>窗口</title><main><h1>窗口</h1><input></main></html>')
  await expect(axe(page)).rejects.toThrow(/label/)
})

test('a page whose words are too pale is found', async ({ page }) => {
  await page.setContent('<html lang="zh-CN"><title>窗口</title><main><h1 style="color:#ccc;background:#fff">窗口</h1></main></html>')
  await expect(axe(page)).rejects.toThrow(/color-contrast/)
})

test('a page that throws or asks outside is found', async ({ browser }) => {
  const context = await browser.newContext()
  const faults = faultsOf(context)
  const page = await context.newPage()
  // Port 9 of the documentation network: nothing answers there, the asking alone is the fault.
  await page.setContent('<img src="http://192.0.2.1:9/a.png"><script>throw new Error("broken page")</script>', { waitUntil: 'commit' })
  await expect.poll(() => faults.join('\n')).toContain('broken page')
  await expect.poll(() => faults.join('\n')).toContain('192.0.2.1')
  await context.close()
})
