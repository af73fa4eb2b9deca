// Whoever holds unsaved changes is asked before the page, the section or the drawer goes away.
import { ElMessageBox } from 'element-plus'
import { t } from '../../shared/text'

const unsaved = new Set<() => boolean>()

/** Registers a question "is there something unsaved?"; the answer takes it back. */
export function guardLeaving(hasChanges: () => boolean): () => void {
  unsaved.add(hasChanges)
  return () => unsaved.delete(hasChanges)
}

const anyUnsaved = (): boolean => [...unsaved].some((hasChanges) => hasChanges())

addEventListener('beforeunload', (event) => { if (anyUnsaved()) event.preventDefault() })

/** True when nothing is unsaved or the person gives it up. */
export async function mayLeave(hasChanges: () => boolean = anyUnsaved): Promise<boolean> {
  if (!hasChanges()) return true
  return agreed(t('office.leave.title'), t('office.leave.text'), t('office.leave.yes'), t('office.leave.no'))
}

/** Asks before something that cannot be taken back; the safe answer has the focus and Esc. */
export async function agreed(title: string, text: string, yes: string, no: string = t('office.cancel')): Promise<boolean> {
  try {
    await ElMessageBox.confirm(text, title, {
      confirmButtonText: yes, cancelButtonText: no, autofocus: false, closeOnClickModal: false,
      confirmButtonClass: 'el-button--danger', customStyle: { maxWidth: '92vw' },
    })
    return true
  } catch {
    return false
  }
}
