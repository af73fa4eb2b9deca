// One event stream per browser: HTTP/1.1 allows six connections a host, and a wall of tabs would use them up.
// A tab that can be seen takes the lock and reads the stream; the others listen to it on a channel. A tab that
// becomes hidden gives the lock back, because browsers slow its timers down.
import { watch } from 'vue'
import { api, Problem } from '../shared/api'
import { language, locale } from '../shared/text'
import type { Board } from '../shared/types'
import { COMPARE_EVERY_MS, DELIVERY_MS, PROBE_EVERY_MS, streamIsDeaf, waitBeforeAttempt } from './freshness'

export interface Reception {
  board(board: Board): void
  /** The server answered and the stream is open: what is shown is current. */
  alive(): void
  /** The server refuses this person; nothing comes until that is settled. */
  refused(problem: Problem): void
}

type Message = { kind: 'board'; board: Board } | { kind: 'alive' } | { kind: 'hello' }

const NAME = 'shanmen-board'

/** Follows the board until the returned function is called. */
export function followBoard(reception: Reception): () => void {
  const channel = new BroadcastChannel(NAME)
  let latest: Board | null = null
  let leaving: AbortController | null = null

  const tell: Reception = {
    board(board) {
      latest = board
      reception.board(board)
      channel.postMessage({ kind: 'board', board } satisfies Message)
    },
    alive() {
      reception.alive()
      channel.postMessage({ kind: 'alive' } satisfies Message)
    },
    refused: (problem) => reception.refused(problem),
  }

  channel.onmessage = (event: MessageEvent<Message>) => {
    const message = event.data
    if (message.kind === 'board') reception.board(message.board)
    if (message.kind === 'alive') reception.alive()
    if (message.kind === 'hello' && latest) channel.postMessage({ kind: 'board', board: latest } satisfies Message)
  }

  function step(): void {
    if (document.visibilityState === 'hidden') {
      leaving?.abort()
      leaving = null
      latest = null
    } else if (!leaving) {
      leaving = new AbortController()
      channel.postMessage({ kind: 'hello' } satisfies Message)
      void lead(leaving.signal, tell)
    }
  }

  document.addEventListener('visibilitychange', step)
  step()
  return () => {
    document.removeEventListener('visibilitychange', step)
    leaving?.abort()
    channel.close()
  }
}

/** Waits for its turn, then reads the stream until told to leave. Without locks (plain HTTP) each tab reads for itself. */
async function lead(signal: AbortSignal, tell: Reception): Promise<void> {
  const read = (): Promise<void> => new Promise((resolve) => {
    const stop = readStream(tell)
    const end = (): void => { stop(); resolve() }
    if (signal.aborted) end()
    else signal.addEventListener('abort', end, { once: true })
  })
  if (!navigator.locks) return read()
  try {
    await navigator.locks.request(NAME, { signal }, read)
  } catch (error) {
    if (!(error instanceof DOMException && error.name === 'AbortError')) throw error
  }
}

function readStream(tell: Reception): () => void {
  let source: EventSource | null = null
  let attempt = 0
  let shown: Board | null = null
  let retry = 0
  let stopped = false

  function accept(board: Board): void {
    shown = board
    tell.board(board)
    tell.alive()
  }

  function open(): void {
    source?.close()
    source = new EventSource(`/api/board/stream?lang=${locale()}`)
    source.addEventListener('open', () => { attempt = 0 })
    source.addEventListener('board', (event) => accept(JSON.parse((event as MessageEvent<string>).data) as Board))
    source.addEventListener('error', () => {
      // Browsers reconnect by themselves after a broken connection, but not after an answer such as 401 or 503.
      if (source?.readyState !== EventSource.CLOSED) return
      void compare()
      clearTimeout(retry)
      retry = window.setTimeout(open, waitBeforeAttempt(++attempt))
    })
  }

  async function probe(): Promise<void> {
    const answer = await fetch('/health/live', { cache: 'no-store', signal: AbortSignal.timeout(PROBE_EVERY_MS) }).catch(() => null)
    if (!stopped && answer?.ok && shown && source?.readyState === EventSource.OPEN) tell.alive()
  }

  async function compare(): Promise<void> {
    try {
      const answer = await api.get<Board>('/api/board')
      await new Promise((resolve) => setTimeout(resolve, DELIVERY_MS))
      if (stopped) return
      if (!shown) accept(answer)
      else if (streamIsDeaf(shown.version, answer.version)) { accept(answer); open() }
    } catch (error) {
      if (!stopped && error instanceof Problem && (error.status === 401 || error.status === 403)) tell.refused(error)
    }
  }

  open()
  const forget = watch(language, open)
  const probing = window.setInterval(() => void probe(), PROBE_EVERY_MS)
  const comparing = window.setInterval(() => void compare(), COMPARE_EVERY_MS)
  return () => {
    stopped = true
    forget()
    clearInterval(probing)
    clearInterval(comparing)
    clearTimeout(retry)
    source?.close()
  }
}
