// A batch of vouchers (券批次): what is asked before it is issued or changed, how it stands, and who approves it.
import { Problem } from '../../shared/api'
import { t } from '../../shared/text'
import { addDays } from '../../shared/time'
import type { VoucherBatch } from '../../shared/types'
import { Checks, type FieldErrors } from '../frame/check'

export interface BatchDraft {
  id: string; edit: number; kindId: string; vouchers: number | null; uses: number | null; chosen: boolean; code: string; from: string; to: string; issuer: string; receiver: string; target: string; note: string
}
export const vouchersMax = 1_000
export const usesMax = 1_000_000
export const daysMax = 1_100

export const freshBatch = (today: string, kindId: string): BatchDraft => ({
  id: '', edit: 0, kindId, vouchers: 100, uses: 1, chosen: false, code: '', from: today, to: addDays(today, 89), issuer: '', receiver: '', target: '', note: '',
})
export const draftOf = (batch: VoucherBatch): BatchDraft => ({
  id: batch.id, edit: batch.edit, kindId: batch.kindId, vouchers: batch.vouchers, uses: batch.uses, chosen: batch.code !== '', code: batch.code, from: batch.from, to: batch.to, issuer: batch.issuer, receiver: batch.receiver,
  target: batch.target, note: batch.note,
})

const people = ({ issuer, receiver, target, note, from, to }: BatchDraft) => ({ from, to, issuer: issuer.trim(), receiver: receiver.trim(), target: target.trim(), note: note.trim() })
/** What is sent to issue it. */
export const issueBody = (draft: BatchDraft) => ({ ...people(draft), kindId: draft.kindId, vouchers: draft.chosen ? 1 : draft.vouchers, uses: draft.uses, code: draft.chosen ? draft.code.trim() : '' })
/** What is sent to change it. */
export const changeBody = (draft: BatchDraft) => ({ ...people(draft), edit: draft.edit })

export function batchErrors(draft: BatchDraft): FieldErrors {
  const checks = new Checks().text('issuer', draft.issuer, 40).text('receiver', draft.receiver, 60).text('target', draft.target, 60, false).text('note', draft.note, 200, false)
    .add('kindId', !draft.kindId, t('office.field.required')).add('from', !draft.from, t('office.field.required')).add('to', !draft.to, t('office.field.required'))
    .whole('uses', draft.uses, 1, usesMax)
    .add('to', !!draft.from && !!draft.to && (draft.to < draft.from || addDays(draft.from, daysMax - 1) < draft.to), t('office.vouchers.days.wrong', { max: daysMax }))
  if (draft.chosen) checks.add('code', !/^[\dA-Za-z]{4,20}$/.test(draft.code.trim()), t('office.vouchers.code.wrong'))
  else checks.whole('vouchers', draft.vouchers, 1, vouchersMax)
  return checks.errors
}

export type Standing = 'void' | 'notBegun' | 'over' | 'usedUp' | 'good'
/** How a batch stands on a day. */
export function standingOf(batch: VoucherBatch, today: string): Standing {
  if (batch.voided || batch.voidedVouchers >= batch.vouchers) return 'void'
  if (batch.usedTimes >= (batch.vouchers - batch.voidedVouchers) * batch.uses) return 'usedUp'
  if (today > batch.to) return 'over'
  return today < batch.from ? 'notBegun' : 'good'
}

export interface Colleague { login: string; password: string }
const again = ['supervisorWrong', 'supervisorSelf', 'supervisorNotAllowed', 'tooManyTries']
/** Sends, and where a second person is needed asks for one and sends again until one is found, or nobody is; then the refusal stands. */
export async function withColleague<T>(send: (by: Colleague | null) => Promise<T>, ask: (refused: Problem) => Promise<Colleague | null>): Promise<T> {
  for (let by: Colleague | null = null; ;) {
    try {
      return await send(by)
    } catch (reason) {
      if (!(reason instanceof Problem) || !(reason.code === 'issueNeedsApproval' || (by && again.includes(reason.code)))) throw reason
      by = await ask(reason)
      if (!by) throw reason
    }
  }
}
