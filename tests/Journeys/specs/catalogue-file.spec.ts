import { readFileSync } from 'node:fs'
import type { Page } from '@playwright/test'
import { axe, callerOf, expect, inLanguage, ownServer, shoot, signIn, staffedPark, test, type TypeRow } from '../journey'

const server = ownServer({ park: 'demo' })
staffedPark(server)
test.describe.configure({ mode: 'serial' })

async function onFiles(page: Page): Promise<void> {
  await signIn(page, server, 'manager')
  await page.goto(server.url('/office#/files'))
}
async function downloaded(page: Page): Promise<string> {
  const [download] = await Promise.all([page.waitForEvent('download'), page.getByRole('link', { name: /下载文件|Download file/ }).click()])
  expect(download.suggestedFilename()).toMatch(/^shanmen-catalogue-\d{4}-\d\d-\d\d\.json$/)
  return readFileSync(await download.path(), 'utf8')
}
const take = (page: Page, text: string, name = '票务.json') =>
  page.getByLabel(/选择文件|Choose a file/).and(page.locator('input')).setInputFiles({ name, mimeType: 'application/json', buffer: Buffer.from(text) })

async function changed(page: Page, text: string, priceFen: number): Promise<string> {
  const day = (await callerOf(page, server).get<{ businessDay: string }>('/api/session')).businessDay
  const days = [`{"type":"ADULT","day":"${day}","priceFen":12300,"quota":null,"unlimited":false}`, `{"type":"CHILD","day":"${day}","priceFen":${priceFen}}`]
  return text.replace('"name": "成人票"', '"name": "大门票"').replace('"days": []', `"days": [\n    ${days.join(',\n    ')}\n  ]`)
}

test('a catalogue is saved, is the same when it comes back, and is refused by the line where it is wrong', async ({ page }) => {
  await onFiles(page)
  const text = await downloaded(page)
  await take(page, text)
  await expect(page.getByRole('heading', { name: '“票务.json”与现在的设置相同，没有要改的。' })).toBeVisible()

  const wrong = await changed(page, text, -1)
  await take(page, wrong)
  const line = wrong.split('\n').findIndex((one) => one.includes('"priceFen":-1')) + 1
  await expect(page.getByRole('alert')).toContainText('文件里有 1 处不对，整个文件都没有导入。')
  await expect(page.getByRole('row').filter({ hasText: `第 ${line} 行：` })).toContainText('days[1].priceFen')
  await axe(page)
  await shoot(page, 'office-files-wrong')
})

test('what was changed by hand is looked at and imported by keyboard', async ({ page }) => {
  await onFiles(page)
  await take(page, await changed(page, await downloaded(page), 4_000))
  await expect(page.getByRole('heading', { name: '“票务.json”会改动这些' })).toBeVisible()
  await expect(page.getByRole('row').filter({ hasText: '特定日期' })).toContainText('2')
  await expect(page.getByRole('listitem').filter({ hasText: '大门票' }).first()).toContainText('名称成人票 → 大门票')
  await axe(page)
  await shoot(page, 'office-files-look')
  // By keyboard alone: the outcome is focused, and the button is the next stop but the list.
  await page.getByRole('button', { name: '导入，改动 3 处' }).focus()
  await page.keyboard.press('Enter')
  await expect(page.getByText('已导入，改动 3 处')).toBeVisible()
  const newest = page.getByRole('region', { name: '谁改了什么' }).getByRole('row')
  await expect(newest.filter({ hasText: '¥123.00' })).toHaveCount(1)
  await expect(newest.filter({ hasText: '成人票 → 大门票' })).toHaveCount(1)
  await expect(page.getByText('已导入，改动 3 处')).toBeHidden()
  await axe(page)
  await shoot(page, 'office-files')
})

test('somebody else changes meanwhile, and what was looked at is not imported', async ({ page }) => {
  await inLanguage(page.context(), 'en')
  await onFiles(page)
  const caller = callerOf(page, server)
  const text = await downloaded(page)
  await take(page, text.replace('"name": "大门票"', '"name": "成人票"'), 'catalogue.json')
  await expect(page.getByRole('button', { name: 'Import, 1 change(s)' })).toBeVisible()
  await shoot(page, 'office-files-look-en')
  const { id, ...adult } = (await caller.get<(TypeRow & Record<string, unknown>)[]>('/api/ticket-types')).find((type) => type.code === 'ADULT')!
  await caller.send('PUT', `/api/ticket-types/${id}`, { ...adult, attention: 'look twice' })
  await page.getByRole('button', { name: 'Import, 1 change(s)' }).click()
  await expect(page.getByRole('alert')).toContainText('Somebody changed the catalogue')
  await page.getByRole('button', { name: 'Look again' }).click()
  await expect(page.getByRole('region', { name: 'Before → now' })).toContainText('look twice')
  await expect(page.getByRole('button', { name: 'Import, 1 change(s)' })).toBeVisible()
  await axe(page)
  await shoot(page, 'office-files-en')
})

test('a type is copied, and asks for a code of its own', async ({ page }) => {
  await signIn(page, server, 'manager')
  await page.goto(server.url('/office#/types'))
  await page.getByRole('button', { name: '复制 儿童票' }).click()
  const drawer = page.getByRole('dialog')
  await expect(drawer.getByRole('textbox', { name: '名称', exact: true })).toHaveValue('儿童票（复制）')
  await drawer.getByRole('button', { name: '保存' }).click()
  await expect(drawer.getByText('请填写').first()).toBeVisible()
  await drawer.getByRole('textbox', { name: '代码' }).fill('GATE2')
  await shoot(page, 'office-types-copy')
  await drawer.getByRole('button', { name: '保存' }).click()
  await expect(page.getByRole('row').filter({ hasText: 'GATE2' })).toContainText('儿童票（复制）')
  await axe(page)
  await shoot(page, 'office-types')
})
