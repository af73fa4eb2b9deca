import Aside from './Aside.vue'
import CartNotes from './CartNotes.vue'
import Dialogs from './Dialogs.vue'
import LineOff from './LineOff.vue'
import './quoting'
import ServerLight from './ServerLight.vue'
import './slots/follow'
import LineSlot from './slots/LineSlot.vue'
import { laterTexts } from './texts.later'
import TypeDetail from './TypeDetail.vue'

await laterTexts
export default { Aside, CartNotes, Dialogs, LineOff, LineSlot, ServerLight, TypeDetail }
