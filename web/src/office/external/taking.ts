// A code list on its way to the server, a piece at a time: each piece is taken whole or not at all, and asked for again under its own key.
import { api, newKey, NoAnswer } from '../../shared/api'
import type { Approval } from '../frame/secondPerson'
import type { CodeLine } from './codes'

/** Lines a piece: small enough that a sale at a window does not wait for one. */
export const pieceSize = 500
const tries = 4

export interface Taken { takenIn: number; knownBefore: number }
export interface Progress extends Taken { done: number; total: number }
type Send = (path: string, lines: CodeLine[], key: string, approval: Approval) => Promise<Taken>

export const piecesOf = (lines: readonly CodeLine[], size = pieceSize): CodeLine[][] => Array.from({ length: Math.ceil(lines.length / size) }, (_, at) => lines.slice(at * size, (at + 1) * size))

const post: Send = (path, lines, key, approval) => api.send<Taken>('POST', path, { lines: lines.map(({ line, code, people }) => ({ number: line, code, people })) }, { key, timeoutMs: 30_000, approval })
const pause = (ms: number): Promise<void> => new Promise((done) => { setTimeout(done, ms) })

/** The import of one file: begun, stopped and gone on with; what was taken in stays so. */
export class Taking {
  readonly progress: Progress
  private readonly pieces: CodeLine[][]
  private key = ''
  private stopped = false
  private at = 0
  // Whoever approves approves the whole file.
  private readonly approval: Approval = { value: '' }

  constructor(private readonly list: string, lines: readonly CodeLine[], private readonly say: (progress: Progress) => void, private readonly send: Send = post, private readonly wait = pause) {
    this.pieces = piecesOf(lines)
    this.progress = { done: 0, total: lines.length, takenIn: 0, knownBefore: 0 }
  }

  /** Goes on until all is in or somebody stops it. Throws what the server refused, or that nobody answers; then it may be called again. */
  async run(): Promise<'done' | 'stopped'> {
    this.stopped = false
    for (; this.at < this.pieces.length; this.at++) {
      if (this.stopped) return 'stopped'
      const piece = this.pieces[this.at]!
      this.key ||= newKey()
      const taken = await this.insist(piece)
      this.key = ''
      this.progress.done += piece.length
      this.progress.takenIn += taken.takenIn
      this.progress.knownBefore += taken.knownBefore
      this.say({ ...this.progress })
    }
    return 'done'
  }

  stop(): void {
    this.stopped = true
  }

  private async insist(piece: CodeLine[]): Promise<Taken> {
    for (let tried = 1; ; tried++) {
      try {
        return await this.send(`/api/external-lists/${this.list}/codes`, piece, this.key, this.approval)
      } catch (reason) {
        if (reason instanceof NoAnswer && tried < tries && !this.stopped) await this.wait(500 * 2 ** tried)
        else {
          // A refusal has settled the key; without an answer the same is asked under the same one.
          if (!(reason instanceof NoAnswer)) this.key = ''
          throw reason
        }
      }
    }
  }
}
