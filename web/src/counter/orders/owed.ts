import type { Order, Owed } from '../../shared/types'

/** What of a debt is not paid yet. */
export const openOf = (debt: Owed): number => debt.cashOpenFen + debt.cardOpenFen

/** What is owed of an order in all. */
export const owedOf = (debts: readonly Owed[] | null | undefined): number => (debts ?? []).reduce((sum, debt) => sum + openOf(debt), 0)

/** The number of the sheet that a ticket is printed on; empty where it has none. */
export const sheetOf = (order: Pick<Order, 'papers'>, ticket: string): string => order.papers?.find((paper) => paper.ticketId === ticket)?.number ?? ''
