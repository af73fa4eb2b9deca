import { randomBytes } from 'node:crypto'
import { type APIRequestContext, type BrowserContext, type Page, expect, request as requests, test } from '@playwright/test'
import type { Server } from './server'

/** A UUID of version 7 as the screens make it: the name of a change, made before it is sent. */
export function newKey(at = Date.now()): string {
  const bytes = randomBytes(16)
  bytes.writeUIntBE(at, 0, 6)
  bytes[6] = 0x70 | (bytes[6]! & 0x0f)
  bytes[8] = 0x80 | (bytes[8]! & 0x3f)
  return bytes.toString('hex').replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-')
}

type Method = 'POST' | 'PUT' | 'DELETE'

/** Asks the server as the person whose cookies the requests carry. A refusal ends the test with its own words. */
export class Caller {
  constructor(private readonly requests: APIRequestContext, private readonly server: Server) {}

  async get<T>(path: string): Promise<T> {
    return told(await this.requests.get(this.server.url(path)))
  }

  async send<T>(method: Method, path: string, data: object = {}, key = newKey()): Promise<T> {
    const headers = { Origin: new URL(this.server.address).origin, 'Idempotency-Key': key }
    return told(await this.requests.fetch(this.server.url(path), { method, data, headers }))
  }
}

async function told<T>(answer: { ok(): boolean; text(): Promise<string>; url(): string; status(): number }): Promise<T> {
  const text = await answer.text()
  expect(answer.ok(), `${answer.status()} ${answer.url()} ${text}`).toBe(true)
  return (text ? JSON.parse(text) : null) as T
}

export const callerOf = (page: Page, server: Server) => new Caller(page.request, server)

/** A person signed in outside any browser, for what a journey needs but does not look at. */
export async function signedIn(server: Server, login: string): Promise<{ caller: Caller; end(): Promise<void> }> {
  const own = await requests.newContext()
  const caller = new Caller(own, server)
  await caller.send('POST', '/api/session', { login, password: server.passwords.get(login) })
  return { caller, end: () => own.dispose() }
}

interface Person { id: string; login: string }

/** Gives people of the demo park a password of their own, as the office and their first sign-in would. */
export async function employ(server: Server, ...logins: string[]): Promise<void> {
  const office = await signedIn(server, 'admin')
  const staff = await office.caller.get<Person[]>('/api/staff')
  for (const login of logins) {
    const { id } = staff.find((person) => person.login === login)!
    const { password } = await office.caller.send<{ password: string }>('POST', `/api/staff/${id}/password-reset`)
    server.passwords.set(login, password)
    const own = await signedIn(server, login)
    await own.caller.send('POST', '/api/session/password', { currentPassword: password, newPassword: `${login}-on-duty` })
    server.passwords.set(login, `${login}-on-duty`)
    await own.end()
  }
  await office.end()
}

export interface TypeRow { id: string; code: string; name: string; keySlot: number | null; fromTime: string; toTime: string; weekdayFen: number; siteIds: string[] }

/** Opens the gates at every hour, so that the journeys pass whenever they are run. */
export async function openAllDay(server: Server): Promise<void> {
  const office = await signedIn(server, 'admin')
  for (const { id, ...type } of await office.caller.get<TypeRow[]>('/api/ticket-types')) {
    await office.caller.send('PUT', `/api/ticket-types/${id}`, { ...type, fromTime: '00:00', toTime: '23:59' })
  }
  await office.end()
}

/** Who is on duty in a staffed park. */
export const people = ['manager', 'finance', 'clerk1', 'clerk2', 'gate1']
/** Where the processes that run journeys are told of the park that was made for all. */
export const template = { folder: 'SHANMEN_JOURNEY_PARK', admin: 'SHANMEN_JOURNEY_ADMIN' }

/** Gives the journeys of a spec file the demo park with people on duty, open at every hour. */
export function staffedPark(server: Server): void {
  test.beforeAll(() => {
    server.passwords.set('admin', process.env[template.admin]!)
    for (const login of people) server.passwords.set(login, `${login}-on-duty`)
  })
  server.beginsAs = () => process.env[template.folder]!
}

export interface SheetType { id: string; code: string; name: string; unitFen: number; left: number | null }
export interface PriceSheet { version: string; day: string; types: SheetType[] }
export interface Ticket { id: string; shortCode: string; qr: string; typeName: string; people: number; used: number; state: string; printed: number; exchanges: number }
export interface Order { id: string; number: string; state: string; totalFen: number; paidFen: number; refundedFen: number; changeFen: number; tickets: Ticket[] }
export interface Shift { id: string; windowId: string }

/** Opens a shift at a window that nobody uses; whoever has one already goes on with it. */
export async function onShift(caller: Caller, floatFen = 50_000): Promise<Shift> {
  const open = await caller.get<Shift | null>('/api/shifts/current')
  if (open) return open
  // From the last one: people at a screen begin with the first.
  for (const { id } of (await caller.get<{ id: string }[]>('/api/windows')).reverse()) {
    try {
      return await caller.send<Shift>('POST', '/api/shifts', { windowId: id, floatFen })
    } catch (reason) {
      if (!String(reason).includes('windowTaken')) throw reason
    }
  }
  throw new Error('every window is taken')
}

/** Sells for exact cash without a screen. */
export async function sold(caller: Caller, code: string, quantity = 1, people = 1): Promise<Order> {
  const { id } = await onShift(caller)
  const { businessDay } = await caller.get<{ businessDay: string }>('/api/session')
  const sheet = await caller.get<PriceSheet>(`/api/price-sheet?day=${businessDay}`)
  const type = sheet.types.find((one) => one.code === code)!
  const totalFen = type.unitFen * quantity * people
  return caller.send<Order>('POST', '/api/orders', {
    shiftId: id, visitDay: businessDay, priceVersion: sheet.version, totalFen, lines: [{ typeId: type.id, quantity, people }],
    payments: [{ method: 'cash', amountFen: totalFen, tenderedFen: totalFen, reference: '' }], onOneTicket: false, buyer: null,
  })
}

export interface OrderRow { orderId: string; number: string; totalFen: number; state: string }
export const ordersOf = async (caller: Caller, day: string): Promise<OrderRow[]> =>
  (await caller.get<{ rows: OrderRow[] }>(`/api/orders?day=${day}&pageSize=50`)).rows

export const yuan = (fen: number) => `¥${(fen / 100).toFixed(2).replace(/\B(?=(\d{3})+\.)/g, ',')}`

/** Chooses the language before a page of the context opens. */
export const inLanguage = (context: BrowserContext, language: 'zh' | 'en') =>
  context.addInitScript((chosen) => { if (location.protocol === 'http:') localStorage.setItem('shanmen.language', chosen) }, language)
