import type { Locator, Page } from '@playwright/test'
import { axe, callerOf, Clerk, expect, inLanguage, ownServer, papers, scan, shoot, signIn, staffedPark, test, type Ticket, type TypeRow, watchHands } from '../journey'

const server = ownServer({ park: 'demo' })
staffedPark(server)
test.describe.configure({ mode: 'serial' })

const says = (drawer: Locator) => drawer.locator('.says').last()
const rowOf = (page: Page, name: string) => page.getByRole('row').filter({ hasText: name })

/** A new type whose name, code, prices, hours and shape are said; the keys begin on “single”. */
async function begins(page: Page, name: string, code: string, toShape: number): Promise<Locator> {
  await page.getByRole('button', { name: '新增票种' }).press('Enter')
  const drawer = page.getByRole('dialog')
  await drawer.getByRole('textbox', { name: '名称', exact: true }).fill(name)
  await drawer.getByRole('textbox', { name: '代码' }).fill(code)
  for (const price of ['平日价', '周末和节假日价']) await drawer.getByRole('textbox', { name: price, exact: true }).fill('300')
  await drawer.getByRole('textbox', { name: '从', exact: true }).fill('0000')
  await drawer.getByRole('textbox', { name: '到', exact: true }).fill('2359')
  await drawer.getByRole('radio', { name: '单次票' }).focus()
  for (let step = 0; step < toShape; step++) await page.keyboard.press('ArrowRight')
  return drawer
}
async function saved(page: Page, name: string): Promise<void> {
  await page.keyboard.press('Control+Enter')
  await expect(page.getByRole('dialog')).toHaveCount(0)
  await expect(rowOf(page, name)).toBeVisible()
}

test('an annual pass and a count card are made by keyboard, sold, printed and told apart at the gate', async ({ page, context }) => {
  await watchHands(context)
  await signIn(page, server, 'manager')
  await page.goto(server.url('/office#/types'))
  const pass = await begins(page, '健身年卡', 'FIT', 2)
  await expect(says(pass)).toHaveText('自游览日起 365 天有效，每天 1 次。')
  await pass.getByRole('checkbox', { name: '法定节假日' }).press('Space')
  await pass.getByRole('button', { name: '添加日期' }).press('Enter')
  await page.keyboard.press('Control+Enter')
  const row = pass.getByRole('group', { name: '第 1 段日期' })
  await expect(row.getByRole('alert')).toContainText('请填起止日期')
  await row.getByLabel('从').fill('2031-12-24')
  await row.getByLabel('到').fill('2031-12-26')
  await expect(says(pass)).toHaveText('自游览日起 365 天有效，每天 1 次，法定节假日和 2031-12-24 至 2031-12-26 不可用。')
  await row.getByRole('button').scrollIntoViewIfNeeded()
  await axe(page)
  await shoot(page, 'office-terms-form')
  // Today is a holiday somewhere in the year; this journey runs on every day.
  await pass.getByRole('checkbox', { name: '法定节假日' }).press('Space')
  await saved(page, '健身年卡')
  const card = await begins(page, '三次卡', 'THREE', 4)
  await card.getByRole('spinbutton', { name: '每人共几次' }).fill('3')
  await page.keyboard.press('Tab')
  await expect(says(card)).toHaveText('自游览日起 365 天有效，共 3 次。')
  await saved(page, '三次卡')
  await expect(rowOf(page, '三次卡')).toContainText('365 天 · 3 次')

  await signIn(page, server, 'clerk1')
  const clerk = await new Clerk(page).comes(server.url('/counter'))
  for (const code of ['FIT', 'THREE']) await page.locator(`.type[data-code=${code}]`).press('Enter')
  await expect(clerk.lines).toHaveCount(2)
  const [answer] = await Promise.all([
    page.waitForResponse((response) => response.url().endsWith('/api/orders') && response.request().method() === 'POST'),
    clerk.press('F2', 'Enter'),
  ])
  await clerk.booked()
  const { tickets } = (await answer.json()) as { tickets: Ticket[] }
  await expect.poll(async () => (await papers(page)).join()).toMatch(/有效期\s+\d{4}-\d\d-\d\d 至 \d{4}-\d\d-\d\d\s+次数\s+每天 1 次/)

  await signIn(page, server, 'gate1')
  await page.goto(server.url('/gate'))
  await page.getByRole('button', { name: /东山门1道/ }).click()
  const face = page.locator('section.face')
  const [fit, three] = ['健身年卡', '三次卡'].map((name) => tickets.find((ticket) => ticket.typeName === name)!)
  for (const [ticket, word] of [[fit, 'admitted'], [three, 'admitted'], [fit, 'refused'], [three, 'admitted']] as const) {
    await scan(page, ticket!.qr)
    await expect(face).toHaveClass(new RegExp(word))
    await expect(face).toContainText(ticket!.typeName)
    if (word === 'refused') await expect(face).toContainText('今天的次数已用完')
    if (word === 'refused') await shoot(page, 'gate-terms-refused')
  }
})

test('on a phone a combined ticket loses the numbers of a site that it no longer opens', async ({ page, context }) => {
  await inLanguage(context, 'en')
  await page.setViewportSize({ width: 390, height: 844 })
  await signIn(page, server, 'manager')
  const caller = callerOf(page, server)
  const { id } = (await caller.get<TypeRow[]>('/api/ticket-types')).find((type) => type.code === 'THREE')!
  await page.goto(server.url('/office#/types'))
  await page.getByRole('button', { name: 'Edit 三次卡' }).click()
  const drawer = page.getByRole('dialog')
  await drawer.getByText('Combined', { exact: true }).click()
  await expect(says(drawer)).toHaveText('Valid on the day of visit, at each site once in all.')
  await drawer.getByRole('spinbutton', { name: 'Mountain Gate Area In all' }).scrollIntoViewIfNeeded()
  await axe(page)
  await shoot(page, 'office-terms-form-en')
  await drawer.getByRole('checkbox', { name: 'Lantern Square' }).press('Space')
  await drawer.getByRole('spinbutton', { name: 'Mountain Gate Area In all' }).fill('')
  await page.keyboard.press('Tab')
  await expect(says(drawer)).toHaveText('Valid on the day of visit, at Cloud Summit Cable Car once in all.')
  await page.keyboard.press('Control+Enter')
  await expect(drawer).toHaveCount(0)
  const kept = (await caller.get<(TypeRow & { admission: { sites: object[] } })[]>('/api/ticket-types')).find((type) => type.id === id)!
  expect(kept.admission.sites).toHaveLength(1)

  // The order at the counter says what its tickets may do, as they were sold.
  await signIn(page, server, 'clerk1')
  const clerk = await new Clerk(page).comes(server.url('/counter'))
  await clerk.press('F9')
  await expect(clerk.sheet.locator('tbody tr').first()).toBeVisible()
  await clerk.press('Enter')
  await expect(clerk.sheet.locator('.terms')).toContainText(['once a day', '3 times in all'])
  await shoot(page, 'counter-terms-order-en')
})
