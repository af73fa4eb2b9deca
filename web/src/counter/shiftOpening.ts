import OpenShift from './OpenShift.vue'
import { laterTexts } from './texts.later'

await laterTexts
export default OpenShift
