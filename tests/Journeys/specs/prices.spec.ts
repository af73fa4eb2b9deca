import { axe, expect, inLanguage, ownServer, shoot, signedIn, signIn, staffedPark, test, type TypeRow, yuan } from '../journey'

const server = ownServer({ park: 'demo' })
staffedPark(server)

test('a first version made from the prices of today with a set says what a family pays and why', async ({ page }) => {
  const office = await signedIn(server, 'admin')
  const types = await office.caller.get<(TypeRow & { holidayFen: number })[]>('/api/ticket-types')
  await office.end()
  const [adult, child] = ['ADULT', 'CHILD'].map((code) => types.find((type) => type.code === code)!)
  const setFen = adult!.holidayFen * 2 + child!.holidayFen - 3_000

  await signIn(page, server, 'manager')
  await page.goto(server.url('/office#/prices'))
  await expect(page.getByText('还没有价格规则')).toBeVisible()
  await shoot(page, 'office-prices-none')
  await page.getByRole('button', { name: '按现在的价格起草' }).click()
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('起草第 1 版')
  const adultHoliday = page.getByRole('list', { name: '日期价' }).getByText(`${adult!.name}：周末、节假日 ${yuan(adult!.holidayFen).slice(1)} 元`)
  await expect(adultHoliday).toBeVisible()

  await page.getByRole('button', { name: '新增组合' }).click()
  const drawer = page.getByRole('dialog')
  await drawer.getByRole('textbox', { name: '名称' }).fill('一家三口')
  for (const [part, type] of [[1, adult!], [2, child!]] as const) {
    const name = `第 ${part} 份的票种`
    const list = page.getByRole('listbox', { name })
    // On a busy machine a press may come before the list listens: it counts once the sentence says it.
    await expect(async () => {
      if ((await drawer.locator('.says').textContent())?.includes(type.name)) return
      if (!(await list.isVisible())) await drawer.getByRole('combobox', { name }).press('Enter')
      await list.getByRole('option', { name: type.name, exact: true }).click({ timeout: 3000 })
      await expect(drawer.locator('.says')).toContainText(type.name, { timeout: 3000 })
    }).toPass()
    await page.keyboard.press('Tab')
  }
  await drawer.getByRole('textbox', { name: '金额（元）' }).fill(String(setFen / 100))
  await expect(drawer.locator('.says')).toHaveText(`2 份${adult!.name} + 1 份${child!.name}：每天 一起 ${yuan(setFen).slice(1)} 元`)
  await axe(page)
  await shoot(page, 'office-prices-set')
  await drawer.getByRole('button', { name: '放入草稿' }).click()
  await expect(page.getByRole('list', { name: '组合优惠' })).toContainText('一家三口')
  await axe(page)
  await shoot(page, 'office-prices-draft')

  // Two rules that claim the same day are refused, and the words stand at both.
  const dayPrices = page.getByRole('list', { name: '日期价' })
  await page.getByRole('button', { name: '复制 平日价' }).first().click()
  await drawer.getByRole('button', { name: '放入草稿' }).click()
  await page.getByRole('button', { name: '保存这个版本' }).click()
  await expect(dayPrices.getByRole('alert')).toContainText(['平日价（复制）', '“平日价”'])
  await expect(dayPrices.getByRole('listitem').filter({ has: page.getByRole('alert') })).toContainText([`${adult!.name}：每天`, `${adult!.name}：每天`])
  await expect(page.getByRole('button', { name: '编辑 平日价', exact: true }).first()).toBeFocused()
  await shoot(page, 'office-prices-refused')
  await page.getByRole('button', { name: '删除 平日价（复制）' }).click()
  await page.getByRole('button', { name: '保存这个版本' }).click()
  const row = page.getByRole('row').filter({ hasText: '第 1 版' })
  await expect(row).toContainText('待生效')

  // Two adults and two children on a day of the National Day holiday: one set, and a child beside it.
  const trial = page.getByRole('region', { name: '试算' })
  await trial.getByLabel('游览日').fill('2026-10-03')
  await trial.getByRole('combobox', { name: '何时购票' }).press('Enter')
  await page.getByRole('option', { name: /^第 1 版生效时/ }).click()
  await trial.getByRole('button', { name: '算一算' }).click()
  await expect(trial.locator('[data-total]')).toHaveText(`${yuan(setFen + child!.holidayFen).slice(1)} 元`)
  await expect(trial).toContainText('日期价“周末节假日价”')
  await expect(trial).toContainText('组合“一家三口”用了 1 次')
  await axe(page)
  await shoot(page, 'office-prices')
})

test('a version that has not begun is withdrawn once that is confirmed', async ({ page }) => {
  await inLanguage(page.context(), 'en')
  await signIn(page, server, 'manager')
  await page.goto(server.url('/office#/prices'))
  await page.getByRole('link', { name: 'Open version 1' }).click()
  await expect(page.getByRole('list', { name: 'Sets' })).toContainText('一家三口')
  await shoot(page, 'office-prices-version')
  await page.getByRole('button', { name: 'New version from this one' }).click()
  await page.getByRole('button', { name: /^Add rule: Early/ }).click()
  await shoot(page, 'office-prices-rule')
  await axe(page)
  await page.getByRole('dialog').getByRole('button', { name: 'Cancel' }).click()
  // A reload takes nothing away that was written.
  await page.getByRole('button', { name: /^Copy / }).first().click()
  await page.getByRole('dialog').getByRole('button', { name: 'Put into the draft' }).click()
  const rules = await page.getByRole('listitem').count()
  await page.waitForTimeout(600)
  await page.reload()
  await expect(page.getByText('There is a draft of version 2 that was not saved')).toBeVisible()
  await axe(page)
  await shoot(page, 'office-prices-left')
  await page.getByRole('button', { name: 'Go on with it' }).press('Enter')
  await expect(page.getByRole('listitem')).toHaveCount(rules)
  await page.getByRole('button', { name: 'Discard draft' }).click()
  await page.getByRole('dialog').getByRole('button', { name: 'Discard', exact: true }).click()
  await page.getByRole('link', { name: /Back to the versions/ }).click()

  await page.getByRole('button', { name: 'Withdraw version 1' }).click()
  await page.getByRole('dialog').getByRole('button', { name: 'Withdraw', exact: true }).click()
  await expect(page.getByRole('row').filter({ hasText: 'Version 1' })).toContainText('Withdrawn')
  await expect(page.getByRole('button', { name: 'Withdraw version 1' })).toHaveCount(0)
})
