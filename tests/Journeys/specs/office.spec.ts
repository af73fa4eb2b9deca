import { readFile } from 'node:fs/promises'
import { callerOf, Clerk, expect, ownServer, signedIn, signIn, sold, staffedPark, test, type TypeRow, yuan } from '../journey'

const server = ownServer({ park: 'demo' })
staffedPark(server)
test.describe.configure({ mode: 'serial' })

test('the board changes while people look at it', async ({ page }) => {
  await signIn(page, server, 'manager')
  await page.goto(server.url('/board'))
  const tickets = page.locator('.figure.sold .value')
  await expect(tickets).toHaveText('0')
  const clerk = await signedIn(server, 'clerk1')
  await sold(clerk.caller, 'ADULT', 3)
  await expect(tickets).toHaveText('3')
  const lanes = await signedIn(server, 'admin')
  const { laneId } = (await lanes.caller.get<{ laneId: string; laneName: string }[]>('/api/admission/lanes')).find((lane) => lane.laneName === '东山门1道')!
  const [ticket] = (await sold(clerk.caller, 'ADULT')).tickets
  await lanes.caller.send('POST', '/api/admissions', { laneId, code: ticket!.qr, people: null })
  await expect(page.locator('.gauge .inside')).toHaveText('1')
  await expect(tickets).toHaveText('4')
  await clerk.end()
  await lanes.end()
})

test('a price painted on the calendar is the price at the counter', async ({ page, browser }) => {
  const till = await browser.newPage()
  await signIn(till, server, 'clerk1')
  const clerk = await new Clerk(till).comes(server.url('/counter'))

  await signIn(page, server, 'manager')
  const caller = callerOf(page, server)
  const type = (await caller.get<TypeRow[]>('/api/ticket-types')).find((one) => one.code === 'ADULT')!
  await page.goto(server.url(`/office#/calendar/${type.id}`))
  const today = page.locator('[role=gridcell][aria-current=date]')
  await expect(today).toContainText('已售')
  await today.click()
  await page.keyboard.press('Enter')
  await page.getByRole('textbox', { name: '价格（元/人）' }).fill('123.5')
  await page.getByRole('button', { name: /^保存 1 天/ }).click()
  await expect(today).toContainText('123.5')

  await clerk.comes(server.url('/counter'))
  await clerk.press('1')
  await expect(clerk.total).toHaveText(yuan(12_350))
  await clerk.press('F2', 'Enter')
  await clerk.booked()
  await till.close()
})

test('the report shows the day and gives its figures as a file', async ({ page }) => {
  await signIn(page, server, 'finance')
  await page.goto(server.url('/report'))
  const { businessDay } = await callerOf(page, server).get<{ businessDay: string }>('/api/session')
  const report = await callerOf(page, server).get<{ totals: { netFen: number; tickets: number } }>(`/api/reports/day?day=${businessDay}`)
  expect(report.totals.tickets).toBe(5)
  await expect(page.locator('dl .net dd')).toHaveText(yuan(report.totals.netFen))
  const [file] = await Promise.all([page.waitForEvent('download'), page.getByRole('link', { name: /CSV/ }).click()])
  expect(file.suggestedFilename()).toContain(businessDay)
  const text = await readFile(await file.path(), 'utf8')
  // The mark at the beginning tells spreadsheets that Chinese follows.
  expect(text.startsWith('\ufeff')).toBe(true)
  expect(text).toContain((report.totals.netFen / 100).toFixed(2))
  expect(text).toContain('成人票')
})

test('the day is closed once every shift is handed over, and its sheet balances', async ({ page }) => {
  await signIn(page, server, 'finance')
  await page.goto(server.url('/office#/days'))
  await page.getByRole('button', { name: /^日结/ }).first().click()
  const dialog = page.getByRole('dialog')
  await expect(dialog.getByRole('alert')).toContainText('窗口')

  const clerk = await signedIn(server, 'clerk1')
  const { id } = await clerk.caller.get<{ id: string }>('/api/shifts/current')
  // The clerk is not told what should be in the drawer; finance is.
  const finance = await signedIn(server, 'finance')
  const day = (await finance.caller.get<{ businessDay: string }>('/api/session')).businessDay
  const shift = (await finance.caller.get<{ id: string; floatFen: number; cashFen: number }[]>(`/api/shifts?day=${day}`)).find((one) => one.id === id)!
  await finance.end()
  await clerk.caller.send('POST', `/api/shifts/${id}/close`, { countedFen: shift.floatFen + shift.cashFen, reason: '' })
  await clerk.end()

  await dialog.getByRole('button', { name: '重新检查' }).click()
  await dialog.getByRole('button', { name: '确认日结' }).click()
  await expect(page.locator('article.paper .even')).toContainText('✓')
  await expect(page.locator('.seals')).toContainText(/[0-9a-f]{8} [0-9a-f]{8}/)
})
