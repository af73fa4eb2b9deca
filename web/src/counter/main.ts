import { openDesk } from '../shared/desk'
import CounterPage from './CounterPage.vue'
import texts from './texts'

void openDesk({ page: CounterPage, title: 'counter.title', texts, permissions: ['sell'] })
