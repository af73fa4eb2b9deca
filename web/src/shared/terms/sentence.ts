// Terms of admission in words: the same for the office that writes them, the counter that sells them and the paper.
import { addTexts, t } from '../text'
import { addDays } from '../time'
import type { AdmissionTerms, Ticket } from '../types'
import texts from './texts'

addTexts(texts)

type Range = AdmissionTerms['blackout'][number]
type Days = Required<Range>
type Numbers = Pick<AdmissionTerms, 'perDay' | 'inAll'>
/** Ranges of dates that are named one by one; a sentence with more is read by nobody. */
const rangesShown = 3
/** What is not filled in yet. */
const open = '…'

const counted = (key: string, n: number | null | undefined): string => t(n === 1 ? `${key}.one` : key, { n: n ?? open })
/** "3 天" or "1 day". */
export const daysWords = (days: number | null | undefined): string => counted('terms.days', days)
/** "10 次" or "once". */
export const timesWords = (times: number): string => counted('terms.times', times)
/** "2026-12-24 至 2026-12-26", a single day by itself. */
export const rangeWords = ({ from = '', to = '' }: Range): string => (from === to && from ? from : t('terms.range', { from: from || open, to: to || open }))

/** Chinese and dates stand a space apart. */
const spaced = (text: string): string => text.replace(/(\p{Script=Han})(?=[\d…])/gu, '$1 ').replace(/([\d…])(?=\p{Script=Han})/gu, '$1 ')
const listed = (words: string[]): string => [words.slice(0, -1).join(t('terms.list')), ...words.slice(-1)].filter(Boolean).join(t('terms.and'))
const clausesOf = (...clauses: string[]): string => clauses.filter(Boolean).join(t('terms.comma'))

function sentenceOf(...clauses: string[]): string {
  const sentence = clausesOf(...clauses)
  return t('terms.stop', { sentence: sentence.charAt(0).toUpperCase() + sentence.slice(1) })
}
const validOn = (range: Days): string => spaced(t('terms.valid', { days: rangeWords(range) }))
const notOn = (days: string[]): string => (days.length ? spaced(t('terms.notOn', { days: listed(days) })) : '')

function numbersWords({ perDay, inAll }: Numbers): string {
  return clausesOf(perDay === null ? '' : t('terms.perDay', { times: timesWords(perDay) }), inAll === null ? '' : t('terms.inAll', { times: timesWords(inAll) }))
}

/** How often people go in. Where the names of the sites are not known, it is said that some have numbers of their own. */
function entriesWords(terms: AdmissionTerms, names: string[], sites: number, people: number): string {
  const [first, ...others] = terms.sites
  const alike = !!first && terms.sites.length === sites && sites > 1 && others.every((site) => site.perDay === first.perDay && site.inAll === first.inAll)
  const own = !first ? [] : alike ? [t('terms.atEvery', { entries: numbersWords(first) })]
    : names.length === terms.sites.length ? terms.sites.map((site, at) => t('terms.atSite', { site: names[at]!, entries: numbersWords(site) })) : [t('terms.atSome')]
  const entries = clausesOf(numbersWords(terms), ...own)
  if (!entries) return t('terms.free')
  return people > 1 ? t('terms.each', { entries }) : entries
}

const intervalWords = ({ intervalMinutes }: AdmissionTerms): string =>
  (intervalMinutes === null ? '' : t('terms.interval', { minutes: counted('terms.minutes', intervalMinutes) }))
const kindsWords = (terms: AdmissionTerms): string[] => terms.notOn.map((kind) => t(`terms.kind.${kind}`))

function validityWords({ validity }: AdmissionTerms): string {
  if (validity.kind === 'fixed') return validOn({ from: validity.from ?? '', to: validity.to ?? '' })
  if (validity.kind === 'fromVisitDay') return validity.days === 1 ? t('terms.visitDay') : t('terms.fromVisitDay', { days: daysWords(validity.days) })
  return t('terms.fromFirstUse', { days: daysWords(validity.days), within: daysWords(validity.startWithin) })
}

/** What a type's tickets will do: "自游览日起 365 天有效，每天 1 次，法定节假日不可用。". */
export function typeSentence(terms: AdmissionTerms, nameOf: (siteId: string) => string, sites: number, people: number): string {
  const shown = terms.blackout.length > rangesShown ? terms.blackout.slice(0, rangesShown - 1) : terms.blackout
  const out = [...kindsWords(terms), ...shown.map(rangeWords)]
  if (shown.length < terms.blackout.length) out.push(t('terms.ranges', { count: terms.blackout.length - shown.length }))
  return sentenceOf(validityWords(terms), entriesWords(terms, terms.sites.map((site) => nameOf(site.siteId)), sites, people), intervalWords(terms), notOn(out))
}

/** The days on which a ticket may be used at all, whenever it is used first. */
function daysOf({ validity }: AdmissionTerms, visitDay: string): { sold: Days; last: string } {
  if (validity.kind === 'fixed') return { sold: { from: validity.from!, to: validity.to! }, last: validity.to! }
  const to = addDays(visitDay, (validity.kind === 'fromVisitDay' ? validity.days! : validity.startWithin!) - 1)
  return { sold: { from: visitDay, to }, last: validity.kind === 'fromVisitDay' ? to : addDays(to, validity.days! - 1) }
}

/** What a ticket says of its terms; what it need not say is empty. */
interface TicketWords { sold: Days; entries: string; leftOut: string[]; notice: string }
type Termed = Pick<Ticket, 'visitDay' | 'siteNames' | 'people'>

function wordsOf(ticket: Termed, terms: AdmissionTerms): TicketWords {
  const { sold, last } = daysOf(terms, ticket.visitDay)
  // Terms keep their sites in the order of the ticket's, but name them by ids that a ticket does not show.
  const names = terms.sites.length === ticket.siteNames.length ? ticket.siteNames : []
  const ranges = terms.blackout.filter(({ from = '', to = '' }) => to >= sold.from && from <= last)
  const tooMany = ranges.length > rangesShown
  return {
    sold,
    entries: clausesOf(entriesWords(terms, names, ticket.siteNames.length, ticket.people), intervalWords(terms)),
    leftOut: [...kindsWords(terms), ...(tooMany ? [] : ranges.map(rangeWords))],
    notice: tooMany ? t('terms.notice') : '',
  }
}

const firstUseWords = (key: string, { validity }: AdmissionTerms, sold: Days): string =>
  (validity.kind === 'fromFirstUse' ? spaced(t(key, { days: daysWords(validity.days), range: rangeWords(sold) })) : '')

/** For the lines of the paper. */
export function paperWords(ticket: Termed, terms: AdmissionTerms): { validity: string; entries: string; leftOut: string } {
  const words = wordsOf(ticket, terms)
  return { validity: firstUseWords('terms.ticket.fromFirstUse', terms, words.sold) || rangeWords(words.sold), entries: words.entries, leftOut: clausesOf(spaced(listed(words.leftOut)), words.notice) }
}

/** The same as one sentence, for the screen of the counter. */
export function ticketSentence(ticket: Termed, terms: AdmissionTerms): string {
  const words = wordsOf(ticket, terms)
  return sentenceOf(firstUseWords('terms.ticket.validFromFirstUse', terms, words.sold) || validOn(words.sold), words.entries, notOn(words.leftOut), words.notice)
}
