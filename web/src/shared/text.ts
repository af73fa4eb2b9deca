import { ref, watchEffect } from 'vue'

/*
 * The screens' own text look-up. Each desk keeps its texts beside it in `texts.ts` as `{ zh: {…}, en: {…} }` with flat
 * keys that begin with the desk's name ("counter.pay"), and registers them with addTexts before it mounts.
 */
export type Language = 'zh' | 'en'
export type Texts = { zh: Record<string, string>; en: Record<string, string> }
type Params = Record<string, string | number>

const known: Texts = { zh: {}, en: {} }
const stored = typeof localStorage === 'undefined' ? null : localStorage.getItem('shanmen.language')
/** The language of this browser; zh-CN until somebody switches. */
export const language = ref<Language>(stored === 'en' ? 'en' : 'zh')
/** The language as HTTP and Intl spell it. */
export const locale = () => (language.value === 'en' ? 'en' : 'zh-CN')

export function addTexts(texts: Texts): void {
  Object.assign(known.zh, texts.zh)
  Object.assign(known.en, texts.en)
}

/** The text of a key in the current language, with `{name}` replaced by params. An unknown key shows itself. */
export function t(key: string, params?: Params): string {
  const text = known[language.value][key] ?? known.zh[key] ?? key
  return params ? text.replace(/\{(\w+)\}/g, (whole, name: string) => String(params[name] ?? whole)) : text
}

/** Of a name kept in both languages, the one to show; Chinese where no English name was given. */
export const named = (zh: string, en: string) => (language.value === 'en' && en ? en : zh)

export function setLanguage(next: Language): void {
  language.value = next
  localStorage.setItem('shanmen.language', next)
}

if (typeof document !== 'undefined') watchEffect(() => { document.documentElement.lang = locale() })
