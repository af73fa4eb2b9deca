import { readSession } from '../shared/api'
import { openDesk } from '../shared/desk'
import SetupPage from './SetupPage.vue'
import texts from './texts'

void openDesk({ page: SetupPage, title: 'setup.title', texts, load: readSession })
