import { axe, Clerk, expect, inLanguage, newKey, ownServer, shoot, signedIn, signIn, staffedPark, test, type TypeRow, yuan } from '../journey'

const server = ownServer({ park: 'demo' })
staffedPark(server)
test.describe.configure({ mode: 'serial' })

const always = { days: null, first: null, last: null, kinds: null, weekdays: null, fromTime: null, toTime: null }
const everybody: { channel: string | null; agency: string | null; level: string | null } = { channel: null, agency: null, level: null }

test('a contract is written for an agency, tried, and said in words', async ({ page }) => {
  const office = await signedIn(server, 'admin')
  const types = await office.caller.get<TypeRow[]>('/api/ticket-types')
  const adult = types.find((type) => type.code === 'ADULT')!
  const rule = (name: string, stage: string, amount: number, who = everybody) =>
    ({ id: newKey(), name, stage, effect: 'costs', amount, paid: 0, types: [adult.id], when: always, who, from: 0, priority: 0 })
  await office.caller.send('PUT', `/api/price-versions/${newKey()}`, {
    number: 1, from: new Date(Date.now() + 2_000).toISOString(), rules: {
      products: [{ typeId: adult.id, per: 'person', taxRate: 600 }], rules: [rule('票价', 'day', 100_00), rule('云岭协议价', 'terms', 70_00, { ...everybody, agency: 'yunling' })],
      sets: [], roundToFen: 1, roundingMode: 'halfUp', taxPer: 'line',
    },
  })
  await expect.poll(async () => (await office.caller.get<{ holds: boolean }[]>('/api/price-versions'))[0]!.holds, { timeout: 20_000 }).toBe(true)
  await office.end()

  await signIn(page, server, 'manager')
  await page.goto(server.url('/office#/prices'))
  const trial = page.getByRole('region', { name: '试算' })
  await trial.getByRole('combobox', { name: '旅行社' }).fill('云岭')
  await expect(page.getByRole('option', { name: '云岭旅行社' })).toBeVisible()
  await page.keyboard.press('ArrowDown')
  await page.keyboard.press('Enter')
  await trial.getByRole('button', { name: '去掉第 2 行' }).click()
  await trial.getByRole('button', { name: '算一算' }).press('Enter')
  await expect(trial).toContainText('云岭协议价')
  await axe(page)
  await shoot(page, 'office-agency-trial')
  await page.getByRole('link', { name: '查看第 1 版' }).press('Enter')
  await expect(page.getByText(`${adult.name}：云岭旅行社协议 70.00 元`)).toBeVisible()
  await page.getByRole('button', { name: /照此版本再做一版/ }).press('Enter')
  await page.getByRole('button', { name: '编辑 云岭协议价' }).first().press('Enter')
  await expect(page.getByRole('dialog').getByRole('combobox', { name: '旅行社' })).toBeVisible()
  await axe(page)
  await shoot(page, 'office-agency-rule')
})

test('a group pays by its agency’s contract, by keyboard, and the next visitor does not', async ({ page }) => {
  await signIn(page, server, 'clerk1')
  const clerk = await new Clerk(page).comes(server.url('/counter'))
  await clerk.press('1', '1', '1')
  await expect(clerk.total).toHaveText(yuan(300_00))
  await clerk.press('b')
  await expect(clerk.sheet.getByRole('combobox', { name: '旅行社' })).toBeVisible()
  await clerk.sheet.getByRole('combobox', { name: '旅行社' }).selectOption('yunling')
  await clerk.sheet.getByRole('textbox', { name: '导游姓名' }).press('Enter')
  await expect(clerk.sheet.getByRole('alert')).toContainText('导游姓名')
  await expect(clerk.sheet.getByRole('textbox', { name: '导游姓名' })).toBeFocused()
  await axe(page)
  await shoot(page, 'counter-agency-buyer')
  await page.keyboard.type('杨丽')
  await page.keyboard.press('Enter')
  await expect(clerk.total).toHaveText(yuan(210_00))
  await expect(page.locator('.agency')).toContainText('云岭旅行社')
  await expect(clerk.lines.first()).toContainText('¥70.00')
  await axe(page)
  await shoot(page, 'counter-agency')

  // Whoever comes back to the cart later has no guide in it, and is asked before the money.
  await page.reload()
  await expect(clerk.total).toHaveText(yuan(210_00))
  await clerk.press('F2')
  await expect(clerk.sheet.getByRole('textbox', { name: '导游姓名' })).toBeFocused()
  await page.keyboard.type('杨丽 5')
  await page.keyboard.press('Enter')
  await expect(clerk.sheet).toContainText(yuan(210_00))
  await clerk.press('Enter')
  await clerk.booked()

  await clerk.press('1')
  await expect(clerk.total).toHaveText(yuan(100_00))
  await expect(page.locator('.agency')).toHaveCount(0)
  await clerk.press('F2', 'Enter')
  await clerk.booked()
})

test('the agency’s statement has the order and can be saved', async ({ page }) => {
  await signIn(page, server, 'finance')
  await page.goto(server.url('/office#/agencies'))
  const row = page.getByRole('row').filter({ hasText: '云岭旅行社' })
  await expect(row).toContainText('¥210.00')
  await axe(page)
  await shoot(page, 'office-agencies')
  await page.getByRole('button', { name: '打开云岭旅行社的对账单' }).press('Enter')
  const statement = page.getByRole('dialog')
  await expect(statement.getByRole('row').filter({ hasText: '杨' })).toContainText('成人票 × 3')
  await axe(page)
  await shoot(page, 'office-agency-statement')
  const file = page.waitForEvent('download')
  await statement.getByRole('link', { name: '导出对账单' }).press('Enter')
  expect((await file).suggestedFilename()).toMatch(/^shanmen-agency-yunling-.*\.csv$/)
  await page.keyboard.press('Escape')
  await expect(statement).toHaveCount(0)
})

test('in English, on a phone', async ({ page, context }) => {
  await inLanguage(context, 'en')
  await page.setViewportSize({ width: 390, height: 844 })
  await signIn(page, server, 'finance')
  await page.goto(server.url('/office#/agencies'))
  await page.getByRole('button', { name: 'Open the statement of Yunling Travel' }).click()
  await expect(page.getByRole('dialog').getByRole('row').filter({ hasText: '杨' })).toBeVisible()
  await axe(page)
  await shoot(page, 'office-agency-statement-phone-en')
})
