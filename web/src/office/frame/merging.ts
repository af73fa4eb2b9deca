// Two people change one record at once: nothing that was typed is lost, and both sides are named.
const same = (a: unknown, b: unknown): boolean => JSON.stringify(a) === JSON.stringify(b)

export interface MergedParts<Draft, Part> { draft: Draft; theirs: Part[]; both: Part[] }

/**
 * What was typed here stays, everything else is taken from the one who saved first. `theirs` came with it, `both` was
 * changed by either side in a different way and stands as it was typed here.
 */
export function mergedParts<Draft extends { edit: number }, Part extends keyof Draft>(parts: readonly Part[], opened: Draft, mine: Draft, saved: Draft): MergedParts<Draft, Part> {
  const draft: Draft = { ...mine, edit: saved.edit }
  const theirs: Part[] = []
  const both: Part[] = []
  for (const part of parts) {
    if (same(saved[part], opened[part]) || same(saved[part], mine[part])) continue
    if (same(mine[part], opened[part])) {
      draft[part] = saved[part]
      theirs.push(part)
    } else both.push(part)
  }
  return { draft, theirs, both }
}
