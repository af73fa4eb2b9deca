/** Puts the focus on the element when it appears; inside a dialog that is about to open, the dialog does so. */
export const vFocus = {
  mounted: (element: HTMLElement) => {
    element.setAttribute('autofocus', '')
    element.focus()
  },
}
