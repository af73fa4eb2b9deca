import type { TextLoaders } from './text'

/** Only the language in use is loaded; the other comes when somebody switches. */
export default { zh: () => import('./texts.zh'), en: () => import('./texts.en') } satisfies TextLoaders
