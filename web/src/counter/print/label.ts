import type { Label, Order } from '../../shared/types'
import { session, window_ } from '../till'
import LabelPaper from './LabelPaper.vue'
import { a4Page, printPaper, rollPage } from './paper'

/** Prints what stands on the envelope (面单). */
export const printLabel = (order: Order, label: Label): Promise<void> =>
  printPaper(LabelPaper, { order, label, park: session.value.park?.name ?? '' }, window_.value?.printer.kind === 'browser80' ? rollPage : a4Page)
