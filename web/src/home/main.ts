import { openDesk } from '../shared/desk'
import HomePage from './HomePage.vue'
import texts from './texts'

void openDesk({ page: HomePage, title: 'home.title', texts })
