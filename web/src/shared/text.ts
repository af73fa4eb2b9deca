import { ref, watchEffect } from 'vue'

/*
 * The screens' own text look-up. Each desk keeps its texts beside it in `texts.ts`, either whole as
 * `{ zh: {…}, en: {…} }` or, where the first load counts, as one loader for each language. Keys are flat and begin with
 * the desk's name ("counter.pay").
 */
export type Language = 'zh' | 'en'
export type Texts = { zh: Record<string, string>; en: Record<string, string> }
export type TextLoaders = { [language in Language]: () => Promise<{ default: Record<string, string> }> }
type Params = Record<string, string | number>

const known: Texts = { zh: {}, en: {} }
const loaders: TextLoaders[] = []
const stored = typeof localStorage === 'undefined' ? null : localStorage.getItem('shanmen.language')
/** The language of this browser; zh-CN until somebody switches. */
export const language = ref<Language>(stored === 'en' ? 'en' : 'zh')
/** The language as HTTP and Intl spell it. */
export const locale = () => (language.value === 'en' ? 'en' : 'zh-CN')

/** Makes texts known. Those behind loaders are there when loadTexts has ended. */
export function addTexts(texts: Texts | TextLoaders): void {
  if (typeof texts.zh === 'function') loaders.push(texts as TextLoaders)
  else {
    Object.assign(known.zh, texts.zh)
    Object.assign(known.en, texts.en)
  }
}

/** Loads the texts of a language that are not there yet. */
export async function loadTexts(next: Language = language.value): Promise<void> {
  for (const loaded of await Promise.all(loaders.map((loader) => loader[next]()))) Object.assign(known[next], loaded.default)
}

/** The text of a key in the current language, with `{name}` replaced by params. An unknown key shows itself. */
export function t(key: string, params?: Params): string {
  const text = known[language.value][key] ?? known.zh[key] ?? key
  return params ? text.replace(/\{(\w+)\}/g, (whole, name: string) => String(params[name] ?? whole)) : text
}

/** Of a name kept in both languages, the one to show; Chinese where no English name was given. */
export const named = (zh: string, en: string) => (language.value === 'en' && en ? en : zh)

/** Switches the language, once its texts are there. */
export async function setLanguage(next: Language): Promise<void> {
  await loadTexts(next)
  language.value = next
  localStorage.setItem('shanmen.language', next)
}

if (typeof document !== 'undefined') watchEffect(() => { document.documentElement.lang = locale() })
