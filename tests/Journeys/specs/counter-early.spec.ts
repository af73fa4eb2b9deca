import { callerOf, Clerk, expect, onShift, ownServer, type PriceSheet, signIn, staffedPark, test, watchHands, yuan } from '../journey'

const server = ownServer({ park: 'demo' })
staffedPark(server)

test('keys that come before the prices are kept in their order', async ({ page }) => {
  await watchHands(page.context())
  await signIn(page, server, 'clerk1')
  const caller = callerOf(page, server)
  await onShift(caller)
  const { businessDay } = await caller.get<{ businessDay: string }>('/api/session')
  const sheet = await caller.get<PriceSheet>(`/api/price-sheet?day=${businessDay}`)
  const price = (code: string) => sheet.types.find((type) => type.code === code)!.unitFen
  let come = () => {}
  const prices = new Promise<void>((done) => { come = done })
  await page.route('**/api/price-sheet*', async (route) => { await prices; await route.continue() })
  await page.goto(server.url('/counter'))
  const clerk = new Clerk(page)
  await expect(clerk.lastSale).toBeVisible()

  await clerk.press('1', 'Escape')
  await clerk.press('3', '7', '*', '1', '2', 'F2', '9', '9', '9', '9')
  await expect(page.locator('.notices')).toContainText('37*12')
  await expect(clerk.lines).toHaveCount(0)
  await expect(clerk.sheet).toHaveCount(0)
  come()
  await expect(clerk.sheet).toBeVisible()
  await expect(clerk.lines).toHaveCount(2)
  await expect(clerk.total).toHaveText(yuan(37 * price('ADULT') + price('CHILD')))
  await expect(clerk.sheet).toContainText('9999')
})
