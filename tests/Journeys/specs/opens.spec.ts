import { axe, expect, ownServer, shoot, test } from '../journey'

const server = ownServer({ park: 'demo' })

test('a started server says that it lives and is ready', async ({ request }) => {
  expect((await request.get(server.url('/health/live'))).status()).toBe(200)
  expect((await request.get(server.url('/health/ready'))).status()).toBe(200)
})

test('the sign-in page opens without a fault in both sizes', async ({ page }) => {
  const answer = await page.goto(server.url('/login'))
  expect(answer?.status()).toBe(200)
  await expect(page.getByRole('heading').first()).toBeVisible()
  await expect(page.locator('input[type=password]')).toBeVisible()
  await axe(page)
  await shoot(page, 'login')
})
