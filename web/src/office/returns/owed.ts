export type OwedChoice = 'open' | 'cards' | 'paid' | 'all'

/** What the list is asked for. */
export function owedQuery(choice: OwedChoice, dayReturn: string, number: string): string {
  return [`choice=${choice}`, dayReturn && `dayReturn=${dayReturn}`, number && `number=${encodeURIComponent(number)}`].filter(Boolean).join('&')
}

/** What of some debts came by card and is open. */
export const cardPart = (rows: readonly { cardOpenFen: number }[]): number => rows.reduce((sum, row) => sum + row.cardOpenFen, 0)
