import { NoAnswer, Problem } from './api'
import { t } from './text'

/** What went wrong and what to do next, in sentences for the person. */
export interface Trouble { text: string; action: string; errors: Record<string, string[]> }

export function troubleOf(reason: unknown): Trouble {
  if (reason instanceof Problem) return { text: reason.detail || reason.code, action: reason.action, errors: reason.errors }
  if (reason instanceof NoAnswer) return { text: t('shared.noAnswer'), action: t('shared.noAnswer.action'), errors: {} }
  throw reason
}
