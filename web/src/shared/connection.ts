import { onUnmounted, ref } from 'vue'

export type Light = 'green' | 'amber' | 'red'

/** Amber after two misses, red when nothing has been heard for three seconds. */
export function lightOf(misses: number, silentMs: number): Light {
  if (misses > 0 && silentMs >= 3000) return 'red'
  return misses >= 2 ? 'amber' : 'green'
}

/** The page's own heartbeat: asks the server each second whether it lives. */
export function useConnection() {
  const light = ref<Light>('green')
  let misses = 0
  let heardAt = Date.now()
  let stopped = false

  async function beat(): Promise<void> {
    const began = Date.now()
    try {
      const answer = await fetch('/health/live', { cache: 'no-store', signal: AbortSignal.timeout(1000) })
      if (!answer.ok) throw new Error(String(answer.status))
      misses = 0
      heardAt = Date.now()
    } catch {
      misses++
    }
    light.value = lightOf(misses, Date.now() - heardAt)
    if (!stopped) timer = window.setTimeout(beat, Math.max(0, 1000 - (Date.now() - began)))
  }
  let timer = window.setTimeout(beat, 0)
  onUnmounted(() => { stopped = true; clearTimeout(timer) })
  return light
}
