// Counts tests from what the runners wrote for machines, never from their console text.
//   node count.mjs add <table> <suite> <trx|vitest|playwright|check> <seconds> <exit status> <result file>
//   node count.mjs sum <table>
// A test that did not run is a failed test; a suite without a result is a failed test; a runner that ends with an
// error although it names no failure is a failed test. Otherwise a crash could look green.
import { appendFileSync, existsSync, readFileSync } from 'node:fs'

const entities = { lt: '<', gt: '>', quot: '"', apos: "'", amp: '&' }
const plain = (text) =>
  text
    .replace(/&#x([0-9a-f]+);/gi, (_, hex) => String.fromCodePoint(parseInt(hex, 16)))
    .replace(/&#(\d+);/g, (_, digits) => String.fromCodePoint(Number(digits)))
    .replace(/&(lt|gt|quot|apos|amp);/g, (_, name) => entities[name])
const firstLines = (text, most = 16) => text.replace(/\u001b\[[0-9;]*m/g, '').split(/\r?\n/).filter((line) => line.trim()).slice(0, most).join('\n')
const indented = (text) => firstLines(text).replace(/^/gm, '      ')

function fromTrx(text) {
  if (!/<\/TestRun>\s*$/.test(text)) throw new Error('the trx file is cut off')
  const results = []
  for (const [, attributes, selfClosed, body] of text.matchAll(
    /<UnitTestResult\b((?:[^>"]|"[^"]*")*?)(?:(\/)>|>([\s\S]*?)<\/UnitTestResult>)/g,
  )) {
    const outcome = /\boutcome="([^"]*)"/.exec(attributes)?.[1] ?? 'missing'
    const name = plain(/\btestName="([^"]*)"/.exec(attributes)?.[1] ?? '?')
    // The first frame with a line of ours is where the reader wants to go.
    const place = /\bin (\S+:line \d+)/.exec(/<StackTrace>([\s\S]*?)<\/StackTrace>/.exec(body ?? '')?.[1] ?? '')?.[1]
    const message = [/<Message>([\s\S]*?)<\/Message>/.exec(body ?? '')?.[1], place && `in ${place}`].filter(Boolean).map(plain)
    results.push({
      name,
      outcome: outcome === 'Passed' ? 'passed' : outcome === 'NotExecuted' ? 'skipped' : 'failed',
      message: message.map((part) => firstLines(part, 6)).join('\n'),
    })
  }
  const total = Number(/<Counters\b[^>]*\btotal="(\d+)"/.exec(text)?.[1] ?? 'NaN')
  if (total !== results.length) results.push({ name: `the run announces ${total} tests`, outcome: 'failed', message: `${results.length} have a result` })
  const whole = /<ResultSummary\b[^>]*\boutcome="([^"]*)"/.exec(text)?.[1]
  if (whole !== 'Completed' && results.every((r) => r.outcome !== 'failed'))
    results.push({ name: `the run ended as ${whole}`, outcome: 'failed', message: plain(/<RunInfo\b[\s\S]*?<Text>([\s\S]*?)<\/Text>/.exec(text)?.[1] ?? '') })
  return results
}

function fromVitest(text) {
  const report = JSON.parse(text)
  const results = []
  for (const file of report.testResults) {
    for (const test of file.assertionResults)
      results.push({
        name: test.fullName,
        outcome: test.status === 'passed' ? 'passed' : test.status === 'failed' ? 'failed' : 'skipped',
        message: (test.failureMessages ?? []).join('\n'),
      })
    if (file.status !== 'passed' && file.assertionResults.every((test) => test.status !== 'failed'))
      results.push({ name: file.name, outcome: 'failed', message: file.message || 'the file did not load' })
  }
  if (report.success !== true && results.every((r) => r.outcome === 'passed'))
    results.push({ name: 'the run reports no success', outcome: 'failed', message: '' })
  return results
}

function fromPlaywright(text) {
  const report = JSON.parse(text)
  const results = (report.errors ?? []).map((error) => ({ name: 'outside any test', outcome: 'failed', message: error.message ?? '' }))
  const walk = (suite, path) => {
    for (const spec of suite.specs ?? [])
      for (const test of spec.tests) {
        const last = test.results.at(-1)
        // "expected" also means "failed as test.fail() foretold": only a test whose last run passed has passed.
        const passed = test.status === 'expected' && last?.status === 'passed'
        results.push({
          name: [...path, spec.title].join(' › '),
          outcome: passed ? 'passed' : test.status === 'skipped' ? 'skipped' : 'failed',
          message: last?.errors?.map(({ message, location }) => message + (location ? `\nin ${location.file}:${location.line}` : '')).join('\n') ?? '',
        })
      }
    for (const child of suite.suites ?? []) walk(child, [...path, child.title])
  }
  for (const suite of report.suites ?? []) walk(suite, [suite.title])
  return results
}

// A check is a list of lines "passed <what>" or "failed <what>", written by a shell script.
function fromCheck(text) {
  return text.split('\n').filter(Boolean).map((line) => {
    const [, outcome, name] = /^(\S+) ?(.*)$/.exec(line)
    return { name, outcome: outcome === 'passed' ? 'passed' : 'failed', message: '' }
  })
}

const readers = { trx: fromTrx, vitest: fromVitest, playwright: fromPlaywright, check: fromCheck }

function add(table, suite, kind, seconds, status, file) {
  let results
  try {
    if (!existsSync(file)) throw new Error('the runner left no result file')
    results = readers[kind](readFileSync(file, 'utf8').replace(/^\uFEFF/, ''))
    if (results.length === 0) throw new Error('the runner ran no test')
  } catch (error) {
    results = [{ name: `${suite}: no result`, outcome: 'failed', message: String(error.message) }]
  }
  if (Number(status) !== 0 && results.every((r) => r.outcome === 'passed'))
    results.push({ name: `${suite}: the runner ended with status ${status}`, outcome: 'failed', message: '' })
  const count = (outcome) => results.filter((r) => r.outcome === outcome).length
  appendFileSync(table, [suite, count('passed'), count('failed'), count('skipped'), seconds].join('\t') + '\n')
  const red = results.filter((r) => r.outcome !== 'passed')
  for (const { name, outcome, message } of red.slice(0, 25))
    console.log(`    ✗ ${outcome === 'skipped' ? '(跳过 skipped) ' : ''}${name}${message ? '\n' + indented(message) : ''}`)
  if (red.length > 25) console.log(`    … ${red.length - 25} more`)
}

function sum(table) {
  const rows = existsSync(table) ? readFileSync(table, 'utf8').split('\n').filter(Boolean).map((line) => line.split('\t')) : []
  const width = Math.max(8, ...rows.map(([suite]) => suite.length))
  const line = (...cells) => console.log(cells[0].padEnd(width) + cells.slice(1).map((cell) => String(cell).padStart(9)).join(''))
  line('suite', 'passed', 'failed', 'skipped', 'seconds')
  let passed = 0
  let failed = rows.length === 0 ? 1 : 0
  for (const [suite, ...numbers] of rows) {
    line(suite, ...numbers)
    passed += Number(numbers[0])
    failed += Number(numbers[1]) + Number(numbers[2])
  }
  console.log(`\n${passed} passed, ${failed} failed`)
  process.exitCode = failed === 0 ? 0 : 1
}

const [verb, ...rest] = process.argv.slice(2)
if (verb === 'add' && rest.length === 6) add(...rest)
else if (verb === 'sum' && rest.length === 1) sum(...rest)
else {
  console.error('count.mjs add <table> <suite> <kind> <seconds> <status> <file> | sum <table>')
  process.exitCode = 2
}
