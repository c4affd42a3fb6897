// Runs every test once, against sources and the built service, and ends with one line that counts them.
// A suite that could not even be loaded, and a run that broke outside of any test, count as failed.
import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('..', import.meta.url))

function countIn(report) {
  const { numPassedTests, numFailedTests, numPendingTests, numTodoTests, testResults } = report
  const notLoaded = testResults.filter(
    ({ status, assertionResults }) =>
      status === 'failed' && !assertionResults.some((one) => one.status === 'failed'),
  )
  for (const { name, message } of notLoaded) console.log(`failed as a whole: ${name}\n${message}`)
  return {
    passed: numPassedTests,
    failed: numFailedTests + notLoaded.length,
    skipped: numPendingTests + numTodoTests,
  }
}

function runTests(args) {
  const folder = mkdtempSync(join(tmpdir(), 'huiqian-test-'))
  try {
    const file = join(folder, 'report.json')
    const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${file}`]
    const vitest = join(root, 'node_modules/vitest/vitest.mjs')
    const { status } = spawnSync(process.execPath, [vitest, 'run', ...reporters, ...args], {
      cwd: root,
      stdio: 'inherit',
    })
    return { status, report: JSON.parse(readFileSync(file, 'utf8')) }
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

const { status, report } = runTests(process.argv.slice(2))
const count = countIn(report)
if (status !== 0 && count.failed === 0) {
  console.log('the run failed outside of any test: see above')
  count.failed = 1
}
if (count.passed === 0 && count.failed === 0) {
  console.log('no test was run at all')
  count.failed = 1
}
// Where nobody reads the output a skipped half would pass for a tested one.
const skippedUnseen = process.env.CI === 'true' && count.skipped > 0
if (skippedUnseen) console.log('tests were skipped, which CI=true does not allow')
if (count.failed > 0 || skippedUnseen) process.exitCode = 1
const skipped = count.skipped > 0 ? `, ${count.skipped} skipped` : ''
console.log(`${count.passed} passed, ${count.failed} failed${skipped}`)
