import { openDesk } from '../shared/desk'
import './board.css'
import BoardPage from './BoardPage.vue'
import texts from './texts'

void openDesk({ page: BoardPage, title: 'board.title', texts, permissions: ['watch'] })
