import { api, newKey, Problem } from './api'

/**
 * Sends a change at most once, however often the person presses: while no answer is known, the same request goes out
 * again under the same key; a changed request is a new one.
 */
export function useOnce() {
  let asked = ''
  let key = ''
  return async function send<T>(method: 'POST' | 'PUT' | 'DELETE', path: string, body?: unknown): Promise<T> {
    const request = `${method} ${path} ${JSON.stringify(body)}`
    if (request !== asked) {
      asked = request
      key = newKey()
    }
    try {
      const answer = await api.send<T>(method, path, body, { key })
      asked = ''
      return answer
    } catch (reason) {
      if (reason instanceof Problem && reason.status < 500 && reason.status !== 429) asked = ''
      throw reason
    }
  }
}
