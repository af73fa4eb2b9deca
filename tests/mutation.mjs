// Judges what the mutation run left: of all changes to the code that compile, how many a test noticed.
//   node mutation.mjs <mutation-report.json> <stryker-config.json>
// Prints one line "passed …" or "failed …" with the score; then, for people, a line for each change that nobody noticed.
import { readFileSync } from 'node:fs'

// Fewer changes than this mean that the code was not found, and a high score of them would say nothing.
const changesMin = 500

try {
  const [report, config] = process.argv.slice(2).map((file) => JSON.parse(readFileSync(file, 'utf8').replace(/^\uFEFF/, '')))
  const goal = config['stryker-config'].thresholds.break
  const mutants = Object.entries(report.files).flatMap(([path, file]) => file.mutants.map((mutant) => ({ path, ...mutant })))
  const noticed = mutants.filter(({ status }) => status === 'Killed' || status === 'Timeout')
  const unnoticed = mutants.filter(({ status }) => status === 'Survived' || status === 'NoCoverage')
  const pending = mutants.filter(({ status }) => !['Killed', 'Timeout', 'Survived', 'NoCoverage', 'CompileError', 'Ignored'].includes(status))
  const all = noticed.length + unnoticed.length
  const score = all === 0 ? 0 : (noticed.length * 100) / all
  const good = typeof goal === 'number' && score >= goal && all >= changesMin && pending.length === 0
  const left = pending.length > 0 ? `, ${pending.length} not tried` : all < changesMin ? `, at least ${changesMin} expected` : ''
  console.log(`${good ? 'passed' : 'failed'} mutation score ${score.toFixed(2)} % (goal ${goal} %): ${noticed.length} of ${all} changes noticed${left}`)
  for (const { path, location, mutatorName, replacement } of unnoticed)
    console.error(`${path.replace(/^.*\/src\//, 'src/')}:${location.start.line} ${mutatorName}: ${replacement.replace(/\s+/g, ' ').slice(0, 120)}`)
  process.exitCode = good ? 0 : 1
} catch (error) {
  console.log(`failed mutation score: no report (${error.message})`)
  process.exitCode = 1
}
