import type { Page } from '@playwright/test'
import { axe, expect, inLanguage, ownServer, shoot, signIn, staffedPark, test } from '../journey'

const server = ownServer({ park: 'demo' })
staffedPark(server)
test.describe.configure({ mode: 'serial' })

const second = (page: Page, title = '请另一人复核') => page.getByRole('dialog', { name: title })
async function approve(page: Page, login: string, password: string): Promise<void> {
  await expect(second(page).getByRole('textbox', { name: '复核人登录名' })).toBeFocused()
  await page.keyboard.type(login)
  await page.keyboard.press('Tab')
  await page.keyboard.type(password)
  await page.keyboard.press('Enter')
}
const passwordOf = (login: string): string => server.passwords.get(login)!

test('two people switch it on, and a price is changed by two, by keyboard', async ({ page }) => {
  await signIn(page, server, 'manager')
  await page.goto(server.url('/office#/parameters'))
  await page.getByRole('switch', { name: '改票种、价格要两人' }).press('Space')
  await page.getByRole('button', { name: '保存' }).press('Enter')
  await approve(page, 'clerk1', passwordOf('clerk1'))
  await expect(second(page).getByRole('alert')).toContainText('没有批准这项业务的权限')
  await axe(page)
  await shoot(page, 'office-second-person')
  await second(page).getByRole('textbox', { name: '复核人登录名' }).fill('admin')
  await second(page).getByRole('textbox', { name: '复核人密码' }).fill(passwordOf('admin'))
  await page.keyboard.press('Enter')
  await expect(second(page)).toBeHidden()
  await expect(page.getByText('改票种、价格要两人: 否 → 是')).toBeVisible()

  await page.goto(server.url('/office#/types'))
  await page.getByRole('row').filter({ hasText: 'ADULT' }).getByRole('button').first().press('Enter')
  const drawer = page.getByRole('dialog', { name: '票种' })
  await drawer.getByRole('textbox', { name: '平日价', exact: true }).fill('150')
  await page.keyboard.press('Control+Enter')
  // Who goes away leaves the form as it was filled in, and nothing is changed.
  await expect(second(page)).toBeVisible()
  await page.keyboard.press('Escape')
  await expect(second(page)).toBeHidden()
  await expect(drawer.getByText('这项改动要另一人复核')).toBeVisible()
  await expect(drawer.getByRole('textbox', { name: '平日价', exact: true })).toHaveValue('150')
  await page.keyboard.press('Control+Enter')
  await approve(page, 'admin', passwordOf('admin'))
  await expect(drawer).toHaveCount(0)
  await expect(page.getByRole('row').filter({ hasText: 'ADULT' })).toContainText('150')
})

test('in English on a phone it says what it is about', async ({ page, context }) => {
  await inLanguage(context, 'en')
  await page.setViewportSize({ width: 390, height: 844 })
  await signIn(page, server, 'manager')
  await page.goto(server.url('/office#/parameters'))
  await page.getByRole('switch', { name: 'Types and prices are changed by two people' }).press('Space')
  await page.getByRole('button', { name: 'Save' }).press('Enter')
  await expect(second(page, 'A second person, please')).toContainText('Nothing is changed yet')
  await axe(page)
  await shoot(page, 'office-second-person-phone-en')
})
