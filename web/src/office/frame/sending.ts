// A form of one step: busy while it is on its way, what went wrong with it, and no second effect however often it is pressed.
import { ref, type Ref } from 'vue'
import { Problem, signInAgain } from '../../shared/api'
import { useOnce } from '../../shared/once'
import { troubleOf, type Trouble } from '../../shared/words'

export interface Sending {
  busy: Ref<boolean>
  trouble: Ref<Trouble | null>
  /** Runs the step unless one runs already; false where it went wrong. */
  run(step: (send: ReturnType<typeof useOnce>) => Promise<void>): Promise<boolean>
}

export function useSending(): Sending {
  const busy = ref(false)
  const trouble = ref<Trouble | null>(null)
  const send = useOnce()
  async function run(step: (send: ReturnType<typeof useOnce>) => Promise<void>): Promise<boolean> {
    if (busy.value) return false
    busy.value = true
    trouble.value = null
    try {
      await step(send)
      return true
    } catch (reason) {
      if (reason instanceof Problem && reason.status === 401) void signInAgain()
      else trouble.value = troubleOf(reason)
      return false
    } finally {
      busy.value = false
    }
  }
  return { busy, trouble, run }
}
