/*
 * A short code has 16 characters of an alphabet without look-alikes. People read O for 0 and I or L for 1, so what they
 * type is understood that way.
 */
export const shortCodeLength = 16

/** A typed or scanned code as the server knows it: short codes in capitals without blanks, everything else untouched. */
export function plainCode(typed: string): string {
  const packed = typed.trim().toUpperCase().replace(/[\s-]/g, '')
  if (!/^[0-9A-Z]{16}$/.test(packed)) return typed.trim()
  return packed.replace(/O/g, '0').replace(/[IL]/g, '1')
}

/** What a person types, in capitals and groups of four; longer text is a scanned code and stays as it is. */
export function groupedCode(typed: string): string {
  const packed = typed.toUpperCase().replace(/[^0-9A-Z]/g, '')
  return packed.length > shortCodeLength ? typed : packed.replace(/(.{4})(?=.)/g, '$1 ')
}

/** The key under which a code was last asked for, while its answer is unknown. */
export interface OpenQuestion { code: string; people: number | null; key: string; at: number }
export const sameScanMs = 2000

/** A code scanned again right after no answer came is the same question; in any other case it is a new one. */
export function keyFor(open: OpenQuestion | null, code: string, people: number | null, at: number, fresh: () => string): string {
  return open && open.code === code && open.people === people && at - open.at <= sameScanMs ? open.key : fresh()
}
