// An agency's account (往来账): what its form holds, and what a booking will do.
import { yuan } from '../../shared/money'
import { t } from '../../shared/text'
import type { AgencyAccount, AgencyMoneyKind } from '../../shared/types'
import { Checks, type FieldErrors } from '../frame/check'

export interface AccountDraft { agency: string; name: string; edit: number; active: boolean; creditLineFen: number | null; note: string }
export const kinds: AgencyMoneyKind[] = ['prepay', 'billPaid', 'payOut']

export const draftOf = (account: AgencyAccount, name: string): AccountDraft =>
  ({ agency: account.agency, name, edit: account.edit, active: account.active || account.edit === 0, creditLineFen: account.creditLineFen, note: account.note })
export const bodyOf = ({ agency, edit, active, creditLineFen, note }: AccountDraft) => ({ agency, edit, active, creditLineFen: creditLineFen ?? 0, note: note.trim() })
export const accountErrors = (draft: AccountDraft): FieldErrors =>
  new Checks().text('note', draft.note, 200, false).add('creditLineFen', draft.creditLineFen === null, t('office.accounts.fen.wrong')).errors

export interface MoneyForm { kind: AgencyMoneyKind; fen: number | null; reference: string; note: string }
export const ready = (form: MoneyForm): boolean => !!form.fen && !!form.reference.trim()

/** What a booking will do, before it does. */
export function saysOf(form: MoneyForm, account: AgencyAccount, name: string): string {
  if (!ready(form)) return t('office.accounts.says.fill')
  const fen = form.fen!
  const after = form.kind === 'billPaid' ? account.signedFen - fen : account.prepaidFen + (form.kind === 'prepay' ? fen : -fen)
  if (form.kind === 'payOut' && after < 0) return t('office.accounts.says.short', { prepaid: yuan(account.prepaidFen) })
  return t(`office.accounts.says.${form.kind}`, { name, fen: yuan(fen), after: yuan(after) })
}
