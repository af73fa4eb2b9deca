import { computed, ref, shallowRef } from 'vue'
import { api, newKey, NoAnswer, Problem, readSession, signInAgain } from '../shared/api'
import { play } from '../shared/sound'
import type { AdmissionLane, Board, ExitAnswer, Verdict } from '../shared/types'
import { troubleOf, type Trouble } from '../shared/words'
import { keyFor, plainCode, type OpenQuestion } from './code'

/* What the lane shows: ready, asking, a verdict, or that nobody answers. It decides nothing itself and admits nobody alone. */
export type Face = 'ready' | 'asking' | 'admitted' | 'refused' | 'away' | 'trouble'
export const lane = shallowRef<AdmissionLane | null>(null)
export const face = ref<Face>('ready')
export const verdict = shallowRef<Verdict | null>(null)
export const trouble = shallowRef<Trouble | null>(null)
export const recent = shallowRef<Verdict[]>([])
export const inside = ref<number | null>(null)
export const capacity = ref<number | null>(null)
/** Ask for the number of people before admitting on a ticket for several. */
export const asksFirst = ref(localStorage.getItem('shanmen.gate.ask') === 'yes')
/** The code for which the number of people is being asked. */
export const askedCode = ref<string | null>(null)
export const readyAgainMs = 4000
export const isOut = computed(() => lane.value?.direction === 'out')

let open: OpenQuestion | null = null
let busy = false
let timer = 0

export function beReady(): void {
  clearTimeout(timer)
  if (busy) return
  face.value = 'ready'
  verdict.value = null
  trouble.value = null
  askedCode.value = null
}

function show(next: Face): void {
  clearTimeout(timer)
  face.value = next
  if (next !== 'asking') timer = window.setTimeout(beReady, next === 'away' ? readyAgainMs * 2 : readyAgainMs)
}

/** A code from the scanner, the field or the camera. */
export function scanned(typed: string): void {
  const code = plainCode(typed)
  if (!code || code.length > 200 || busy) return
  if (asksFirst.value && !isOut.value) {
    beReady()
    askedCode.value = code
  } else void admit(code, null)
}

export async function admit(code: string, people: number | null): Promise<void> {
  const at = lane.value
  if (busy || !at) return
  busy = true
  askedCode.value = null
  const key = keyFor(open, code, people, Date.now(), newKey)
  open = { code, people, key, at: Date.now() }
  show('asking')
  let next: Face
  try {
    const found = await api.send<Verdict>('POST', '/api/admissions', { laneId: at.laneId, code, people }, { key, timeoutMs: 3000 })
    open = null
    verdict.value = found
    inside.value = found.inside
    recent.value = [found, ...recent.value].slice(0, 20)
    next = found.verdict
  } catch (reason) {
    verdict.value = null
    trouble.value = troubleOf(reason)
    if (reason instanceof Problem && reason.status === 401) void signInAgain()
    const unknown = reason instanceof NoAnswer || (reason instanceof Problem && reason.status >= 500)
    if (unknown && open) open.at = Date.now()
    else open = null
    next = unknown ? 'away' : 'trouble'
  }
  busy = false
  play(next === 'admitted' ? 'ok' : 'bad')
  show(next)
}

/** Counts people out. Each press is one fact; a press without an answer is shown as such and not repeated by itself. */
let exitKey = ''
export async function exit(people: number): Promise<boolean> {
  exitKey ||= newKey()
  try {
    inside.value = (await api.send<ExitAnswer>('POST', '/api/exits', { laneId: lane.value?.laneId, people }, { key: exitKey, timeoutMs: 3000 })).inside
    exitKey = ''
    return true
  } catch (reason) {
    if (reason instanceof Problem) exitKey = ''
    trouble.value = troubleOf(reason)
    show(reason instanceof NoAnswer ? 'away' : 'trouble')
    play('bad')
    return false
  }
}

export async function takeLane(next: AdmissionLane | null): Promise<void> {
  lane.value = next
  recent.value = []
  beReady()
  if (!next) return localStorage.removeItem('shanmen.lane')
  localStorage.setItem('shanmen.lane', next.laneId)
  await Promise.all([refreshCount(), api.get<Verdict[]>(`/api/admission/recent?laneId=${next.laneId}`).then((found) => { recent.value = found.slice(0, 20) }).catch(() => {})])
}

/** People inside and capacity, for those who may watch. */
export async function refreshCount(): Promise<void> {
  try {
    const board = await api.get<Board>('/api/board')
    inside.value = board.inside
    capacity.value = board.capacity
  } catch (reason) {
    if (reason instanceof Problem && reason.status === 401 && !(await readSession()).signedIn) void signInAgain()
  }
}
