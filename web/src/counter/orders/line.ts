import { yuan } from '../../shared/money'
import { t } from '../../shared/text'
import type { OrderLine } from '../../shared/types'

/** Whether the line was priced by ticket: before anything came off, the people of a ticket paid once. */
const byTicket = ({ people, unitFen, quantity, totalFen, offFen }: OrderLine) =>
  people > 1 && unitFen > 0 && totalFen + offFen === unitFen * quantity

/** How the amount of a line came about: "¥80.00 × 2", "¥60.00 × 1 × 3", "¥200.00/票 × 1（每张 3 人）", and what came off. */
export function lineWords(line: OrderLine): string {
  const { quantity, people } = line
  if (byTicket(line)) return t('orders.byTicket', { price: yuan(line.unitFen), quantity, people }) + offWords(line)
  const price = line.complimentary ? t('counter.given') : yuan(line.unitFen)
  return [price, quantity, ...(people > 1 ? [people] : [])].join(' × ') + offWords(line)
}

const offWords = ({ offFen }: OrderLine): string => (offFen ? ` ${yuan(-offFen)}` : '')
