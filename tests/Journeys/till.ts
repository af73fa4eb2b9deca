import { type BrowserContext, type Locator, type Page, expect } from '@playwright/test'

declare global {
  interface Window { hands: { keys: number; pointer: number }; papers: string[] }
}

/** Counts in the page what hands really do, and keeps what goes to the printer, whose window a headless browser has not. */
export async function watchHands(context: BrowserContext): Promise<void> {
  await context.addInitScript(() => {
    window.hands = { keys: 0, pointer: 0 }
    window.papers = []
    addEventListener('keydown', (event) => { if (event.isTrusted && !event.repeat) window.hands.keys++ }, true)
    addEventListener('pointerdown', () => { window.hands.pointer++ }, true)
    window.print = () => {
      window.papers.push(document.getElementById('paper')?.innerText ?? '')
      dispatchEvent(new Event('afterprint'))
    }
  })
}
export const hands = (page: Page) => page.evaluate(() => window.hands)
export const papers = (page: Page) => page.evaluate(() => window.papers)

/** A clerk at the counter: presses keys as fast as a practised hand, about ten a second. */
export class Clerk {
  constructor(readonly page: Page) {}

  /** A money key is not pressed a second time before it can mean anything: it is dead for a moment, and a machine is quicker than a hand. */
  async press(...keys: string[]): Promise<void> {
    for (const key of keys) {
      const rests = /^(F[12]|Enter)$/.test(key) ? (this.#pressed.get(key) ?? 0) + 450 - Date.now() : 0
      if (rests > 0) await this.page.waitForTimeout(rests)
      await this.page.keyboard.press(key, { delay: 70 })
      this.#pressed.set(key, Date.now())
    }
  }
  readonly #pressed = new Map<string, number>()

  get total(): Locator { return this.page.locator('.total strong') }
  get lines(): Locator { return this.page.locator('section.cart ol li') }
  get sheet(): Locator { return this.page.locator('dialog[open]') }
  get lastSale(): Locator { return this.page.locator('section.last') }

  /** Waits until the sale on the screen is booked. */
  async booked(): Promise<void> {
    await expect(this.lastSale).toHaveClass(/\bbooked\b/)
    await expect(this.lines).toHaveCount(0)
    // After a sale the key that paid is dead for this long, for people a wink.
    await this.page.waitForTimeout(400)
  }

  /** Opens the counter, and a shift when there is none. */
  async comes(address: string, float = '500'): Promise<this> {
    await this.page.goto(address)
    const form = this.page.locator('input[name=float]')
    const prices = this.page.locator('#tab-panel .type').first()
    await expect(form.or(prices)).toBeVisible()
    if (await form.isVisible()) {
      await this.page.keyboard.type(float)
      await this.page.keyboard.press('Enter')
    }
    await expect(prices).toBeVisible()
    await expect(this.lastSale).toBeVisible()
    return this
  }
}

/**
 * A wedge scanner: a keyboard that leaves 3 ms between keys and ends with Enter. The keys carry the times of the
 * scanner's own clock, so that a busy test machine does not turn a scan into typing.
 * @param stallMs How long the computer stalls after the first key.
 */
export async function scan(page: Page, code: string, stallMs = 0): Promise<void> {
  const gapMs = 3
  const wire = await page.context().newCDPSession(page)
  await page.waitForTimeout((code.length + 1) * gapMs)
  const start = Date.now() - (code.length + 1) * gapMs
  const strokes = [...code].map((key) => ({ key, text: key }))
  const sent = [...strokes, { key: 'Enter', text: '\r' }].map(({ key, text }, nth) => () => {
    const timestamp = (start + nth * gapMs) / 1000
    return Promise.all([wire.send('Input.dispatchKeyEvent', { type: 'keyDown', key, text, timestamp }), wire.send('Input.dispatchKeyEvent', { type: 'keyUp', key, timestamp })])
  })
  if (stallMs) {
    await sent.shift()!()
    await page.waitForTimeout(stallMs)
  }
  await Promise.all(sent.map((send) => send()))
  await wire.detach()
}
