// Amounts as a manager says them: parts in percent and in 折, money in yuan.
import { yuan } from '../../shared/money'
import { language, t } from '../../shared/text'

/** Ten-thousandths as percent: 8550 is 85.5. */
export const percentOf = (tenThousandths: number): number => tenThousandths / 100

/** Percent as ten-thousandths, to the nearest; null when nothing is typed. */
export const tenThousandthsOf = (percent: number | null | undefined): number | null =>
  (percent === null || percent === undefined || Number.isNaN(percent) ? null : Math.round(percent * 100))

/** "100.00 元" or "¥100.00". */
export const money = (fen: number): string => t('office.prices.money', { amount: yuan(fen, '') })

/** "付 85%（8.5 折）", "不打折", "免费". */
export function partPaid(tenThousandths: number): string {
  if (tenThousandths === 10_000) return t('office.prices.pays.whole')
  if (tenThousandths === 0) return t('office.prices.pays.none')
  // Chinese says how many tenths are paid, English how much is off.
  const part = language.value === 'en' ? percentOf(10_000 - tenThousandths) : tenThousandths / 1000
  return t('office.prices.pays.part', { percent: percentOf(tenThousandths), less: t('office.prices.pays.less', { part }) })
}
