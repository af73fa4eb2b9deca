import type { VNode } from 'vue'

/**
 * Puts the focus on the element when it appears (`@vue:mounted`); inside a dialog that is about to open, the dialog does so.
 * No directive, because the counter's first load would carry what directives need.
 */
export function takeFocus({ el }: VNode): void {
  const element = el as HTMLElement
  element.setAttribute('autofocus', '')
  element.focus()
}
