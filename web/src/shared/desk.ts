import { createApp, watchEffect, type Component } from 'vue'
import './theme.css'
import './theme'
import { NoAnswer, session } from './api'
import { addTexts, loadTexts, t, type TextLoaders, type Texts } from './text'
import sharedTexts from './texts'
import type { Permission, Session } from './types'
import Away from './Away.vue'

interface Desk {
  /** The page; it receives the session as its only prop. */
  page: Component
  /** Text key of the page's title. */
  title: string
  texts: Texts | TextLoaders
  /** Any one of these opens the desk; none means everybody who is signed in. */
  permissions?: Permission[]
  /** For pages that show themselves to people who are not signed in. */
  load?: () => Promise<Session>
}

/** Opens a desk: registers its texts, finds out who is there and shows the page, or says that the server is away. */
export async function openDesk(desk: Desk): Promise<void> {
  addTexts(sharedTexts)
  addTexts(desk.texts)
  const loading = loadTexts()
  for (;;) {
    try {
      const found = await (desk.load ? desk.load() : session(...(desk.permissions ?? [])))
      await loading
      watchEffect(() => { document.title = `${t(desk.title)} · ${t('shared.product')}` })
      createApp(desk.page, { session: found }).mount('#desk')
      return
    } catch (reason) {
      if (!(reason instanceof NoAnswer) && !(reason instanceof Error && 'status' in reason)) throw reason
      await loading
      const away = createApp(Away)
      away.mount('#desk')
      await new Promise((again) => setTimeout(again, 2000))
      away.unmount()
    }
  }
}
