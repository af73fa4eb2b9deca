import type { Page, Route } from '@playwright/test'
import { callerOf, Clerk, expect, ordersOf, ownServer, signIn, staffedPark, test, watchHands } from '../journey'

const server = ownServer({ park: 'demo' })
staffedPark(server)

async function begins(page: Page) {
  await watchHands(page.context())
  await signIn(page, server, 'clerk1')
  const clerk = await new Clerk(page).comes(server.url('/counter'))
  const caller = callerOf(page, server)
  const { businessDay: day } = await caller.get<{ businessDay: string }>('/api/session')
  const before = (await ordersOf(caller, day)).length
  const newOrders = async () => (await ordersOf(caller, day)).length - before
  return { clerk, newOrders }
}

/** Stands between page and server where orders are posted, and notes the key of each; from before the page opens, as an open one may send a request past it. */
async function between(page: Page, act: (route: Route, nth: number) => Promise<void>): Promise<string[]> {
  const keys: string[] = []
  await page.route('**/api/orders', async (route) => {
    if (route.request().method() !== 'POST') return route.continue()
    keys.push((await route.request().headerValue('idempotency-key')) ?? '')
    await act(route, keys.length)
  })
  return keys
}

test('a reload in the middle of a sale keeps the cart', async ({ page }) => {
  const { clerk } = await begins(page)
  await clerk.press('1', '1', '2')
  await expect(clerk.lines).toHaveCount(2)
  const total = await clerk.total.innerText()
  await page.reload()
  await expect(clerk.lines).toHaveCount(2)
  await expect(clerk.total).toHaveText(total)
  await clerk.press('F4', 'F4')
  await expect(clerk.lines).toHaveCount(0)
})

test('a lost answer is asked for again under the same key and the order exists once', async ({ page }) => {
  const keys = await between(page, async (route, nth) => {
    if (nth > 1) return route.continue()
    await route.fetch()
    await route.abort('connectionreset')
  })
  const { clerk, newOrders } = await begins(page)
  await clerk.press('1', 'F2', 'Enter')
  await expect(clerk.lastSale).toContainText('未知 · 查询中')
  await clerk.booked()
  expect(keys).toHaveLength(2)
  expect(keys[0]).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-7/)
  expect(keys[1]).toBe(keys[0])
  expect(await newOrders()).toBe(1)
})

test('a sale that waits survives a reload, holds sign-out and hand-over, and is booked once', async ({ page }) => {
  let away = true
  const keys = await between(page, (route) => (away ? route.abort('connectionrefused') : route.continue()))
  const { clerk, newOrders } = await begins(page)
  await clerk.press('1', 'F2', 'Enter')
  await expect(clerk.lastSale).toHaveClass(/unknown/)
  await page.reload()
  await expect(clerk.lastSale).toContainText('未知 · 查询中')
  await expect(clerk.lastSale).toContainText('请勿重新收款')

  await page.getByRole('button', { name: '退出登录' }).click()
  await expect(page.locator('.notices')).toContainText('不能退出登录')
  await clerk.press('F10')
  await expect(page.locator('.notices')).toContainText('不能交班')
  await expect(clerk.sheet).toHaveCount(0)
  // The next visitor's tickets may be chosen meanwhile, but not sold.
  await clerk.press('2', 'F2')
  await expect(page.locator('.notices')).toContainText('上一笔还没有结果')
  await expect(clerk.sheet).toHaveCount(0)
  expect(await newOrders()).toBe(0)

  away = false
  await expect(clerk.lastSale).toHaveClass(/booked/)
  await expect(clerk.lines).toHaveCount(1)
  expect(new Set(keys).size).toBe(1)
  expect(await newOrders()).toBe(1)
  await clerk.press('F4')
})

test('a killed server that comes back books the sale once', async ({ page }) => {
  const { clerk, newOrders } = await begins(page)
  await clerk.press('1', 'F2')
  await expect(clerk.sheet.locator('.go')).toBeVisible()
  await server.stop('SIGKILL')
  await clerk.press('Enter')
  await expect(clerk.lastSale).toContainText('未知 · 查询中')
  await server.start()
  await clerk.booked()
  expect(await newOrders()).toBe(1)
})
