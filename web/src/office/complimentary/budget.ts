// A budget of complimentary tickets (赠票额度): what its form holds, how it stands, and what is checked before it is sent.
import { newKey } from '../../shared/api'
import { t } from '../../shared/text'
import { addDays } from '../../shared/time'
import type { Budget } from '../../shared/types'
import { Checks, type FieldErrors } from '../frame/check'
import { mergedParts, type MergedParts } from '../frame/merging'

export type BudgetDraft = Omit<Budget, 'given'>

export const peopleMax = 1_000_000
export const leftToClerkMax = 1000
export const daysMax = 366

/** How many days, the last one counted too. */
export const daysIn = (from: string, to: string): number => Math.round((Date.parse(to) - Date.parse(from)) / 86_400_000) + 1

/** A new budget for the rest of the year, which is what departments plan by. Every gift is approved until somebody says otherwise. */
export function freshBudget(today: string): BudgetDraft {
  return { id: newKey(), edit: 0, name: '', nameEn: '', from: today, to: `${today.slice(0, 4)}-12-31`, people: 100, leftToClerk: 0, active: true }
}

/** What the form of a budget begins with. */
export function draftOf({ given: _, ...budget }: Budget): BudgetDraft {
  return { ...budget }
}

/** What is sent of a draft. */
export function bodyOf({ id: _, ...budget }: BudgetDraft): Omit<BudgetDraft, 'id'> {
  return { ...budget, name: budget.name.trim(), nameEn: budget.nameEn.trim() }
}

const monthsOf = (day: string): number => Number(day.slice(0, 4)) * 12 + Number(day.slice(5, 7)) - 1
/** The same day of the month so many months later; null where that month is too short for it. */
function monthsLater(day: string, months: number): string | null {
  const all = monthsOf(day) + months
  const last = new Date(Date.UTC(Math.floor(all / 12), (all % 12) + 1, 0)).toISOString().slice(0, 10)
  return day.slice(8) <= last.slice(8) ? last.slice(0, 8) + day.slice(8) : null
}

/** The days that follow some days: as many whole months, as a year after a year, else as many days. */
export function daysAfter(from: string, to: string): { from: string; to: string } {
  const next = addDays(to, 1)
  const months = next.slice(8) === from.slice(8) ? monthsOf(next) - monthsOf(from) : 0
  const end = (months > 0 ? monthsLater(next, months) : null) ?? addDays(next, daysIn(from, to))
  const last = addDays(end, -1)
  return { from: next, to: daysIn(next, last) > daysMax ? addDays(next, daysMax - 1) : last }
}

/** The same numbers for the days after, as a budget of its own. */
export const copyForNext = (budget: Budget): BudgetDraft => ({ ...draftOf(budget), ...daysAfter(budget.from, budget.to), id: newKey(), edit: 0, active: true })

export type Standing = 'off' | 'notBegun' | 'over' | 'usedUp' | 'gives'
/** How a budget stands on a day. */
export function standingOf(budget: Budget, today: string): Standing {
  if (!budget.active) return 'off'
  if (today < budget.from) return 'notBegun'
  if (today > budget.to) return 'over'
  return budget.given >= budget.people ? 'usedUp' : 'gives'
}
export const leftOf = (budget: Budget): number => Math.max(0, budget.people - budget.given)

export function budgetErrors(budget: BudgetDraft): FieldErrors {
  const checks = new Checks().text('name', budget.name, 40).text('nameEn', budget.nameEn, 80, false)
    .add('from', !budget.from, t('office.field.required')).add('to', !budget.to, t('office.field.required'))
    .whole('people', budget.people, 0, peopleMax).whole('leftToClerk', budget.leftToClerk, 0, leftToClerkMax)
  if (budget.from && budget.to) {
    const days = daysIn(budget.from, budget.to)
    checks.add('to', !(days >= 1 && days <= daysMax), t('office.gifts.days.wrong', { max: daysMax }))
  }
  return checks.errors
}

export type Part = 'name' | 'nameEn' | 'from' | 'to' | 'people' | 'leftToClerk' | 'active'
const parts: Part[] = ['name', 'nameEn', 'from', 'to', 'people', 'leftToClerk', 'active']
export type Merged = MergedParts<BudgetDraft, Part>

/** What two people changed of one budget at once. */
export const merged = (opened: BudgetDraft, mine: BudgetDraft, saved: BudgetDraft): Merged => mergedParts(parts, opened, mine, saved)
