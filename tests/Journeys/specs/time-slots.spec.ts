import { type Page } from '@playwright/test'
import { axe, type Caller, callerOf, Clerk, expect, inLanguage, onShift, type Order, ownServer, papers, shoot, signedIn, signIn, staffedPark, test, type TypeRow, watchHands, yuan } from '../journey'

const server = ownServer({ park: 'demo' })
staffedPark(server)
test.describe.configure({ mode: 'serial' })

interface Slot { at: string; until: string; limit: number | null; taken: number; setByHand: boolean }
interface SlottedSheet { version: string; types: { id: string; code: string; unitFen: number; slots: { at: string; unitFen: number }[] | null }[] }
type SlottedOrder = Omit<Order, 'tickets'> & { lines: { quantity: number; slot: Slot | null }[]; tickets: { slot: Slot | null }[] }

const dayAfter = (day: string) => new Date(Date.parse(day) + 86_400_000).toISOString().slice(0, 10)
async function tomorrowOf(caller: Caller): Promise<string> {
  return dayAfter((await caller.get<{ businessDay: string }>('/api/session')).businessDay)
}
/** Sells cable-car tickets of one slot without a screen. */
async function soldAt(caller: Caller, day: string, slot: string, quantity: number): Promise<void> {
  const { id } = await onShift(caller)
  const sheet = await caller.get<SlottedSheet>(`/api/price-sheet?day=${day}`)
  const type = sheet.types.find((one) => one.code === 'CABLE')!
  const totalFen = type.slots!.find((one) => one.at === slot)!.unitFen * quantity
  await caller.send('POST', '/api/orders', {
    shiftId: id, visitDay: day, priceVersion: sheet.version, totalFen, lines: [{ typeId: type.id, quantity, people: 1, slot }],
    payments: [{ method: 'cash', amountFen: totalFen, tenderedFen: totalFen, reference: '' }], onOneTicket: false, buyer: null,
  })
}
async function onCounter(page: Page): Promise<Clerk> {
  await watchHands(page.context())
  await signIn(page, server, 'clerk1')
  const clerk = await new Clerk(page).comes(server.url('/counter'))
  // Tomorrow, so that the journey passes at every hour of the day.
  await clerk.press('PageDown')
  await expect(page.locator('.type[data-code=CABLE]')).toBeVisible()
  return clerk
}
const slotOf = (clerk: Clerk, line: number) => clerk.lines.nth(line).locator('.slot')
const choice = (clerk: Clerk, at: string) => clerk.sheet.locator(`[data-slot="${at}"]`)

test('the office limits the cable car by the half hour, and closes the noon of a day', async ({ page }) => {
  await signIn(page, server, 'manager')
  await page.goto(server.url('/office#/quotas'))
  const caller = callerOf(page, server)
  const tomorrow = await tomorrowOf(caller)
  const cable = (await caller.get<TypeRow[]>('/api/ticket-types')).find((type) => type.code === 'CABLE')!.name
  await page.getByRole('button', { name: '新增限流' }).click()
  const drawer = page.getByRole('dialog')
  await drawer.getByRole('textbox', { name: '名称' }).fill('缆车')
  await drawer.getByRole('switch', { name: '分时段限流' }).press('Space')
  await drawer.getByRole('button', { name: '每半小时' }).click()
  await drawer.getByRole('button', { name: '保存' }).click()
  await expect(drawer.getByText('请至少选一个票种')).toBeVisible()
  await drawer.getByRole('combobox', { name: '哪些票种共用' }).press('Enter')
  await page.getByRole('listbox', { name: '哪些票种共用' }).getByRole('option', { name: cable, exact: true }).click()
  await page.keyboard.press('Tab')
  await drawer.getByRole('spinbutton', { name: '每个时段最多（人）' }).fill('3')
  const day = drawer.getByRole('region', { name: '一天的时段' })
  await day.getByRole('spinbutton', { name: '10:00–10:30 最多（人）' }).fill('5')
  await day.getByRole('button', { name: '关闭 12:00–12:30' }).click()
  await expect(day.getByRole('listitem')).toHaveCount(16)
  await expect(drawer.locator('.says')).toContainText(`${cable}合计每个时段最多 3 人。`)
  await expect(drawer.locator('.says')).toContainText('09:00 到 17:00 每 30 分钟一个时段，共 16 个。检票提前 10 分钟、延后 15 分钟。12:00–12:30 不售。10:00–10:30 为 5 人。')
  await axe(page)
  await shoot(page, 'office-slots-form')
  await drawer.getByRole('button', { name: '保存' }).click()
  await expect(page.getByRole('row').filter({ hasText: '缆车' })).toContainText('每时段 3 人')

  await page.getByRole('link', { name: '缆车的日历' }).click()
  await page.locator('[role=gridcell][aria-current=date]').focus()
  await page.keyboard.press('ArrowRight')
  await page.keyboard.press('Space')
  const panel = page.getByRole('complementary')
  await expect(panel.getByText('已选 1 天')).toBeVisible()
  await expect(panel.getByRole('listitem').filter({ hasText: '10:00–10:30' })).toContainText('已占 0 / 5，余 5')
  await expect(panel.getByRole('listitem').filter({ hasText: '12:00–12:30' })).toContainText('不售')
  await panel.getByRole('combobox', { name: '从' }).selectOption('13:00')
  await panel.getByRole('combobox', { name: '到' }).selectOption('14:00')
  await panel.getByRole('button', { name: '选中这一段' }).click()
  await expect(panel.getByText('已选 2 个时段')).toBeVisible()
  await panel.getByRole('button', { name: '关闭所选时段' }).click()
  await axe(page)
  await shoot(page, 'office-slots-days')
  await panel.getByRole('button', { name: '保存 1 天' }).click()
  await expect(page.getByText('还没有选择日期')).toBeVisible()
  await expect(page.locator(`[data-day="${tomorrow}"]`)).toContainText('0 / 41')
  await expect(page.locator(`[data-day="${tomorrow}"] .own`)).toHaveCount(1)
  const [quota] = await caller.get<[{ id: string }]>('/api/quotas')
  const [{ slots }] = await caller.get<[{ slots: Slot[] }]>(`/api/quotas/${quota.id}/days?from=${tomorrow}&to=${tomorrow}`)
  expect(slots.filter((slot) => slot.limit === 0).map((slot) => [slot.at, slot.setByHand])).toEqual([['12:00', false], ['13:00', true], ['13:30', true]])
})

test('the counter sells two slots in one sale, chosen by keyboard, and the paper names them', async ({ page }) => {
  const clerk = await onCounter(page)
  await clerk.press('7', '7')
  await expect(clerk.lines).toHaveCount(1)
  await expect(slotOf(clerk, 0)).toContainText('09:00–09:30')
  await expect(slotOf(clerk, 0)).toContainText('余 3')
  await clerk.press('t')
  await expect(choice(clerk, '09:00')).toBeFocused()
  await clerk.press('ArrowRight', 'ArrowRight', '+')
  await expect(clerk.lines).toHaveCount(2)
  await expect(slotOf(clerk, 1)).toContainText('10:00–10:30')
  await expect(clerk.total).toHaveText(yuan(3 * 80_00))
  await axe(page)
  await shoot(page, 'counter-slots')
  // The first line one slot later, by mouse and back by keyboard.
  await slotOf(clerk, 0).click()
  await choice(clerk, '09:30').click()
  await expect(slotOf(clerk, 0)).toContainText('09:30–10:00')
  await clerk.press('t', 'ArrowLeft', 'Enter')
  await expect(slotOf(clerk, 0)).toContainText('09:00–09:30')

  const [answer] = await Promise.all([
    page.waitForResponse((response) => response.url().endsWith('/api/orders') && response.request().method() === 'POST'),
    clerk.press('F2', 'Enter'),
  ])
  await clerk.booked()
  const order = (await answer.json()) as SlottedOrder
  expect(order.lines.map((line) => [line.quantity, line.slot?.at, line.slot?.until])).toEqual([[2, '09:00', '09:30'], [1, '10:00', '10:30']])
  expect(order.tickets.map((ticket) => ticket.slot?.at).sort()).toEqual(['09:00', '09:00', '10:00'])
  await expect.poll(() => papers(page)).toHaveLength(1)
  const [paper] = await papers(page)
  expect(paper).toContain('09:00–09:30')
  expect(paper).toContain('10:00–10:30')
  await clerk.lastSale.locator('.number').click()
  await expect(clerk.sheet.locator('.lines li').nth(1)).toContainText('10:00–10:30')
  await axe(page)
  await shoot(page, 'counter-slots-order')
  await clerk.press('F7')
  await clerk.sheet.getByRole('button', { name: '打印预览' }).click()
  await expect(clerk.sheet.locator('.paper').first()).toContainText('09:00–09:30')
  await shoot(page, 'counter-slots-paper')
  await clerk.sheet.locator('select').selectOption('browserA4')
  await expect(clerk.sheet.locator('.sheets .paper').first()).toContainText('09:00–09:30')
  await shoot(page, 'counter-slots-paper-a4')
})

test('a full slot says so, and one that fills up meanwhile leads back to the choice', async ({ page }) => {
  const clerk = await onCounter(page)
  const other = await signedIn(server, 'clerk2')
  const tomorrow = await tomorrowOf(other.caller)
  await soldAt(other.caller, tomorrow, '09:00', 1)
  await clerk.press('PageUp', 'PageDown', '7')
  await expect(slotOf(clerk, 0)).toContainText('09:30–10:00')
  await clerk.press('t')
  await expect(choice(clerk, '09:00')).toContainText('已满')
  await clerk.press('ArrowLeft', 'Enter')
  await expect(clerk.sheet.getByRole('alert')).toContainText('超售')
  await axe(page)
  await shoot(page, 'counter-slots-full')
  await clerk.press('Escape')
  await expect(slotOf(clerk, 0)).toContainText('09:30–10:00')

  await soldAt(other.caller, tomorrow, '09:30', 3)
  await clerk.press('F2', 'Enter')
  await expect(clerk.sheet.getByRole('alert')).toContainText('只剩 0 个名额')
  await expect(choice(clerk, '09:30')).toContainText('已满')
  await shoot(page, 'counter-slots-back')
  await clerk.press('ArrowRight', 'Enter', 'F2', 'Enter')
  await clerk.booked()
  const [quota] = await signedIn(server, 'manager').then(async ({ caller, end }) => {
    const [one] = await caller.get<[{ id: string }]>('/api/quotas')
    const days = await caller.get<[{ taken: number; slots: Slot[] }]>(`/api/quotas/${one.id}/days?from=${tomorrow}&to=${tomorrow}`)
    await end()
    return days
  })
  expect(quota.slots.filter((slot) => slot.taken).map((slot) => [slot.at, slot.taken])).toEqual([['09:00', 3], ['09:30', 3], ['10:00', 2]])
  expect(quota.taken).toBe(8)
  await other.end()
})

test('a slot chosen although it is full is sold when the manager approves it', async ({ page }) => {
  await inLanguage(page.context(), 'en')
  const clerk = await onCounter(page)
  await clerk.press('7', 't', 'Home', 'Enter', 'Enter')
  await expect(slotOf(clerk, 0)).toContainText('09:00–09:30')
  await expect(slotOf(clerk, 0)).toHaveClass(/short/)
  await clerk.press('F2', 'Enter')
  await expect(clerk.lastSale.getByRole('button', { name: /Overbook/ })).toBeVisible()
  await clerk.press('o')
  await expect(clerk.sheet).toContainText('Cable Car 09:00: 1 in this sale, 0 left, 1 too many')
  await page.locator('input[name=supervisorLogin]').fill('manager')
  await page.locator('input[name=supervisorPassword]').fill(server.passwords.get('manager')!)
  await clerk.sheet.getByRole('button', { name: /Approve/ }).click()
  await clerk.booked()
  // The next customer begins with today again.
  await clerk.press('PageDown', '7', 't')
  await expect(choice(clerk, '09:00')).toContainText('full')
  await axe(page)
  await shoot(page, 'counter-slots-en')
})

test('what is sold fixes the times, and the office reads them in English', async ({ page }) => {
  await inLanguage(page.context(), 'en')
  await signIn(page, server, 'manager')
  await page.goto(server.url('/office#/quotas'))
  await page.getByRole('button', { name: 'Edit 缆车' }).click()
  const drawer = page.getByRole('dialog')
  await expect(drawer.locator('.says')).toContainText('one every 30 minutes, 16 in all. Gates admit 10 minutes early and 15 minutes late.')
  await expect(drawer.getByRole('switch')).toHaveCount(0)
  await axe(page)
  await shoot(page, 'office-slots-form-en')
  await drawer.getByRole('spinbutton', { name: 'Minutes of each' }).fill('20')
  await page.keyboard.press('Tab')
  await drawer.getByRole('button', { name: 'Save', exact: true }).click()
  await expect(drawer.getByRole('alert').first()).toBeVisible()
  await drawer.getByRole('button', { name: 'Cancel' }).click()
  await page.getByRole('button', { name: 'Discard' }).click()
  await page.getByRole('link', { name: 'Calendar of 缆车' }).click()
  await page.locator('[role=gridcell][aria-current=date]').focus()
  await page.keyboard.press('ArrowRight')
  await page.keyboard.press('Space')
  await expect(page.getByRole('complementary').getByRole('listitem').first()).toContainText('4 of 3 taken')
  await axe(page)
  await shoot(page, 'office-slots-days-en')
})
