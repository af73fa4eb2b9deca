/*
 * A wedge scanner is a keyboard that types very fast and ends with Enter. The router tells its bursts from a person's
 * typing by the time between keys, whatever has the focus.
 */
export interface KeyOutlet {
  /** A complete burst: the code without its closing key. */
  scan(code: string): void
  /** A key that was held back and turned out to be a person's. */
  typed(key: string): void
}
export type Fate = 'held' | 'scan' | 'through'

/** Scanners leave 7 to 16 ms between keys; people seldom less than 60. */
export const burstGapMs = 30
/** A busy computer may hand over the keys of a burst this late; their own times stay true. */
export const stallMs = 400
/** Our shortest code has 16 characters; no hand types eight keys in a row this fast. */
export const shortestScan = 8

export class ScanRouter {
  private held: string[] = []
  /** Keys that the pause gave back as typed, until the next key's own time shows whether they began a burst. */
  private given = ''
  private passed = ''
  private last = -Infinity

  constructor(private readonly outlet: KeyOutlet) {}

  /**
   * How long to wait for the next key before what is held counts as typed. Three keys this close are a scanner's
   * already, and a computer that stalls in the middle of a burst must not cut the code in two.
   */
  get patienceMs(): number { return this.given.length + this.held.length < 3 ? burstGapMs + 5 : stallMs }

  /** True when a key at this moment would begin anew and not continue a burst. */
  beginsAt(at: number): boolean { return at - this.last > burstGapMs }

  /**
   * Decides what becomes of a key: held back until the next one or the pause shows whose it is, the end of a scan, or
   * let through. Keys into a text field are let through at once, since a person must see what is typed; the caller
   * takes them out of the field again when they turn out to be a scan.
   */
  press(key: string, at: number, editable: boolean): Fate {
    if (key === 'Shift') return 'through'
    const flows = !this.beginsAt(at)
    if (!flows) this.settle()
    this.last = at
    if (key.length === 1) {
      if (editable && this.held.length === 0) {
        this.passed += key
        return 'through'
      }
      // A lone space presses the focused button; inside a burst it is part of the code.
      if (key === ' ' && this.held.length === 0) return 'through'
      this.held.push(key)
      return 'held'
    }
    const code = this.given + (this.held.join('') || this.passed)
    if ((key === 'Enter' || key === 'Tab') && flows && code.length >= shortestScan) {
      this.held = []
      this.given = this.passed = ''
      this.outlet.scan(code)
      return 'scan'
    }
    this.settle()
    return 'through'
  }

  /** The burst has broken off: what was held back was typed by a person. */
  settle(): void {
    this.pause()
    this.given = ''
  }

  /**
   * No key came in time: what was held back counts as typed. A computer that stalls between the first keys of a burst
   * comes here too; those keys still belong to the code when the next one's own time says so.
   */
  pause(): void {
    const keys = this.held
    this.held = []
    this.passed = ''
    this.given += keys.join('')
    for (const key of keys) this.outlet.typed(key)
  }
}
