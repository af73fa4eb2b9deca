import { axe, callerOf, Clerk, expect, inLanguage, newKey, type Order, ordersOf, ownServer, shoot, signedIn, signIn, staffedPark, test, type TypeRow } from '../journey'

const server = ownServer({ park: 'demo' })
staffedPark(server)
test.describe.configure({ mode: 'serial' })

test.beforeAll(async () => {
  const office = await signedIn(server, 'admin')
  const types = await office.caller.get<(TypeRow & { dailyQuota: number | null })[]>('/api/ticket-types')
  const { id: child } = types.find((type) => type.code === 'CHILD')!
  await office.caller.send('PUT', `/api/quotas/${newKey()}`, { edit: 0, name: '缆车', typeIds: [child], limit: 2, warnPercent: null, stops: true, keeps: [], active: true })
  const { id, ...adult } = types.find((type) => type.code === 'ADULT')!
  await office.caller.send('PUT', `/api/ticket-types/${id}`, { ...adult, dailyQuota: 1 })
  await office.end()
})

test('a sale beyond a quota is sold when another person approves it, and the password stays nowhere', async ({ page }) => {
  await signIn(page, server, 'clerk1')
  const clerk = await new Clerk(page).comes(server.url('/counter'))
  const caller = callerOf(page, server)
  await clerk.press('2', '2', '2', 'F2', 'Enter')
  const offer = clerk.lastSale.getByRole('button', { name: /超售/ })
  await expect(offer).toBeVisible()
  await expect(clerk.lines).toHaveCount(1)
  await axe(page)
  await shoot(page, 'counter-overbook-offer')
  // A sale that has changed since is not the one that was refused.
  await clerk.press('+')
  await expect(offer).toHaveCount(0)
  await clerk.press('o')
  await expect(clerk.sheet).toHaveCount(0)
  await clerk.press('-')
  await offer.click()
  await expect(clerk.sheet).toContainText('限流“缆车”只剩 2 个名额')
  await expect(clerk.sheet).toContainText('儿童票：本单 3 人，余 2，超 1 人')
  await axe(page)
  await shoot(page, 'counter-overbook')

  const [login, password] = [page.locator('input[name=supervisorLogin]'), page.locator('input[name=supervisorPassword]')]
  await clerk.press('Enter')
  await expect(clerk.sheet.getByRole('alert')).toContainText('请填写主管的登录名和密码')
  await login.fill('manager')
  await password.fill('a-wrong-password')
  await clerk.press('Enter')
  await expect(clerk.sheet.getByRole('alert')).toContainText('主管')
  await expect(password).toBeFocused()
  await expect(login).toHaveValue('manager')
  await shoot(page, 'counter-overbook-wrong')
  await login.fill('clerk1')
  await password.fill(server.passwords.get('clerk1')!)
  await clerk.press('Enter')
  await expect(password).toHaveValue('')
  await expect(clerk.sheet).toBeVisible()

  await login.fill('manager')
  await password.fill(server.passwords.get('manager')!)
  const stored: string[] = []
  await page.exposeFunction('keeps', (text: string) => { stored.push(text) })
  await page.evaluate(() => {
    const set = Storage.prototype.setItem
    Storage.prototype.setItem = function (key: string, value: string) { void (window as unknown as { keeps(text: string): void }).keeps(value); set.call(this, key, value) }
  })
  await clerk.press('Enter')
  await clerk.booked()
  await expect(clerk.sheet).toHaveCount(0)
  expect(stored.length).toBeGreaterThan(0)
  expect(stored.join()).not.toContain(server.passwords.get('manager')!)
  const { businessDay } = await caller.get<{ businessDay: string }>('/api/session')
  const orders = await ordersOf(caller, businessDay)
  expect(new Set(orders.map((row) => row.orderId)).size).toBe(1)
  const order = await caller.get<Order>(`/api/orders/${orders[0]!.orderId}`)
  expect(order).toMatchObject({ state: 'paid' })
  expect(order.tickets).toHaveLength(3)
})

test('an approved sale without an answer is asked for after a reload, and is booked once', async ({ page }) => {
  await inLanguage(page.context(), 'en')
  await signIn(page, server, 'clerk1')
  // The server books it, and its answer is lost. The route stands from the beginning: a page that is open already may send a request past a new one.
  let [loses, lost] = [false, 0]
  await page.route('**/api/orders', async (route) => {
    if (!loses || lost) return route.continue()
    await route.fetch()
    lost++
    await route.abort('connectionreset')
  })
  const clerk = await new Clerk(page).comes(server.url('/counter'))
  const caller = callerOf(page, server)
  const { businessDay } = await caller.get<{ businessDay: string }>('/api/session')
  await clerk.press('1', '1', 'F2', 'Enter')
  await expect(clerk.lastSale.getByRole('button', { name: /Overbook/ })).toBeVisible()
  await clerk.press('o')
  await expect(clerk.sheet).toContainText('Adult: 2 in this sale, 1 left, 1 too many')
  await axe(page)
  await shoot(page, 'counter-overbook-en')
  await page.locator('input[name=supervisorLogin]').fill('manager')
  await page.locator('input[name=supervisorPassword]').fill(server.passwords.get('manager')!)
  loses = true
  await clerk.press('Enter')
  await expect.poll(() => lost, 'the server has booked it').toBe(1)
  await expect(clerk.lastSale).toHaveClass(/\b(unknown|booked)\b/)
  await page.reload()
  await clerk.booked()
  await expect(clerk.lastSale.locator('.number')).toBeVisible()
  const adults = (await ordersOf(caller, businessDay)).filter((row) => row.totalFen > 0)
  expect(new Set(adults.map((row) => row.orderId)).size).toBe(2)
})
