// The tables of the day report, described once: how each row is read, and which columns add up.
import { yuan } from '../shared/money'
import { t } from '../shared/text'
import type { DayReport } from '../shared/types'

type Cell = string | number
export interface Column<T> { label: string; of(row: T): Cell; kind: 'text' | 'count' | 'fen' }
export interface Sheet { id: string; title: string; heads: { label: string; text: boolean }[]; rows: string[][]; total: string[] | null }

const shown = (kind: Column<unknown>['kind'], cell: Cell): string =>
  kind === 'fen' ? yuan(Number(cell)) : kind === 'count' ? Number(cell).toLocaleString('en-US') : String(cell)

/** A table with its total row; the first column carries the word "total". */
export function sheetOf<T>(id: string, rows: readonly T[], columns: Column<NoInfer<T>>[]): Sheet {
  const total = columns.map((column, index) => {
    if (index === 0) return t('report.total')
    if (column.kind === 'text') return ''
    return shown(column.kind, rows.reduce((sum, row) => sum + Number(column.of(row)), 0))
  })
  return {
    id, title: `report.${id}`,
    heads: columns.map((column) => ({ label: column.label, text: column.kind === 'text' })),
    rows: rows.map((row) => columns.map((column) => shown(column.kind, column.of(row)))),
    total: rows.length > 1 ? total : null,
  }
}

const name = { label: 'report.name', kind: 'text' as const }
const tickets = { label: 'report.tickets', kind: 'count' as const, of: (row: { tickets: number }) => row.tickets }
const people = { label: 'report.people', kind: 'count' as const, of: (row: { people: number }) => row.people }
const admitted = { label: 'report.admitted', kind: 'count' as const, of: (row: { admitted: number }) => row.admitted }
const sales = { label: 'report.sales', kind: 'fen' as const, of: (row: { fen: number }) => row.fen }
const refunds = { label: 'report.refunds', kind: 'fen' as const, of: (row: { refundsFen: number }) => row.refundsFen }
const called = (label: string) => ({ ...name, label, of: (row: { name: string }) => row.name })

export const hourText = (hour: number): string => `${String(hour).padStart(2, '0')}:00–${String((hour + 1) % 24).padStart(2, '0')}:00`

/** Every table of the report in the order of the paper. */
export function sheetsOf(report: DayReport): Sheet[] {
  return [
    sheetOf('byType', report.byType, [
      called('report.type'), tickets, people, sales, { label: 'report.returned', kind: 'count', of: (row) => row.returnedTickets }, refunds, admitted,
    ]),
    sheetOf('byPayment', report.byPayment, [
      { ...name, label: 'report.method', of: (row) => t(`report.${row.method}`) }, sales, refunds, { label: 'report.net', kind: 'fen', of: (row) => row.netFen },
    ]),
    sheetOf('byWindow', report.byWindow, [called('report.window'), tickets, people, sales, refunds]),
    sheetOf('byClerk', report.byClerk, [called('report.clerk'), tickets, sales]),
    sheetOf('byReason', report.refusedByReason, [
      { ...name, label: 'report.reason', of: (row) => t(`report.reason.${row.reason}`) }, { label: 'report.count', kind: 'count', of: (row) => row.count },
    ]),
    sheetOf('byHour', hoursOf(report), [{ ...name, label: 'report.hour', of: (row) => hourText(row.hour) }, tickets, people, sales, admitted]),
  ]
}

/** The hours between the first and the last with business, quiet ones included. */
export function hoursOf(report: Pick<DayReport, 'byHour'>): DayReport['byHour'] {
  const busy = report.byHour.filter((hour) => hour.tickets || hour.admitted || hour.fen)
  if (!busy.length) return []
  const first = Math.min(...busy.map((hour) => hour.hour))
  const last = Math.max(...busy.map((hour) => hour.hour))
  return Array.from({ length: last - first + 1 }, (_, index) => {
    const hour = first + index
    return report.byHour.find((one) => one.hour === hour) ?? { hour, tickets: 0, people: 0, fen: 0, admitted: 0 }
  })
}
