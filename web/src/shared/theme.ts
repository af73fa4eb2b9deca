import { ref, watchEffect } from 'vue'

/** auto follows the system. */
export type Theme = 'auto' | 'light' | 'dark'
const stored = localStorage.getItem('shanmen.theme')
export const theme = ref<Theme>(stored === 'light' || stored === 'dark' ? stored : 'auto')

export function setTheme(next: Theme): void {
  theme.value = next
  if (next === 'auto') localStorage.removeItem('shanmen.theme')
  else localStorage.setItem('shanmen.theme', next)
}

watchEffect(() => {
  if (theme.value === 'auto') delete document.documentElement.dataset['theme']
  else document.documentElement.dataset['theme'] = theme.value
})
