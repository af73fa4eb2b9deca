// When may the screen say that its numbers are current? Pure; times are monotonic milliseconds.

/** The server is asked for a sign of life this often. */
export const PROBE_EVERY_MS = 3_000
/** Without a sign of life for this long the numbers are called stale, well inside ten seconds after the loss. */
export const STALE_AFTER_MS = 7_000
/** The stream could die silently behind a proxy; this often the whole snapshot is compared. */
export const COMPARE_EVERY_MS = 30_000

export interface Link {
  /** When this screen began to wait for numbers. */
  startedAt: number
  /** Last moment at which the server answered and the stream was open; null before the first. */
  aliveAt: number | null
}

export function isStale(link: Link, now: number): boolean {
  return now - (link.aliveAt ?? link.startedAt) >= STALE_AFTER_MS
}

/** Wait before the n-th attempt (1, 2, …) to open the stream again: 1, 2, 4, 8, then every 10 seconds. */
export function waitBeforeAttempt(attempt: number): number {
  return Math.min(1_000 * 2 ** Math.max(0, attempt - 1), 10_000)
}

/** The stream had this long to deliver what the server knew when it was asked. */
export const DELIVERY_MS = 2_500

/** What is shown after that time is older than what the server had answered: the stream is dead although it looks open. */
export function streamIsDeaf(shownVersion: number, serverVersion: number): boolean {
  return serverVersion > shownVersion
}
