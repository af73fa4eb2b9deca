/** What the visitor pays for new paper, and whether somebody must vouch for it. */
export type ExchangeChoice = { cause: 'damaged' | 'lost'; waived: boolean }

/** What new paper for so many tickets costs; nothing where the fee is let go. */
export const feeOf = (tickets: number, eachFen: number, choice: ExchangeChoice): number => (choice.waived ? 0 : tickets * eachFen)

/** A lost ticket, and a fee that is let go, take a supervisor. */
export const needsSupervisor = (choice: ExchangeChoice): boolean => choice.cause === 'lost' || choice.waived
