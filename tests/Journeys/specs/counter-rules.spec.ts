import { axe, type Caller, Clerk, callerOf, expect, newKey, ordersOf, ownServer, shoot, signedIn, signIn, staffedPark, test, type TypeRow, yuan } from '../journey'

const server = ownServer({ park: 'demo' })
staffedPark(server)

const always = { days: null, first: null, last: null, kinds: null, weekdays: null, fromTime: null, toTime: null }
const everybody = { channel: null, agency: null, level: null }

/** Saves a version in which adults cost 100.00, children 50.00, and two adults with a child this much; and waits until it holds. */
async function begin(office: Caller, number: number, setFen: number): Promise<void> {
  const types = await office.get<TypeRow[]>('/api/ticket-types')
  const [adult, child] = ['ADULT', 'CHILD'].map((code) => types.find((type) => type.code === code)!.id)
  const day = (type: string, amount: number) =>
    ({ id: newKey(), name: '票价', stage: 'day', effect: 'costs', amount, paid: 0, types: [type], when: always, who: everybody, from: 0, priority: 0 })
  const from = new Date(Date.now() + 2_000).toISOString()
  await office.send('PUT', `/api/price-versions/${newKey()}`, {
    number, from, rules: {
      products: [adult, child].map((typeId) => ({ typeId, per: 'person', taxRate: 600 })), rules: [day(adult!, 100_00), day(child!, 50_00)],
      sets: [{ id: newKey(), name: '一家三口', parts: [{ types: [adult], units: 2 }, { types: [child], units: 1 }], effect: 'costs', amount: setFen, when: always, who: everybody, priority: 1, timesMax: null }],
      roundToFen: 1, roundingMode: 'halfUp', taxPer: 'line',
    },
  })
  await expect.poll(async () => (await office.get<{ holds: boolean }[]>('/api/price-versions'))[0]!.holds, { timeout: 20_000 }).toBe(true)
}

test('a family pays what its set says, and the price on the screen is kept while a new one begins', async ({ page }) => {
  const office = await signedIn(server, 'admin')
  await begin(office.caller, 1, 220_00)
  await signIn(page, server, 'clerk1')
  const clerk = await new Clerk(page).comes(server.url('/counter'))
  await clerk.press('1', '1', '2')
  await expect(clerk.total).toHaveText(yuan(220_00))
  await expect(clerk.lines.first()).toContainText('一家三口')
  await axe(page)
  await shoot(page, 'counter-rules')
  await clerk.press('F2', 'Enter')
  await clerk.booked()

  // The hand is faster than the answer: what stood on the screen is not paid for another amount without a word.
  await page.route('**/api/quote?**', async (route) => {
    await new Promise((later) => setTimeout(later, 600))
    await route.continue()
  })
  await clerk.press('1', '1', '2', 'F2', 'Enter')
  await expect(clerk.sheet.getByRole('alert')).toContainText(yuan(220_00))
  await clerk.press('Enter')
  await clerk.booked()
  await page.unroute('**/api/quote?**')

  await clerk.press('1', '1', '2')
  await expect(clerk.total).toHaveText(yuan(220_00))
  await begin(office.caller, 2, 230_00)
  await clerk.press('F2', 'Enter')
  await clerk.booked()
  const caller = callerOf(page, server)
  const { businessDay } = await caller.get<{ businessDay: string }>('/api/session')
  const sold = await ordersOf(caller, businessDay)
  expect(new Set(sold.map((row) => row.orderId)).size).toBe(3)
  expect(sold.reduce((sum, row) => sum + row.totalFen, 0)).toBe(3 * 220_00)
  await clerk.press('1', '1', '2')
  await expect(clerk.total).toHaveText(yuan(230_00))
  await office.end()
})
