import type { Page } from '@playwright/test'
import { Clerk, expect, ownServer, test, watchHands } from '../journey'

const server = ownServer({ park: 'empty' })
test.describe.configure({ mode: 'serial' })

const known = { admin: 'the-first-morning', clerk: 'sells-all-day-long', shortCode: '' }
const field = (page: Page, label: string) => page.locator('.el-form-item', { hasText: label }).getByRole('textbox').first()

async function signsIn(page: Page, login: string, password: string) {
  await page.goto(server.url('/login'))
  await page.locator('input[name=login]').fill(login)
  await page.locator('input[name=password]').fill(password)
  await page.keyboard.press('Enter')
}
async function section(page: Page, name: string) {
  await page.getByRole('navigation', { name: '后台栏目' }).getByRole('link', { name }).click()
  await expect(page.getByRole('heading', { level: 1, name })).toBeVisible()
}
async function save(page: Page) {
  await page.getByRole('dialog').getByRole('button', { name: '保存' }).click()
  await expect(page.getByRole('dialog')).toHaveCount(0)
}

test('an empty park asks for its name and its first administrator', async ({ page }) => {
  await page.goto(server.url('/'))
  await expect(page).toHaveURL(/\/setup$/)
  await page.locator('input[name=parkName]').fill('青石山景区')
  await page.locator('input[name=name]').fill('赵主任')
  await page.locator('input[name=login]').fill('zhao')
  await page.locator('input[name=password]').fill(known.admin)
  await page.locator('input[name=passwordAgain]').fill(known.admin)
  await page.keyboard.press('Enter')
  await page.getByRole('link', { name: '登录' }).click()
  await expect(page).toHaveURL(/\/login$/)
  await page.locator('input[name=login]').fill('zhao')
  await page.locator('input[name=password]').fill(known.admin)
  await page.keyboard.press('Enter')
  await expect(page.getByRole('heading', { level: 1 })).toContainText('赵主任')
  await page.goto(server.url('/setup'))
  await expect(page.locator('input[name=parkName]')).toHaveCount(0)
})

test('the office sets up hours, site, gate, lane, window, ticket type and a clerk', async ({ page }) => {
  await signsIn(page, 'zhao', known.admin)
  await page.getByRole('main').getByRole('link', { name: '管理' }).click()

  await section(page, '景区资料')
  await field(page, '开园').fill('0')
  await field(page, '闭园').fill('2359')
  await page.getByRole('button', { name: '保存' }).click()
  await expect(page.getByText('没有改动')).toBeVisible()
  await expect(field(page, '闭园')).toHaveValue('23:59')

  await section(page, '景点')
  await page.getByRole('button', { name: '新增景点' }).click()
  await field(page, '名称').fill('主景区')
  await page.getByRole('dialog').getByRole('spinbutton').fill('5000')
  await save(page)

  await section(page, '检票点与通道')
  await page.getByRole('button', { name: '新增检票点' }).click()
  await field(page, '名称').fill('南门')
  await save(page)
  await page.getByRole('button', { name: '新增通道' }).click()
  await field(page, '名称').fill('南门一道')
  await save(page)
  await expect(page.getByRole('button', { name: '编辑 南门一道' })).toBeVisible()

  await section(page, '售票窗口')
  await page.getByRole('button', { name: '新增窗口' }).click()
  await save(page)

  await section(page, '票种')
  await page.getByRole('button', { name: '新增票种' }).click()
  await field(page, '名称').fill('成人票')
  await field(page, '代码').fill('adult')
  await page.getByRole('textbox', { name: '平日价', exact: true }).fill('80')
  await page.getByRole('textbox', { name: '周末和节假日价', exact: true }).fill('80')
  await page.getByRole('textbox', { name: '从', exact: true }).fill('0')
  await page.getByRole('textbox', { name: '到', exact: true }).fill('23:59')
  await page.locator('.el-form-item', { hasText: '快捷键' }).locator('.el-select').click()
  await page.getByRole('option', { name: '1', exact: false }).first().click()
  await save(page)

  await section(page, '员工')
  await page.getByRole('button', { name: '新增员工' }).click()
  await field(page, '姓名').fill('钱小梅')
  await field(page, '登录名').fill('qian')
  await page.getByRole('dialog').getByText('检票员', { exact: true }).click()
  await page.getByRole('dialog').getByRole('button', { name: '保存' }).click()
  known.clerk = (await page.locator('.el-dialog .words').innerText()).trim()
  await page.getByRole('button', { name: '我已保存' }).click()
})

test('the clerk changes the first password, opens a shift and sells the first ticket by keys alone', async ({ page, context }) => {
  await watchHands(context)
  await signsIn(page, 'qian', known.clerk)
  await page.locator('input[name=newPassword]').fill('qian-sells-tickets')
  await page.locator('input[name=newPasswordAgain]').fill('qian-sells-tickets')
  await page.locator('input[name=currentPassword]').fill(known.clerk)
  await page.keyboard.press('Enter')
  await expect(page.getByRole('heading', { level: 1 })).toContainText('钱小梅')
  known.clerk = 'qian-sells-tickets'

  const clerk = await new Clerk(page).comes(server.url('/counter'), '300')
  await clerk.press('1')
  await expect(clerk.total).toHaveText('¥80.00')
  await clerk.press('F2')
  await expect(clerk.sheet).toContainText('¥80.00')
  await clerk.press('Enter')
  await clerk.booked()
  const paper = await page.waitForFunction(() => window.papers[0])
  known.shortCode = /[0-9A-Z]{4} [0-9A-Z]{4} [0-9A-Z]{4} [0-9A-Z]{4}/.exec(String(await paper.jsonValue()))![0]
  expect(await page.evaluate(() => window.hands.pointer)).toBe(0)
})

test('the gate admits the short code once, the board counts the visitor without a reload', async ({ page, browser }) => {
  const watching = await browser.newContext()
  const board = await watching.newPage()
  await signsIn(board, 'zhao', known.admin)
  await expect(board.getByRole('heading', { level: 1 })).toContainText('赵主任')
  await board.goto(server.url('/board'))
  await expect(board.locator('.gauge .inside')).toHaveText('0')

  await signsIn(page, 'qian', known.clerk)
  await expect(page.getByRole('heading', { level: 1 })).toContainText('钱小梅')
  await page.goto(server.url('/gate'))
  await page.getByRole('button', { name: /南门一道/ }).click()
  await page.locator('input[name=code]').fill(known.shortCode.toLowerCase())
  await page.keyboard.press('Enter')
  const face = page.locator('section.face')
  await expect(face).toHaveClass(/admitted/)
  await expect(face).toContainText('放行')
  await expect(face).toContainText('成人票')
  await expect(board.locator('.gauge .inside')).toHaveText('1')

  await page.locator('input[name=code]').fill(known.shortCode)
  await page.keyboard.press('Enter')
  await expect(face).toHaveClass(/refused/)
  // When and where it was used, in words that can be read out to the visitor.
  await expect(face).toContainText(/\d{2}:\d{2}/)
  await expect(face).toContainText('南门')
  await expect(board.locator('.figure.refused .value')).toHaveText('1')
  await watching.close()
})
