import type { Browser, Page } from '@playwright/test'
import { browserWith, film } from '../camera'
import { expect, faultsOf, ownServer, shoot, signedIn, signIn, sold, staffedPark, test } from '../journey'

const server = ownServer({ park: 'demo' })
staffedPark(server)

let own: Browser | undefined
test.afterEach(() => own?.close())
const face = (page: Page) => page.locator('section.face')
const open = (page: Page) => page.getByRole('button', { name: '用摄像头扫码' }).click()

/** A guard with a phone at a lane. */
async function atLane(browser: Browser): Promise<{ page: Page; faults: string[]; fetched: string[] }> {
  const context = await browser.newContext({ viewport: { width: 390, height: 844 }, locale: 'zh-CN' })
  const faults = faultsOf(context)
  const page = await context.newPage()
  const fetched: string[] = []
  page.on('request', (request) => { fetched.push(new URL(request.url()).pathname) })
  await signIn(page, server, 'gate1')
  await page.goto(server.url('/gate'))
  await page.getByRole('button', { name: /东山门1道/ }).first().click()
  await expect(face(page)).toBeVisible()
  return { page, faults, fetched }
}
async function ticketOf(code: string) {
  const clerk = await signedIn(server, 'clerk1')
  const order = await sold(clerk.caller, code)
  await clerk.end()
  return order.tickets[0]!
}

test('a ticket held before the camera is let in once', async ({}, info) => {
  const path = film(info.outputPath('ticket.y4m'), (await ticketOf('ADULT')).qr)
  own = await browserWith(info, '--use-fake-ui-for-media-stream', '--use-fake-device-for-media-stream', `--use-file-for-fake-video-capture=${path}`)
  const { page, faults, fetched } = await atLane(own)
  const readers = () => fetched.filter((file) => /\/(CameraScan|reader)-/.test(file))
  expect(readers(), 'what reads pictures comes only when the camera is opened').toEqual([])
  await open(page)
  await expect(face(page)).toHaveClass(/admitted/)
  await expect(face(page)).toContainText('成人票')
  expect(readers().length).toBeGreaterThan(0)
  // The camera is off again: its picture is gone and its light out.
  await expect(page.locator('video')).toHaveCount(0)
  await shoot(page, 'gate-camera-admitted-zh')
  await open(page)
  await expect(face(page)).toHaveClass(/refused/)
  await expect(face(page)).toContainText(/\d{2}:\d{2}/)
  expect(faults).toEqual([])
})

test('a picture without a ticket decides nothing', async ({}, info) => {
  own = await browserWith(info, '--use-fake-ui-for-media-stream', '--use-fake-device-for-media-stream')
  const { page, faults } = await atLane(own)
  await open(page)
  await expect.poll(() => page.locator('video').evaluate((video: HTMLVideoElement) => video.videoWidth)).toBeGreaterThan(0)
  await page.waitForTimeout(1500)
  await expect(face(page)).toHaveClass(/ready/)
  await shoot(page, 'gate-camera-open-zh')
  await page.getByRole('button', { name: '关闭摄像头' }).click()
  await expect(page.locator('video')).toHaveCount(0)
  expect(faults).toEqual([])
})

for (const [what, camera, words] of [
  ['no camera', [], '没有摄像头'],
  ['a camera that may not be used', ['--use-fake-device-for-media-stream', '--use-fake-ui-for-media-stream=deny'], '没有得到许可'],
] as const) {
  test(`${what} is said, and the code can be typed`, async ({}, info) => {
    const ticket = await ticketOf('CHILD')
    own = await browserWith(info, ...camera)
    const { page, faults } = await atLane(own)
    await open(page)
    await expect(page.getByRole('alert')).toContainText(words)
    await page.locator('input[name=code]').fill(ticket.shortCode)
    await page.keyboard.press('Enter')
    await expect(face(page)).toHaveClass(/admitted/)
    expect(faults).toEqual([])
  })
}
