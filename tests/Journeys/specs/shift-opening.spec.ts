import { callerOf, expect, ownServer, type Shift, shoot, signedIn, signIn, staffedPark, test } from '../journey'

const server = ownServer({ park: 'demo' })
staffedPark(server)

test('a shift is opened at a free window, and who sits at the others is said', async ({ page }) => {
  const colleague = await signedIn(server, 'clerk2')
  const windows = await colleague.caller.get<{ id: string }[]>('/api/windows')
  const taken = (await colleague.caller.send<Shift>('POST', '/api/shifts', { windowId: windows[0]!.id, floatFen: 0 })).windowId
  await signIn(page, server, 'clerk1')
  // This browser was at the first window last, where clerk2 sits now.
  await page.addInitScript((id) => { if (location.protocol === 'http:' && !localStorage.getItem('shanmen.window')) localStorage.setItem('shanmen.window', id) }, taken)
  await page.goto(server.url('/counter'))
  const places = page.locator('input[name=window]')
  await expect(places).toHaveCount(windows.length)
  await expect(places.nth(0)).toBeDisabled()
  await expect(page.locator('label.taken')).toHaveCount(1)
  await expect(page.locator('label.taken')).toContainText('在班')
  await expect(places.nth(1)).toBeChecked()
  await shoot(page, 'counter-shift-zh')

  // Meanwhile somebody takes the second one too: the refusal is shown and the next is offered.
  const shift = await colleague.caller.get<Shift>('/api/shifts/current')
  await colleague.caller.send('POST', `/api/shifts/${shift.id}/close`, { countedFen: 0, reason: '' })
  await colleague.caller.send('POST', '/api/shifts', { windowId: windows[1]!.id, floatFen: 0 })
  await page.keyboard.type('500')
  await page.keyboard.press('Enter')
  await expect(page.getByRole('alert')).toBeVisible()
  await expect(places.nth(0)).toBeChecked()
  await expect(page.locator('input[name=float]')).toHaveValue('500')
  await page.keyboard.press('Enter')
  await expect(page.locator('#tab-panel .type').first()).toBeVisible()
  expect((await callerOf(page, server).get<Shift>('/api/shifts/current')).windowId).toBe(windows[0]!.id)
  await colleague.end()
})
