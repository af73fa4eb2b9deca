// The lines of a code list, looked at before anything is sent. The server reads codes the same way: docs/algorithms/external-tickets.md.

export interface CodeLine { line: number; code: string; people: number }
export type LineFault = 'unread' | 'people' | 'columns'
export interface ReadLines {
  /** What would be sent, each code once. */
  lines: CodeLine[]
  /** How many lines say a code that stood there before. */
  twice: number
  wrong: { line: number; text: string; fault: LineFault }[]
  /** Lines with something in them. */
  count: number
}

export const linesMax = 200_000
const peopleMax = 500
const header = /^(票码|外部码|编码|券码|code|codes?_?no)$/i

/** A code as it is compared: narrow, without blanks, upper case; null where it is none. */
export function readCode(text: string): string | null {
  let code = ''
  for (const sign of text) {
    const narrow = sign >= '！' && sign <= '～' ? String.fromCharCode(sign.charCodeAt(0) - 0xfee0) : sign
    if (/\s/.test(narrow)) continue
    if (narrow < '!' || narrow > '~') return null
    code += narrow.toUpperCase()
  }
  return code.length >= 8 && code.length <= 64 ? code : null
}

/** Reads `code[,people]` line by line; a first line of headings is passed over. */
export function readLines(text: string): ReadLines {
  const result: ReadLines = { lines: [], twice: 0, wrong: [], count: 0 }
  const seen = new Set<string>()
  text.replace(/^\uFEFF/, '').split(/\r\n|\n|\r/).forEach((whole, at) => {
    const cells = whole.split(/[,，;\t]/).map((cell) => cell.trim().replace(/^"(.*)"$/, '$1').trim())
    while (cells.length > 1 && cells.at(-1) === '') cells.pop()
    if (cells.every((cell) => cell === '')) return
    if (result.count === 0 && header.test(cells[0]!)) return
    result.count++
    const code = readCode(cells[0]!)
    const typed = cells[1] ? cells[1].normalize('NFKC') : '1'
    const people = /^\d{1,3}$/.test(typed) ? Number(typed) : 0
    const fault: LineFault | null = cells.length > 2 ? 'columns' : code === null ? 'unread' : people < 1 || people > peopleMax ? 'people' : null
    if (fault) result.wrong.push({ line: at + 1, text: whole.trim().slice(0, 60), fault })
    else if (seen.has(code!)) result.twice++
    else {
      seen.add(code!)
      result.lines.push({ line: at + 1, code: code!, people })
    }
  })
  return result
}

/** The text of a file, in UTF-8 or, as older spreadsheets write it, in GB18030. */
export function textOf(bytes: ArrayBuffer): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    return new TextDecoder('gb18030').decode(bytes)
  }
}
