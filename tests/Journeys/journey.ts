import { join } from 'node:path'
import { AxeBuilder } from '@axe-core/playwright'
import { type BrowserContext, type Page, expect, test as plain } from '@playwright/test'
import type { Server } from './server'

export { expect } from '@playwright/test'
export { ownServer, Server } from './server'
export * from './park'
export * from './till'

/** What the pages of a context do that they must not: throw, or ask anything from outside. It grows while they run. */
export function faultsOf(context: BrowserContext): string[] {
  const faults: string[] = []
  context.on('weberror', (error) => faults.push(`thrown: ${error.error().stack ?? error.error().message}`))
  context.on('request', (request) => {
    const { protocol, hostname } = new URL(request.url())
    if (/^(http|ws)s?:$/.test(protocol) && !['127.0.0.1', 'localhost'].includes(hostname)) faults.push(`asked from outside: ${request.url()}`)
  })
  return faults
}

/** A slow and busy machine, when SHANMEN_JOURNEY_SLOW names how many times slower: its processor, and a fifth of a second to the server and back. */
const slower = Number(process.env.SHANMEN_JOURNEY_SLOW ?? 1)
function slowed(context: BrowserContext) {
  context.on('page', (page) => {
    void context.newCDPSession(page).then(async (wire) => {
      await wire.send('Emulation.setCPUThrottlingRate', { rate: slower })
      await wire.send('Network.enable')
      await wire.send('Network.emulateNetworkConditions', { offline: false, latency: 200, downloadThroughput: -1, uploadThroughput: -1 })
    })
  })
}

/** The test of every journey. A park's network may have no way out, so a page that asks outside fails its test. */
export const test = plain.extend<{ quietPages: void }>({
  quietPages: [
    async ({ context }, use) => {
      const faults = faultsOf(context)
      if (slower > 1) slowed(context)
      await use()
      expect(faults, 'the pages throw nothing and ask nothing from outside').toEqual([])
    },
    { auto: true },
  ],
})

/** The two sizes at which every screen must look right: a counter's screen and a phone. */
export const sizes = [
  { width: 1920, height: 1080 },
  { width: 390, height: 844 },
] as const

/** Takes the page at both sizes into test-results/shots. Open them: a test cannot see whether a screen is pleasant. */
export async function shoot(page: Page, name: string) {
  const before = page.viewportSize()
  for (const size of sizes) {
    await page.setViewportSize(size)
    await page.evaluate(() => document.fonts.ready.then(() => undefined))
    await page.screenshot({ path: join(import.meta.dirname, 'test-results/shots', `${name}-${size.width}x${size.height}.png`), animations: 'disabled' })
  }
  if (before) await page.setViewportSize(before)
}

/** Waits until nothing fades or slides any more: half-way through, a colour has a contrast that nobody meant. Spinners turn for ever and are let be. */
async function still(page: Page) {
  await expect(async () => {
    const running = await page.evaluate(async () => {
      // A transition that was asked for begins with the second frame from now.
      for (let frame = 0; frame < 3; frame++) await new Promise(requestAnimationFrame)
      return document.getAnimations().filter((one) => one.playState === 'running' && Number.isFinite(one.effect?.getComputedTiming().endTime ?? 0)).length
    })
    expect(running, 'animations that still run').toBe(0)
  }).toPass({ timeout: 15_000 })
}

/** WCAG 2.2 AA as far as a machine can see it: no violation. A message that begins to fade while it is looked at is looked at again; what is wrong stays wrong. */
export async function axe(page: Page) {
  const found = async (): Promise<string[]> => {
    await still(page)
    const { violations } = await new AxeBuilder({ page }).withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa']).analyze()
    return violations.flatMap(({ id, help, nodes }) => nodes.map((node) => `${id}: ${help}: ${node.target.join(' ')}`))
  }
  let wrong = await found()
  if (wrong.length) wrong = await found()
  expect(wrong, 'WCAG 2.2 AA').toEqual([])
}

/** Signs in through the API; the page's cookies are the browser's, so the next page is opened as that person. */
export async function signIn(page: Page, server: Server, login: string, password = server.passwords.get(login)) {
  if (!password) throw new Error(`the server printed no password for ${login}\n${server.output}`)
  const answer = await page.request.post(server.url('/api/session'), { data: { login, password }, headers: { Origin: new URL(server.address).origin } })
  expect(answer.status(), await answer.text()).toBe(200)
}
