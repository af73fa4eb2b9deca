import { execFile } from 'node:child_process'
import { mkdtemp, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { Clerk, expect, type Order, ownServer, signIn, staffedPark, test } from '../journey'

const server = ownServer({ park: 'demo' })
staffedPark(server)
const run = promisify(execFile)

test('the QR code and the bar code of every printed ticket read as the API gives them', async ({ page, context }) => {
  // The printer's window stays open, so that the paper lies still.
  await context.addInitScript(() => { window.print = () => {} })
  await signIn(page, server, 'clerk1')
  const clerk = await new Clerk(page).comes(server.url('/counter'))
  const [answer] = await Promise.all([
    page.waitForResponse((response) => response.url().endsWith('/api/orders') && response.request().method() === 'POST'),
    clerk.press('1', '2', 'F2', 'Enter'),
  ])
  const order = (await answer.json()) as Order
  await expect(page.locator('#paper .paper')).toHaveCount(2)

  const folder = await mkdtemp(join(tmpdir(), 'shanmen-paper-'))
  try {
    await page.pdf({ path: join(folder, 'paper.pdf'), preferCSSPageSize: true, printBackground: true })
    // 200 dots an inch is what a thermal printer of 8 dots a millimetre lays on paper.
    await run('pdftoppm', ['-r', '203', '-png', join(folder, 'paper.pdf'), join(folder, 'page')])
    const pages = (await readdir(folder)).filter((name) => name.endsWith('.png')).map((name) => join(folder, name))
    expect(pages).toHaveLength(2)
    const { stdout } = await run('zbarimg', ['--quiet', ...pages])
    const read = stdout.split('\n').filter(Boolean).sort()
    expect(read).toEqual(order.tickets.flatMap(({ qr, shortCode }) => [`QR-Code:${qr}`, `CODE-128:${shortCode}`]).sort())
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
})
