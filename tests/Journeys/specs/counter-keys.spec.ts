import { type Page } from '@playwright/test'
import { callerOf, Clerk, expect, hands, type Order, ordersOf, ownServer, papers, type PriceSheet, signIn, staffedPark, test, watchHands, yuan } from '../journey'

const server = ownServer({ park: 'demo' })
staffedPark(server)

async function begins(page: Page) {
  await watchHands(page.context())
  await signIn(page, server, 'clerk1')
  const clerk = await new Clerk(page).comes(server.url('/counter'))
  const caller = callerOf(page, server)
  const { businessDay: day } = await caller.get<{ businessDay: string }>('/api/session')
  const sheet = await caller.get<PriceSheet>(`/api/price-sheet?day=${day}`)
  const price = (code: string) => sheet.types.find((type) => type.code === code)!.unitFen
  const before = (await ordersOf(caller, day)).length
  const newOrders = async () => (await ordersOf(caller, day)).slice(0, (await ordersOf(caller, day)).length - before)
  await page.evaluate(() => { window.hands = { keys: 0, pointer: 0 } })
  return { clerk, caller, price, newOrders }
}

test('one adult for exact cash takes three keys and no mouse', async ({ page }) => {
  const { clerk, price, newOrders } = await begins(page)
  await clerk.press('1', 'F2', 'Enter')
  await clerk.booked()
  expect(await hands(page)).toEqual({ keys: 3, pointer: 0 })
  expect(await newOrders()).toMatchObject([{ totalFen: price('ADULT'), state: 'paid' }])
})

test('two adults and a child with 500 yuan tendered take eight keys and show the change', async ({ page }) => {
  const { clerk, price } = await begins(page)
  await clerk.press('1', '1', '2', 'F2', '5', '0', '0', 'Enter')
  await clerk.booked()
  expect(await hands(page)).toEqual({ keys: 8, pointer: 0 })
  const change = clerk.lastSale.locator('.change output')
  await expect(change).toHaveText(yuan(50_000 - 2 * price('ADULT') - price('CHILD')))
  // The change is read across the counter: 72 pixels high.
  expect(await change.evaluate((output) => parseFloat(getComputedStyle(output).fontSize))).toBeGreaterThanOrEqual(72)
})

test('a held Enter and doubled F2 and Enter sell once', async ({ page }) => {
  const { clerk, newOrders } = await begins(page)
  await clerk.press('1')
  await page.keyboard.press('F2')
  await page.keyboard.press('F2')
  for (let held = 0; held < 12; held++) await page.keyboard.down('Enter')
  await page.keyboard.up('Enter')
  await page.keyboard.press('Enter')
  await clerk.booked()
  await page.keyboard.press('Enter')
  await expect(clerk.sheet).toHaveCount(0)
  expect(await newOrders()).toHaveLength(1)
})

test('a count before a type key multiplies', async ({ page }) => {
  const { clerk, price } = await begins(page)
  await clerk.press('3', '7', '*', '1')
  await expect(clerk.lines).toHaveCount(1)
  await expect(clerk.lines.locator('input').first()).toHaveValue('37')
  await expect(clerk.total).toHaveText(yuan(37 * price('ADULT')))
  await clerk.press('F4')
  await expect(clerk.lines).toHaveCount(0)
})

test('F1 places an order that is paid later from the list', async ({ page }) => {
  const { clerk, newOrders } = await begins(page)
  await clerk.press('1', 'F1')
  await clerk.booked()
  expect(await newOrders()).toMatchObject([{ state: 'ordered' }])
  await clerk.press('F9')
  await expect(clerk.sheet.locator('tbody tr').first()).toContainText('待付款')
  await clerk.press('Enter')
  await expect(clerk.sheet.getByRole('button', { name: /F2/ })).toBeVisible()
  await clerk.press('F2')
  await expect(clerk.sheet.locator('.go')).toBeVisible()
  await clerk.press('Enter')
  await expect.poll(newOrders).toMatchObject([{ state: 'paid' }])
  await expect(clerk.sheet).toHaveCount(0)
  expect((await hands(page)).pointer).toBe(0)
})

test('a reprinted ticket says so and how often', async ({ page }) => {
  const { clerk } = await begins(page)
  await clerk.press('1', 'F2', 'Enter')
  await clerk.booked()
  await expect.poll(() => papers(page)).toHaveLength(1)
  await clerk.press('F7')
  await expect(clerk.sheet.getByRole('button', { name: /Enter/ })).toBeFocused()
  await clerk.press('Enter')
  await expect.poll(() => papers(page)).toHaveLength(2)
  const [first, again] = await papers(page)
  expect(first).not.toContain('重打')
  expect(again).toContain('重打 1')
})

test('a ticket is returned when the manager puts the password in', async ({ page }) => {
  const { clerk, caller, price, newOrders } = await begins(page)
  await clerk.press('1', '1', 'F2', 'Enter')
  await clerk.booked()
  await clerk.press('F8')
  await expect(page.locator('select[name=reason]')).toBeFocused()
  await page.keyboard.press('ArrowDown')
  await page.keyboard.press('Tab')
  await page.keyboard.type('改期到春节', { delay: 60 })
  await expect(clerk.sheet.locator('.quote')).toContainText(yuan(price('ADULT')))
  for (const [name, words] of [['supervisorLogin', 'manager'], ['supervisorPassword', 'a-wrong-password']] as const) {
    await page.locator(`input[name=${name}]`).fill(words)
  }
  await clerk.press('Enter')
  await expect(clerk.sheet.locator('.confirm')).toContainText(yuan(price('ADULT')))
  await clerk.press('Enter')
  await expect(clerk.sheet.getByRole('alert')).toBeVisible()
  await page.locator('input[name=supervisorPassword]').fill(server.passwords.get('manager')!)
  await clerk.press('Enter')
  await expect(clerk.sheet.locator('.confirm')).toBeVisible()
  await clerk.press('Enter')
  await expect(clerk.sheet.locator('.done')).toContainText(yuan(price('ADULT')))
  await clerk.press('Enter')
  await expect(clerk.sheet).toHaveCount(0)
  const order = await caller.get<Order>(`/api/orders/${(await newOrders())[0]!.orderId}`)
  expect(order.refundedFen).toBe(price('ADULT'))
  expect(order.tickets.map((ticket) => ticket.state).sort()).toEqual(['returned', 'valid'])
})

test('the shift is handed over by a count that nobody has whispered', async ({ page }) => {
  const { clerk, caller, price } = await begins(page)
  await clerk.press('1', 'F2', 'Enter')
  await clerk.booked()
  await clerk.press('F10')
  await expect(clerk.sheet).toBeVisible()
  // Blind: neither the page nor the server tells what ought to be in the drawer.
  const shift = await caller.get<Record<string, number | null>>('/api/shifts/current')
  for (const told of ['expectedFen', 'floatFen', 'salesFen', 'cashFen', 'cardFen']) expect(shift[told], told).toBeNull()
  await expect(clerk.sheet).not.toContainText(yuan(50_000 + price('ADULT')))
  await clerk.press('Enter')
  await expect(clerk.sheet.getByRole('alert')).toBeVisible()
  await clerk.press('7')
  await page.locator('input[name=reason]').fill('找零时少收')
  await clerk.press('Enter')
  const slip = clerk.sheet.locator('.slip')
  await expect(slip).toContainText('¥700.00')
  await expect(slip).toContainText(/短款|长款/)
  // A key that has just booked something is dead for a moment; a clerk presses it again.
  await expect(async () => {
    if (await slip.isVisible()) await clerk.press('Enter')
    await expect(page.locator('input[name=float]')).toBeVisible({ timeout: 1000 })
  }).toPass({ timeout: 15_000 })
})
