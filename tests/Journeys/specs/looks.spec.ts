import type { Browser, Page } from '@playwright/test'
import { axe, Clerk, expect, inLanguage, newKey, onShift, ownServer, shoot, signedIn, signIn, sold, staffedPark, test } from '../journey'

const server = ownServer({ park: 'demo' })
staffedPark(server)
test.beforeAll(async () => {
  const clerk = await signedIn(server, 'clerk2')
  await onShift(clerk.caller)
  const orders = [await sold(clerk.caller, 'ADULT', 6), await sold(clerk.caller, 'CHILD', 3), await sold(clerk.caller, 'GROUP', 1, 24)]
  const gate = await signedIn(server, 'gate1')
  const lane = (await gate.caller.get<{ laneId: string; laneName: string }[]>('/api/admission/lanes')).find((one) => one.laneName === '东山门1道')!
  for (const { qr } of orders.flatMap((order) => order.tickets)) {
    await gate.caller.send('POST', '/api/admissions', { laneId: lane.laneId, code: qr, people: null }, newKey())
  }
  await clerk.end()
  await gate.end()
})

const sections = ['park', 'sites', 'gates', 'windows', 'dictionaries', 'parameters', 'types', 'calendar', 'prices', 'quotas', 'staff', 'days', 'origins', 'complimentary', 'status', 'log']

async function opens(browser: Browser, login: string, language: 'zh' | 'en', colorScheme: 'light' | 'dark' = 'light'): Promise<Page> {
  const page = await (await browser.newContext({ colorScheme })).newPage()
  await inLanguage(page.context(), language)
  await signIn(page, server, login)
  return page
}
async function stands(page: Page) {
  await expect(page.locator('main')).toBeVisible()
  await page.waitForLoadState('networkidle').catch(() => {})
}

for (const [language, scheme] of [['zh', 'light'], ['en', 'light'], ['zh', 'dark']] as const) {
  const mark = scheme === 'dark' ? 'dark' : language

  test(`the office is free of barriers (${mark})`, async ({ browser }) => {
    const page = await opens(browser, 'admin', language, scheme)
    await page.goto(server.url('/'))
    await stands(page)
    await axe(page)
    await page.goto(server.url('/office'))
    // The dark look has one set of colours for all sections, and English the same parts with longer words: a form, a list, the calendar and the
    // state tags show them. What a section has of its own is looked at in its own journey.
    for (const section of scheme === 'dark' || language === 'en' ? ['park', 'types', 'calendar', 'status'] : sections) {
      await page.evaluate((id) => { location.hash = `#/${id}` }, section)
      await expect(page.locator('main h1')).toBeVisible()
      await expect(page.locator('main .card, main table, main form').first()).toBeVisible()
      await axe(page)
      if (section === 'calendar' || section === 'types') await shoot(page, `office-${section}-${mark}`)
    }
    await page.context().close()
  })

  // English is looked at here in the office; counter and gate speak it in journeys of their own.
  if ((language as string) === 'en') continue

  test(`the counter is free of barriers (${mark})`, async ({ browser }) => {
    const page = await opens(browser, 'clerk1', language, scheme)
    const clerk = await new Clerk(page).comes(server.url('/counter'))
    await axe(page)
    await shoot(page, `counter-empty-${mark}`)
    await clerk.press('1', '1', '2')
    await axe(page)
    await shoot(page, `counter-cart-${mark}`)
    await clerk.press('F2', '9', '0', '0')
    await axe(page)
    await shoot(page, `counter-pay-${mark}`)
    await clerk.press('Escape', 'F9')
    await expect(clerk.sheet.locator('tbody tr').first()).toBeVisible()
    await axe(page)
    await clerk.press('Escape', 'F4', 'F4', 'F10')
    await expect(clerk.sheet).toBeVisible()
    await axe(page)
    await page.context().close()
  })

  test(`board, report and gate are free of barriers (${mark})`, async ({ browser }) => {
    const page = await opens(browser, 'admin', language, scheme)
    await page.goto(server.url('/board'))
    await expect(page.locator('.gauge .inside')).toHaveText('33')
    await expect(page.locator('main')).toContainText(language === 'en' ? 'East Gate' : '东山门')
    await expect(page.locator('.curve canvas').first()).toBeVisible()
    await axe(page)
    await shoot(page, `board-${mark}`)
    await page.goto(server.url('/report'))
    await expect(page.locator('article dl')).toBeVisible()
    await axe(page)
    await shoot(page, `report-${mark}`)
    await page.goto(server.url('/gate'))
    await expect(page.locator('main li').first()).toBeVisible()
    await axe(page)
    await page.locator('main li button').first().click()
    await expect(page.locator('section.face')).toBeVisible()
    await axe(page)
    await shoot(page, `gate-ready-${mark}`)
    await page.locator('input[name=code]').fill('0000000000000000')
    await page.keyboard.press('Enter')
    await expect(page.locator('section.face')).toHaveClass(/refused/)
    await axe(page)
    await page.context().close()
  })
}

test('signing in and changing the password are free of barriers in English', async ({ page, context }) => {
  await inLanguage(context, 'en')
  await page.goto(server.url('/login'))
  await expect(page.locator('input[type=password]')).toBeVisible()
  await axe(page)
  await signIn(page, server, 'clerk1')
  await page.goto(server.url('/login?next=/office#password'))
  await expect(page.locator('input[name=newPassword]')).toBeVisible()
  await axe(page)
})
