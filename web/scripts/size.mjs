/* First load of the front desks, in bytes after gzip: what the page names and everything that those files import at once. */
import { readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { gzipSync } from 'node:zlib'

const dist = join(dirname(fileURLToPath(import.meta.url)), '../dist')
/* The texts of the first language count too. What comes after the screen stands (calendar, dialogs, paper) does not. */
const limitsKb = { counter: 40, gate: 45 }

function firstLoad(desk) {
  const page = readFileSync(join(dist, `${desk}.html`), 'utf8')
  const waiting = [...page.matchAll(/(?:src|href)="(\/assets\/[^"]+\.(?:js|css))"/g)].map((match) => match[1])
  const found = new Set()
  for (let file = waiting.pop(); file; file = waiting.pop()) {
    if (found.has(file)) continue
    found.add(file)
    if (!file.endsWith('.js')) continue
    const source = readFileSync(join(dist, file), 'utf8')
    for (const match of source.matchAll(/import\(["'`]\.\/(texts\.zh-[^"'`]+)/g)) waiting.push(`/assets/${match[1]}`)
    for (const match of source.matchAll(/(?:^|[;}\s])(?:import|export)\s*(?:[\w*{}\s,$]+?\s*from\s*)?["']\.\/([^"']+)["']/g)) waiting.push(`/assets/${match[1]}`)
  }
  if (found.size < 2) throw new Error(`${desk}.html names no scripts or styles: the measurement is broken`)
  return [...found].map((file) => [file, gzipSync(readFileSync(join(dist, file)), { level: 9 }).length])
}

let failed = false
for (const [desk, limitKb] of Object.entries(limitsKb)) {
  const files = firstLoad(desk)
  const bytes = files.reduce((sum, [, size]) => sum + size, 0)
  const tooLarge = bytes > limitKb * 1024
  failed ||= tooLarge
  console.log(`${desk}: ${(bytes / 1024).toFixed(1)} kB gzip of ${limitKb}${tooLarge ? ' TOO LARGE' : ''}`)
  if (process.argv.includes('--files') || tooLarge) for (const [file, size] of files) console.log(`  ${(size / 1024).toFixed(1).padStart(6)} ${file}`)
}
process.exit(failed ? 1 : 0)
