import { inject, type InjectionKey } from 'vue'
import type { Session } from '../../shared/types'

export const sessionKey: InjectionKey<Session> = Symbol('session')

/** Who sits at this office. */
export function useSession(): Session {
  const session = inject(sessionKey)
  if (!session) throw new Error('The office provides the session to all its pages.')
  return session
}
