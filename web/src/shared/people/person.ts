// What a type asks of its visitors, in words: the same for the office that says it and the counter that asks.
import { addTexts, t } from '../text'
import type { ConcessionWay, PersonTerms } from '../types'
import texts from './texts'

addTexts(texts)

/** The documents that a way may ask for, as the server knows them. */
export const proofs = ['studentCard', 'teacherCard', 'soldierCard', 'veteranCard', 'disabledCard', 'seniorCard', 'medicalCard', 'pressCard'] as const

function wayWords(way: ConcessionWay): string {
  const { ageMin: from, ageMax: to, residence, heightCmMax: cm, proof } = way
  const asked = [
    from != null && to != null ? t('person.age.between', { from, to }) : from != null ? t('person.age.from', { from }) : to != null ? t('person.age.to', { to }) : '',
    residence ? t('person.residence', { code: residence }) : '', cm != null ? t('person.height', { cm }) : '', proof ? t('person.proof', { proof: t(`person.proof.${proof}`) }) : '',
  ].filter(Boolean)
  return asked.join(t('person.and')) || t('person.anybody')
}

/** "只售给 60 岁及以上，或出示老年人优待证"; empty where it is for everybody. */
export const waysWords = (terms: PersonTerms): string => (terms.ways.length ? t('person.only', { ways: terms.ways.map(wayWords).join(t('person.or')) }) : '')

function limitWords({ limit }: PersonTerms): string {
  if (!limit) return ''
  const { perOrder, perDay, perPeriod, periodDays: days } = limit
  const limits = [
    perOrder == null ? '' : t('person.limit.perOrder', { n: perOrder }), perDay == null ? '' : t('person.limit.perDay', { n: perDay }),
    perPeriod == null ? '' : t('person.limit.perPeriod', { n: perPeriod, days: days ?? 0 }),
  ].filter(Boolean)
  return limits.length ? t('person.limit', { limits: limits.join(t('person.comma')) }) : ''
}

/** What the terms mean, as one sentence. */
export function personSentence(terms: PersonTerms | null): string {
  const asks = !terms || (terms.asks === 'nothing' && !terms.ways.length) ? t('person.nobody') : t(`person.asks.${terms.asks}.${terms.scope}`)
  const sentence = [asks, terms ? waysWords(terms) : '', terms ? limitWords(terms) : ''].filter(Boolean).join(t('person.semicolon'))
  return t('person.stop', { sentence: sentence.charAt(0).toUpperCase() + sentence.slice(1) })
}
