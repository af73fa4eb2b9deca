import type { Page } from '@playwright/test'
import { expect, inLanguage, ownServer, scan, shoot, signedIn, signIn, sold, staffedPark, test } from '../journey'

const server = ownServer({ park: 'demo' })
staffedPark(server)

const face = (page: Page) => page.locator('section.face')
async function atLane(page: Page, lane: RegExp) {
  await signIn(page, server, 'gate1')
  await page.goto(server.url('/gate'))
  await page.getByRole('button', { name: lane }).first().click()
  await expect(face(page)).toBeVisible()
}
async function sells(code: string, quantity = 1, people = 1) {
  const clerk = await signedIn(server, 'clerk1')
  const order = await sold(clerk.caller, code, quantity, people)
  await clerk.end()
  return order.tickets
}

test('a wedge scanner is understood whatever has the focus', async ({ page }) => {
  const [first, second] = await sells('ADULT', 2)
  await atLane(page, /东山门1道/)
  await scan(page, first!.qr)
  await expect(face(page)).toHaveClass(/admitted/)
  await expect(face(page)).toContainText('成人票')
  await shoot(page, 'gate-admitted-zh')

  const field = page.locator('input[name=code]')
  await field.fill('7K')
  await field.focus()
  await scan(page, second!.qr)
  await expect(face(page)).toHaveClass(/admitted/)
  // The burst does not stay in the field that had the focus.
  await expect(field).toHaveValue('7K')
  await field.fill('')

  await scan(page, first!.qr)
  await expect(face(page)).toHaveClass(/refused/)
  await expect(face(page)).toContainText(/\d{2}:\d{2}/)
  await shoot(page, 'gate-refused-zh')
})

test('a group enters in batches and no further than its number', async ({ page }) => {
  const [group] = await sells('GROUP', 1, 12)
  await atLane(page, /东山门2道/)
  await page.getByLabel('团体票先问人数').check()
  const passes = async (people: string) => {
    await scan(page, group!.qr)
    const ask = page.getByRole('dialog')
    await expect(ask.getByRole('spinbutton')).toBeFocused()
    await page.keyboard.type(people, { delay: 60 })
    await page.keyboard.press('Enter')
    await expect(ask).toHaveCount(0)
  }
  await passes('5')
  await expect(face(page)).toContainText('本次放行 5 人')
  await expect(face(page)).toContainText('还可入 7 人')
  await passes('8')
  await expect(face(page)).toHaveClass(/refused/)
  await passes('7')
  await expect(face(page)).toContainText('已全部入园（共 12 人）')
})

test('the way out is counted and changes the people inside', async ({ page }) => {
  const [ticket] = await sells('ADULT')
  await atLane(page, /东山门3道/)
  await scan(page, ticket!.shortCode)
  await expect(face(page)).toHaveClass(/admitted/)
  const count = page.locator('.inside strong')
  const inside = Number(await count.innerText())
  expect(inside).toBeGreaterThan(1)
  await page.getByRole('button', { name: '换通道' }).click()
  await page.getByRole('button', { name: /东山门出口/ }).click()
  await page.getByRole('button', { name: '出园 +1', exact: true }).click()
  await expect(count).toHaveText(String(inside - 1))
  await page.getByRole('button', { name: '出园 +2', exact: true }).click()
  await expect(count).toHaveText(String(inside - 3))
})

test('a forged code and a lost server admit nobody', async ({ page }) => {
  const [ticket] = await sells('ADULT')
  let away = false
  await page.route('**/api/admissions', (route) => (away ? route.abort('connectionrefused') : route.continue()))
  await atLane(page, /东山门4道/)
  await scan(page, ticket!.qr.slice(0, -8) + ticket!.qr.slice(-8).split('').reverse().join(''))
  await expect(face(page)).toHaveClass(/refused/)
  away = true
  await scan(page, ticket!.qr)
  await expect(face(page)).toHaveClass(/away/)
  await expect(face(page)).toContainText('暂不放行')
  away = false
  await scan(page, ticket!.qr)
  await expect(face(page)).toHaveClass(/admitted/)
})

test('a code is read whole also when the computer stalls after its first key', async ({ page }) => {
  const [ticket] = await sells('ADULT')
  await atLane(page, /东山门4道/)
  await scan(page, ticket!.qr, 150)
  await expect(face(page)).toHaveClass(/admitted/)
})

test('the verdicts are said in English too', async ({ page, context }) => {
  const [ticket] = await sells('CHILD')
  await inLanguage(context, 'en')
  await atLane(page, /东山门1道|East/)
  await shoot(page, 'gate-ready-en')
  await scan(page, ticket!.qr)
  await expect(face(page)).toContainText('Child')
  await shoot(page, 'gate-admitted-en')
  await scan(page, ticket!.qr)
  await expect(face(page)).toHaveClass(/refused/)
  await shoot(page, 'gate-refused-en')
})
