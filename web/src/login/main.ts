import { readSession } from '../shared/api'
import { openDesk } from '../shared/desk'
import LoginPage from './LoginPage.vue'
import texts from './texts'

void openDesk({
  page: LoginPage, title: 'login.title', texts,
  load: async () => {
    const session = await readSession()
    if (session.setupNeeded) location.replace('/setup')
    return session
  },
})
