import { place } from '../counter/orders/place'
import counterTexts from '../counter/texts'
import '../counter/texts.later'
import { openDesk } from '../shared/desk'
import { addTexts } from '../shared/text'
import RefundPage from './RefundPage.vue'
import texts from './texts'

place.sells = false
addTexts(counterTexts)
void openDesk({ page: RefundPage, title: 'refund.title', texts, permissions: ['sell'] })
