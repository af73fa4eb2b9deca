import Aside from './Aside.vue'
import Dialogs from './Dialogs.vue'
import './quoting'
import ServerLight from './ServerLight.vue'
import Shortage from './Shortage.vue'
import { laterTexts } from './texts.later'
import TypeDetail from './TypeDetail.vue'

await laterTexts
export default { Aside, Dialogs, ServerLight, Shortage, TypeDetail }
