/** Puts the focus on the element when it appears. */
export const vFocus = { mounted: (element: HTMLElement) => element.focus() }
