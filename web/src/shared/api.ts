import { locale } from './text'
import { useParkZone } from './time'
import type { Permission, Refused, Session } from './types'

/** A refusal or fault that the server put into words. */
export class Problem extends Error {
  constructor(
    readonly status: number, readonly code: string, readonly detail: string,
    readonly action: string, readonly errors: Record<string, string[]> = {},
  ) { super(detail || code) }
}

/** Nobody answered: the network is away, the server is down or the time ran out. What was asked may have happened. */
export class NoAnswer extends Error {}

interface SendOptions { key?: string; timeoutMs?: number; headers?: Record<string, string>; approval?: { value: string } }

async function call<T>(method: string, path: string, body: unknown, { key, timeoutMs = 10_000, headers: more }: SendOptions): Promise<T> {
  const headers: Record<string, string> = { ...more, Accept: 'application/json', 'Accept-Language': locale() }
  if (body !== undefined) headers['Content-Type'] = 'application/json'
  if (key) headers['Idempotency-Key'] = key
  let answer: Response
  let text: string
  try {
    answer = await fetch(path, {
      method, headers, body: body === undefined ? undefined : JSON.stringify(body),
      credentials: 'same-origin', cache: 'no-store', signal: AbortSignal.timeout(timeoutMs),
    })
    text = await answer.text()
  } catch (reason) {
    throw new NoAnswer(String(reason))
  }
  let content: unknown = null
  try {
    content = text ? JSON.parse(text) : null
  } catch {
    // A proxy's own page in place of the server's answer says nothing about what the server did.
    if (answer.ok || answer.status >= 500) throw new NoAnswer(`${answer.status} without JSON`)
  }
  if (answer.ok) return content as T
  const told = (content ?? {}) as Partial<Refused>
  throw new Problem(answer.status, told.code ?? `http${answer.status}`, told.detail ?? told.title ?? '', told.action ?? '', told.errors ?? {})
}

export const api = {
  get: <T>(path: string, options: { timeoutMs?: number } = {}) => call<T>('GET', path, undefined, options),
  /** Sends a change. Whoever may have to ask again passes the key, so that asking twice changes once. */
  send: <T>(method: 'POST' | 'PUT' | 'DELETE', path: string, body?: unknown, options: SendOptions = {}) =>
    call<T>(method, path, body, { ...options, key: options.key ?? newKey() }),
}

let aheadMs = 0
function learnTime(session: Session): void {
  aheadMs = new Date(session.serverTime).getTime() - Date.now()
}
/** The server's time as far as this browser knows it. */
export const serverNow = () => new Date(Date.now() + aheadMs)

/** A UUID of version 7 stamped with the server's time: the name of a change, made before it is sent. */
export function newKey(at: number = serverNow().getTime()): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16))
  for (let i = 0, rest = at; i < 6; i++, rest = Math.floor(rest / 256)) bytes[5 - i] = rest % 256
  bytes[6] = 0x70 | (bytes[6]! & 0x0f)
  bytes[8] = 0x80 | (bytes[8]! & 0x3f)
  const hex = Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('')
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-')
}

/** Asks who is signed in, without leaving the page. */
export async function readSession(): Promise<Session> {
  const session = await api.get<Session>('/api/session')
  learnTime(session)
  if (session.park) useParkZone(session.park.timeZone)
  return session
}

const never = new Promise<never>(() => {})
function leaveFor(address: string): Promise<never> {
  location.replace(address)
  return never
}

let cached: Promise<Session> | null = null
/**
 * The session of the person at this desk. Leaves for /setup while the park is empty, for /login while nobody is signed
 * in, for the change of password while one is due, and for / when the person may not open this desk.
 */
export function session(...anyOf: Permission[]): Promise<Session> {
  cached ??= readSession().catch((reason) => { cached = null; throw reason })
  return cached.then((now) => {
    if (now.setupNeeded) return leaveFor('/setup')
    if (!now.signedIn || !now.staff) return leaveFor(`/login?next=${encodeURIComponent(location.pathname)}`)
    if (now.staff.mustChangePassword) return leaveFor(`/login?next=${encodeURIComponent(location.pathname)}#password`)
    const mine = now.staff.permissions
    if (anyOf.length && !anyOf.some((permission) => mine.includes(permission))) return leaveFor('/')
    return now
  })
}

/** Where to go on after signing in again: this page. */
export const signInAgain = () => leaveFor(`/login?next=${encodeURIComponent(location.pathname)}`)
