import { addTexts, loadTexts } from '../shared/text'

/** What is said beside and after the sale: last sale, calendar, payment, shift. */
addTexts({ zh: () => import('./texts.later.zh'), en: () => import('./texts.later.en') })
export const laterTexts = loadTexts()
