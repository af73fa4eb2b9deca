// The board as the page sees it: figures, whether they are current, and what just rose.
import { onUnmounted, ref, shallowRef, type Ref, type ShallowRef } from 'vue'
import { serverNow, signInAgain, type Problem } from '../shared/api'
import type { Board } from '../shared/types'
import { followBoard } from './feed'
import { risenBetween, type Counter } from './figures'
import { isStale } from './freshness'

export interface Live {
  board: ShallowRef<Board | null>
  risen: ShallowRef<Partial<Record<Counter, number>>>
  stale: Ref<boolean>
  /** Park time at which the figures were last known to be current. */
  asOf: Ref<Date | null>
  denied: Ref<Problem | null>
}

export function useLiveBoard(): Live {
  const board = shallowRef<Board | null>(null)
  const risen = shallowRef<Partial<Record<Counter, number>>>({})
  const stale = ref(false)
  const asOf = ref<Date | null>(null)
  const denied = shallowRef<Problem | null>(null)
  const link = { startedAt: performance.now(), aliveAt: null as number | null }

  const stop = followBoard({
    board(next) {
      risen.value = risenBetween(board.value, next)
      board.value = next
      denied.value = null
    },
    alive() {
      link.aliveAt = performance.now()
      asOf.value = serverNow()
      stale.value = false
    },
    refused(problem) {
      if (problem.status === 401) void signInAgain()
      else denied.value = problem
    },
  })
  const ticking = window.setInterval(() => { stale.value = isStale(link, performance.now()) }, 500)
  onUnmounted(() => {
    clearInterval(ticking)
    stop()
  })
  return { board, risen, stale, asOf, denied }
}
