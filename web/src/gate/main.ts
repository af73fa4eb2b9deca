import { openDesk } from '../shared/desk'
import GatePage from './GatePage.vue'
import texts from './texts'

void openDesk({ page: GatePage, title: 'gate.title', texts, permissions: ['admit'] })
