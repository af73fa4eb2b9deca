import type { Budget, PriceSheet } from '../../shared/types'
import { typeOf, type Cart } from '../cart'

/** The complimentary lines of a cart. */
const givenLines = (cart: Cart, sheet: PriceSheet | null) => cart.lines.filter((line) => typeOf(sheet, line.typeId)?.complimentary)

/** To how many people a cart gives tickets; nobody where nothing of it is complimentary. */
export const peopleGiven = (cart: Cart, sheet: PriceSheet | null): number => givenLines(cart, sheet).reduce((sum, line) => sum + line.quantity * line.people, 0)

/** What is given, in letters: a gift that was named for something else is not the gift for this. */
export const layoutOf = (cart: Cart, sheet: PriceSheet | null): string =>
  JSON.stringify([cart.visitDay, ...givenLines(cart, sheet).map((line) => [line.typeId, line.quantity, line.people])])

/** The budgets from which something may be given on a business day; the day of the visit is not asked. */
export const givingOn = (budgets: readonly Budget[], today: string): Budget[] => budgets.filter((budget) => budget.active && budget.from <= today && today <= budget.to)

export const leftOf = (budget: Budget): number => Math.max(0, budget.people - budget.given)

/** Whether a second person is asked for sure. The server counts what the clerk gave alone on this day, and says so where that is too much. */
export const needsSecond = (budget: Budget | undefined, people: number): boolean => !!budget && people > budget.leftToClerk

/** The budget that stands chosen: what was chosen before while it still gives, else the only one there is. */
export const chosenOf = (budgets: readonly Budget[], before: string): string =>
  budgets.some(({ id }) => id === before) ? before : budgets.length === 1 ? budgets[0]!.id : ''
