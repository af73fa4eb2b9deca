import { ScanRouter } from './scans'

export interface KeyHandlers {
  scan(code: string): void
  /** Returns true when the key did something, so that the browser must not act on it too. */
  key(key: string, event: { repeat: boolean; editable: boolean }): boolean
}

const plainInputs = new Set(['checkbox', 'radio', 'button', 'submit', 'range', 'color'])
function isEditable(target: EventTarget | null): target is HTMLInputElement | HTMLTextAreaElement {
  if (target instanceof HTMLInputElement) return !plainInputs.has(target.type)
  return target instanceof HTMLTextAreaElement || target instanceof HTMLSelectElement
}

/** Listens for scans and keys on the whole page; the returned function stops listening. */
export function listenForKeys(handlers: KeyHandlers): () => void {
  let before: { field: HTMLInputElement | HTMLTextAreaElement; value: string } | null = null
  let timer = 0
  const router = new ScanRouter({
    scan: (code) => {
      // A card reader that types: the burst is what the field is for, and its Enter goes on from it.
      if (before?.field.dataset.burst !== undefined) {
        handlers.key('Enter', { repeat: false, editable: true })
        return
      }
      if (before) {
        before.field.value = before.value
        before.field.dispatchEvent(new Event('input', { bubbles: true }))
      }
      handlers.scan(code)
    },
    typed: (key) => { handlers.key(key, { repeat: false, editable: false }) },
  })

  function pressed(event: KeyboardEvent): void {
    if (event.isComposing || event.ctrlKey || event.altKey || event.metaKey) return router.settle()
    const editable = isEditable(event.target)
    const stop = () => { event.preventDefault(); event.stopPropagation() }
    if (event.repeat && event.key.length === 1) {
      // A key held down is neither a scan nor many tickets; inside a field it types as usual.
      if (!editable && event.key !== ' ') stop()
      return
    }
    if (router.beginsAt(event.timeStamp)) before = editable ? { field: event.target as HTMLInputElement, value: (event.target as HTMLInputElement).value } : null
    const fate = router.press(event.key, event.timeStamp, editable)
    clearTimeout(timer)
    if (fate === 'held') {
      timer = window.setTimeout(() => router.pause(), router.patienceMs)
      stop()
    } else if (fate === 'scan') stop()
    else if (event.key !== 'Shift' && !(editable && event.key.length === 1) && handlers.key(event.key, { repeat: event.repeat, editable })) stop()
  }

  window.addEventListener('keydown', pressed, true)
  return () => {
    clearTimeout(timer)
    window.removeEventListener('keydown', pressed, true)
  }
}
