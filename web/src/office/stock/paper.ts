// A numbered paper (票纸): what its form holds, how its numbers are written, and what a move will do.
import { newKey } from '../../shared/api'
import { t } from '../../shared/text'
import type { Paper } from '../../shared/types'
import { Checks, type FieldErrors } from '../frame/check'

export interface PaperDraft { id: string; edit: number; name: string; nameEn: string; prefix: string; digits: number | null; typeIds: string[]; active: boolean; came: number }
export const moves = ['receive', 'issue', 'handBack', 'spoil', 'lose', 'find'] as const
export type Move = (typeof moves)[number]

export const freshPaper = (): PaperDraft => ({ id: newKey(), edit: 0, name: '', nameEn: '', prefix: '', digits: 6, typeIds: [], active: true, came: 0 })
export const draftOf = ({ id, edit, name, nameEn, prefix, digits, typeIds, active, came }: Paper): PaperDraft => ({ id, edit, name, nameEn, prefix, digits, typeIds: [...typeIds], active, came })
export const bodyOf = ({ edit, name, nameEn, prefix, digits, typeIds, active }: PaperDraft) => ({ edit, name: name.trim(), nameEn: nameEn.trim(), prefix: prefix.trim().toUpperCase(), digits, typeIds, active })

export const paperErrors = (draft: PaperDraft): FieldErrors => new Checks().text('name', draft.name, 40).text('nameEn', draft.nameEn, 80, false).whole('digits', draft.digits, 4, 12)
  .add('prefix', !/^[A-Z0-9]{0,6}$/.test(draft.prefix.trim().toUpperCase()), t('office.stock.prefix.wrong')).errors

export const written = ({ prefix, digits }: { prefix: string; digits: number | null }, number: number): string => prefix + String(number).padStart(digits ?? 6, '0')

/** The number that somebody typed, with or without prefix; null where it is none of the paper. The server reads it the same way. */
export function numberIn({ prefix, digits }: Pick<Paper, 'prefix' | 'digits'>, typed: string): number | null {
  let text = typed.trim().toUpperCase()
  if (text.startsWith(prefix) && (text.length === prefix.length + digits || /^[A-Z]/.test(prefix))) text = text.slice(prefix.length)
  return /^\d+$/.test(text) && text.length <= digits ? Number(text) : null
}

/** Between which places a move goes. */
export function waysOf(move: Move, seller: string): [from: string, to: string] {
  const own = seller ? 'seller' : 'store'
  return { receive: ['press', 'store'], issue: ['store', 'seller'], handBack: ['seller', 'store'], spoil: [own, 'void'], lose: [own, 'lost'], find: ['lost', 'store'] }[move] as [string, string]
}
export const needsSeller = (move: Move): boolean => move === 'issue' || move === 'handBack'
export const mayHaveSeller = (move: Move): boolean => needsSeller(move) || move === 'spoil' || move === 'lose'
export const needsReason = (move: Move): boolean => move === 'spoil' || move === 'lose' || move === 'find'

/** Everybody whose paper can be booked: who may sell, and who has some of it still. */
export function holdersOf(sellers: readonly { id: string; name: string }[], held: readonly { sellerId: string | null; sellerName: string }[]): { id: string; name: string }[] {
  const others = held.filter(({ sellerId }) => sellerId && !sellers.some((one) => one.id === sellerId)).map(({ sellerId, sellerName }) => ({ id: sellerId!, name: sellerName }))
  return [...sellers, ...others]
}

/** Ranges in words. */
export const rangesWords = (ranges: readonly { from: string; to: string }[]): string => ranges.map(({ from, to }) => (from === to ? from : `${from} – ${to}`)).join('、')
