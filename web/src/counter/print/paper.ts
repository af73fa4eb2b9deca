import { createApp, nextTick, type Component } from 'vue'

/*
 * Paper is a second root beside the desk that only the printer sees. A dialog above the page would print one page and
 * no more, so nothing is ever printed from inside one.
 */
const rules = (page: string) => `
  @media screen { #paper { position: absolute; left: -10000px; top: 0; } }
  @media print { @page { ${page} } html, body { background: #fff; min-height: 0; } body > :not(#paper) { display: none !important; } }`

export const rollPage = 'size: 80mm 150mm; margin: 0'
export const a4Page = 'size: A4; margin: 10mm'

/** Puts the component on paper, waits for the printer's window to close and clears up. */
export async function printPaper(paper: Component, props: Record<string, unknown>, page: string): Promise<void> {
  document.getElementById('paper')?.remove()
  const root = document.body.appendChild(Object.assign(document.createElement('div'), { id: 'paper' }))
  const style = document.head.appendChild(Object.assign(document.createElement('style'), { textContent: rules(page) }))
  const app = createApp(paper, props)
  app.mount(root)
  await nextTick()
  await document.fonts.ready
  await new Promise<void>((printed) => {
    window.addEventListener('afterprint', () => printed(), { once: true })
    window.print()
  })
  app.unmount()
  root.remove()
  style.remove()
}
