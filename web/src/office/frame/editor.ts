// One record in the drawer: a draft, what is wrong with it, and the way to the server and back.
import { computed, onUnmounted, provide, ref, type ComputedRef, type InjectionKey, type Ref } from 'vue'
import { ElMessage } from 'element-plus'
import { newKey, Problem, signInAgain } from '../../shared/api'
import { t } from '../../shared/text'
import { troubleOf, type Trouble } from '../../shared/words'
import { wordsOf, type FieldErrors } from './check'
import { guardLeaving, mayLeave } from './leaving'

export interface Editing<T> {
  /** What is wrong with the draft, in the person's language. */
  check(draft: T): FieldErrors
  /** Sends the draft and takes the server's answer over; a record that comes back stays open for further changes. */
  send(draft: T, key: string): Promise<T | void>
  nameOf(draft: T): string
  /** Text key of what is said when it has worked; `office.saved.name` unless the record goes somewhere else first. */
  said?: string
}

export interface Editor<T> {
  draft: Ref<T | null>
  isNew: Ref<boolean>
  busy: Ref<boolean>
  dirty: ComputedRef<boolean>
  trouble: Ref<Trouble | null>
  errors: ComputedRef<FieldErrors>
  /** @param changed whether it holds changes already that nobody saved */
  open(record: T, isNew?: boolean, changed?: boolean): void
  close(): Promise<void>
  save(): Promise<void>
}

export const fieldErrorsKey: InjectionKey<ComputedRef<FieldErrors>> = Symbol('errors of the fields')

export function useEditor<T extends object>(editing: Editing<T>): Editor<T> {
  const draft = ref(null) as Ref<T | null>
  const original = ref('')
  const isNew = ref(false)
  const busy = ref(false)
  const trouble = ref<Trouble | null>(null)
  const tried = ref(false)
  // A second attempt to send the same words carries the same key, so that it changes things once.
  let sent = { words: '', key: '' }

  const dirty = computed(() => draft.value !== null && JSON.stringify(draft.value) !== original.value)
  const errors = computed<FieldErrors>(() => ({
    ...wordsOf(trouble.value?.errors ?? {}),
    ...(tried.value && draft.value ? editing.check(draft.value) : {}),
  }))
  provide(fieldErrorsKey, errors)
  onUnmounted(guardLeaving(() => dirty.value))

  function forget(): void {
    draft.value = null
    trouble.value = null
    tried.value = false
  }

  function open(record: T, fresh = false, changed = false): void {
    forget()
    original.value = changed ? '' : JSON.stringify(record)
    draft.value = JSON.parse(JSON.stringify(record)) as T
    isNew.value = fresh
  }

  async function close(): Promise<void> {
    if (!busy.value && await mayLeave(() => dirty.value)) forget()
  }

  async function save(): Promise<void> {
    const record = draft.value
    if (!record || busy.value) return
    tried.value = true
    trouble.value = null
    if (Object.keys(editing.check(record)).length > 0) return focusFirstError()
    const words = JSON.stringify(record)
    if (sent.words !== words) sent = { words, key: newKey() }
    busy.value = true
    try {
      const staysOpen = await editing.send(record, sent.key)
      ElMessage.success(t(editing.said ?? 'office.saved.name', { name: editing.nameOf(record) }))
      if (staysOpen) open(staysOpen)
      else forget()
    } catch (reason) {
      if (reason instanceof Problem && reason.status === 401) return void signInAgain()
      // An answer has settled this key; the next attempt is a new change. Without an answer the key stays.
      if (reason instanceof Problem) sent = { words: '', key: '' }
      trouble.value = troubleOf(reason)
      focusFirstError()
    } finally {
      busy.value = false
    }
  }

  return { draft, isNew, busy, dirty, trouble, errors, open, close, save }
}

function focusFirstError(): void {
  requestAnimationFrame(() => {
    const field = document.querySelector<HTMLElement>('.el-form-item.is-error :is(input, textarea, [tabindex="0"])')
    const target = field ?? document.querySelector<HTMLElement>('[data-trouble]')
    target?.focus()
    target?.scrollIntoView({ block: 'center' })
  })
}
