export interface Column<T> {
  key: string
  /** Text key of the heading. */
  label: string
  of(row: T): string
  /** Numbers stand at the end, one below the other. */
  end?: boolean
}
