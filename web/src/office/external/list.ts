// A list of foreign codes (外部票名单): what its form holds, and what is checked before it is sent.
import { newKey } from '../../shared/api'
import { largestFen } from '../../shared/amount'
import { t } from '../../shared/text'
import type { ExternalList } from '../../shared/types'
import { daysIn } from '../complimentary/budget'
import { Checks, type FieldErrors } from '../frame/check'

export type ListDraft = Pick<ExternalList, 'id' | 'edit' | 'name' | 'issuer' | 'typeId' | 'from' | 'to' | 'note' | 'codes'> & { priceFen: number | null }

export const daysMax = 1098

export const freshList = (today: string, typeId: string): ListDraft => ({ id: newKey(), edit: 0, name: '', issuer: '', typeId, from: today, to: `${today.slice(0, 4)}-12-31`, priceFen: 0, note: '', codes: 0 })

export const draftOf = ({ id, edit, name, issuer, typeId, from, to, priceFen, note, codes }: ExternalList): ListDraft => ({ id, edit, name, issuer, typeId, from, to, priceFen, note, codes })

/** What is sent of a draft. */
export function bodyOf({ id: _, codes: __, ...list }: ListDraft): Omit<ListDraft, 'id' | 'codes'> {
  return { ...list, name: list.name.trim(), issuer: list.issuer.trim(), note: list.note.trim() }
}

export function listErrors(list: ListDraft): FieldErrors {
  const checks = new Checks().text('name', list.name, 60).text('issuer', list.issuer, 60).text('note', list.note, 200, false)
    .add('typeId', !list.typeId, t('office.field.required')).add('from', !list.from, t('office.field.required')).add('to', !list.to, t('office.field.required'))
    .add('priceFen', list.priceFen === null || list.priceFen < 0 || list.priceFen > largestFen / 10, t('office.field.money'))
  if (list.from && list.to) checks.add('to', !(daysIn(list.from, list.to) >= 1 && daysIn(list.from, list.to) <= daysMax), t('office.external.days.wrong', { max: daysMax }))
  return checks.errors
}
