// Everything that can be said about the sources without running the service: types, lint, form, contracts,
// rules of the house. All of it is checked and told, not only what fails first.
import { spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('..', import.meta.url))
const bin = (path) => `node_modules/${path}`

const checks = [
  ['types', bin('typescript/bin/tsc'), '--noEmit', '--pretty', 'false'],
  ['lint', bin('eslint/bin/eslint.js'), '--max-warnings', '0', '.'],
  ['form', bin('prettier/bin/prettier.cjs'), '--check', '--log-level', 'warn', '.'],
  ['contracts, their style', bin('@bufbuild/buf/bin/buf'), 'lint'],
  [
    'contracts, their form',
    bin('@bufbuild/buf/bin/buf'),
    'format',
    '--diff',
    '--exit-code',
    'proto',
  ],
  ['contracts, against the released', 'deploy/contract.js', 'check'],
  ['what is built in', 'deploy/supply-chain.js'],
  ['rules of the house', bin('vitest/vitest.mjs'), 'run', 'tests/house-rules.test.ts'],
]

let failed = 0
for (const [name, script, ...args] of checks) {
  const started = performance.now()
  const { status, stdout, stderr } = spawnSync(process.execPath, [script, ...args], {
    cwd: root,
    encoding: 'utf8',
    maxBuffer: 256 * 1024 * 1024,
  })
  const seconds = ((performance.now() - started) / 1000).toFixed(1)
  console.log(`check: ${name}: ${status === 0 ? 'ok' : 'FAILED'} (${seconds} s)`)
  if (status === 0 && !stdout.startsWith('no contract')) continue
  console.log(`${stdout}${stderr}`.trimEnd())
  if (status !== 0) failed += 1
}
if (failed > 0) {
  console.log(`check: ${failed} of ${checks.length} failed`)
  process.exitCode = 1
}
