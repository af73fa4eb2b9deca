import { listening, type Hearing } from './sellKeys'

/** A field that takes letters at its caret; fields of days and numbers have none. */
function typeInto(field: Element | null, key: string): void {
  if (!(field instanceof HTMLInputElement || field instanceof HTMLTextAreaElement) || field.selectionStart === null) return
  field.setRangeText(key, field.selectionStart, field.selectionEnd ?? field.selectionStart, 'end')
  field.dispatchEvent(new Event('input', { bubbles: true }))
}

/** The dialog that stands hears the keys from now on, and first those that came before it: what it does not use goes into the field that has the focus. */
export function hearKeys(hear: Hearing | null): void {
  listening.hear = hear
  const keys = listening.early
  listening.early = []
  if (!hear) return
  for (const key of keys) {
    const field = document.activeElement
    const editable = field instanceof HTMLInputElement || field instanceof HTMLTextAreaElement
    if (!hear(key, editable) && key.length === 1) typeInto(field, key)
  }
}
