/** What the clerk fills in of a gift, and beside them whoever approves it. */
export type Field = 'budgetId' | 'reason' | 'note' | 'login' | 'password'
export type Filled = Record<Field, string>

/** What is not filled in yet, in the order of the fields. The server keeps the same limits. */
export function lacksOf(form: Filled, second: boolean): Field[] {
  const note = form.note.trim().length
  return [
    ...(['budgetId', 'reason'] as const).filter((field) => !form[field]), ...(note < 2 || note > 100 ? ['note' as const] : []),
    ...(second && !form.login.trim() ? ['login' as const] : []), ...(second && !form.password ? ['password' as const] : []),
  ]
}

/** The server's words by field. */
export const wrongOf = (errors: Record<string, string[]>): Partial<Filled> =>
  Object.fromEntries(Object.entries(errors).filter(([name]) => name.startsWith('complimentary.')).map(([name, words]) => [name.slice('complimentary.'.length), words.join(' ')]))
