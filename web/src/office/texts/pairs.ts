import type { Texts } from '../../shared/text'

/** Both languages side by side, zh-CN first, so that neither can be forgotten. */
export type Pairs = Record<string, readonly [zh: string, en: string]>

export function textsOf(...tables: Pairs[]): Texts {
  const texts: Texts = { zh: {}, en: {} }
  for (const table of tables) {
    for (const [key, [zh, en]] of Object.entries(table)) {
      texts.zh[key] = zh
      texts.en[key] = en
    }
  }
  return texts
}
