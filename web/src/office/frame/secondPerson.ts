// A change that two people make: where the park asks for it, a colleague types login and password here, and the same request is sent once more.
import { shallowRef } from 'vue'
import { api, newKey, Problem } from '../../shared/api'

/** One approval for all requests of one action. */
export interface Approval { value: string }
export interface Asking { refused: Problem; answer(approval: string | null): void }

/** What waits for the second person; null = nothing does. */
export const asking = shallowRef<Asking | null>(null)

const again = ['supervisorWrong', 'supervisorSelf', 'supervisorNotAllowed', 'tooManyTries']

/** As the server reads it: base64 of login:password in UTF-8. */
export const approvalOf = (login: string, password: string): string => btoa(String.fromCharCode(...new TextEncoder().encode(`${login.trim()}:${password}`)))

const ask = (refused: Problem): Promise<string | null> => new Promise((done) => {
  asking.value = { refused, answer(approval) { asking.value = null; done(approval) } }
})

/** Sends, and where a second person is needed asks for them and sends again until they are found, or nobody is; then the refusal stands. */
export async function withSecondPerson<T>(send: (headers: Record<string, string>) => Promise<T>, approval: Approval = { value: '' }): Promise<T> {
  for (;;) {
    try {
      return await send(approval.value ? { 'Shanmen-Approval': approval.value } : {})
    } catch (reason) {
      if (!(reason instanceof Problem) || !(reason.code === 'secondPersonNeeded' || (approval.value && again.includes(reason.code)))) throw reason
      approval.value = await ask(reason) ?? ''
      if (!approval.value) throw reason
    }
  }
}

/** Asks for a colleague's login and password, for a request that carries them itself; null where nobody is found. */
export async function askColleague(refused: Problem): Promise<{ login: string; password: string } | null> {
  const approval = await ask(refused)
  if (!approval) return null
  const text = new TextDecoder().decode(Uint8Array.from(atob(approval), (one) => one.charCodeAt(0)))
  const at = text.indexOf(':')
  return { login: text.slice(0, at), password: text.slice(at + 1) }
}

/** From now on every change of the office may be asked to have two people. */
export function seenByTwo(): void {
  const plain = api.send
  api.send = (method, path, body, options = {}) => {
    const key = options.key ?? newKey()
    return withSecondPerson((headers) => plain(method, path, body, { ...options, key, headers }), options.approval)
  }
}
