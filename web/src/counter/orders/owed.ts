import type { Owed } from '../../shared/types'

/** What of a debt is not paid yet. */
export const openOf = (debt: Owed): number => debt.cashOpenFen + debt.cardOpenFen

/** What is owed of an order in all. */
export const owedOf = (debts: readonly Owed[] | null | undefined): number => (debts ?? []).reduce((sum, debt) => sum + openOf(debt), 0)
