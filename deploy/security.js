// Runs what shows the defences of deploy/SECURITY.md, a line each with its count and result.
//
//   npm run security               about five minutes
//   npm run security -- --long     with 5,000,000 broken messages
import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('..', import.meta.url))

/** What is shown, by which tests. A line of the output of a test that begins with its word is told with it. */
export const BATCHES = [
  [
    'authorisation, cell by cell',
    'matrix',
    'tests/security/matrix.test.ts',
    'shared/authorisation',
  ],
  [
    'certificates and identity',
    '',
    'shared/rpc/certificate-identity.test.ts',
    'shared/rpc/identity-over-tls.test.ts',
    'shared/rpc/front-door.test.ts',
    'shared/rpc/rotating.test.ts',
    'tests/journeys/front-door.test.ts',
    'shared/rpc/authority.test.ts',
  ],
  [
    'certificates asked for and revoked, by two',
    '',
    'services/directory/enrolment',
    'tests/journeys/enrolment.test.ts',
    'services/directory/credential',
    'services/directory/service.test.ts',
    'tests/contracts/directory.test.ts',
  ],
  [
    'sealed content',
    '',
    'shared/confidentiality',
    'tests/journeys/content-keys.test.ts',
    'services/coordination/store/uploads.test.ts',
  ],
  ['canaries', 'canaries', 'tests/security/canaries.test.ts'],
  [
    'floods',
    '',
    'tests/security/floods.test.ts',
    'tests/security/http2-floods.test.ts',
    'shared/rpc/budgets.test.ts',
    'shared/rpc/connections.test.ts',
  ],
  [
    'destroyed content, readings',
    '',
    'tests/journeys/destroyed-content.test.ts',
    'tests/journeys/readings.test.ts',
  ],
  [
    'signed acts, replay',
    '',
    'shared/acts',
    'services/directory/signing-key',
    'tests/journeys/signed-acts.test.ts',
    'tests/contracts/dossier.test.ts',
  ],
  [
    'hostile input',
    '',
    'shared/rpc/unreadable.test.ts',
    'shared/rpc/fields.test.ts',
    'tests/journeys/refusals.test.ts',
    'tests/journeys/limits.test.ts',
  ],
  ['broken messages', 'fuzz', 'tests/security/fuzz.test.ts'],
  [
    'handlers that throw, floods, slow readers',
    '',
    'shared/rpc/faults.test.ts',
    'shared/rpc/server.test.ts',
    'shared/rpc/streams.test.ts',
    'services/delivery/watch.test.ts',
  ],
  ['webhooks that lead inside', '', 'services/delivery/duties/webhook-safety.test.ts'],
  ['NATS', '', 'tests/contracts/bus-permissions.test.ts', 'tests/contracts/bus-server.test.ts'],
  ['supply chain', '', 'tests/security/supply-chain.test.ts'],
  [
    'names of files',
    '',
    'services/coordination/draft/file-name.test.ts',
    'tests/journeys/limits.test.ts',
  ],
  ['the page of threats', '', 'tests/security/threats.test.ts'],
]

function run([name, word, ...files], folder) {
  const file = join(folder, `${name.replace(/\W+/g, '-')}.json`)
  const vitest = join(root, 'node_modules/vitest/vitest.mjs')
  const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${file}`]
  const { stdout, stderr, status } = spawnSync(
    process.execPath,
    [vitest, 'run', ...reporters, ...files],
    {
      cwd: root,
      encoding: 'utf8',
      maxBuffer: 256 * 1024 * 1024,
      env: { ...process.env, ...long() },
    },
  )

  const plain = stdout.replace(/\x1b\[\d*m/g, '')
  const report = JSON.parse(readFileSync(file, 'utf8'))
  const { numPassedTests: passed, numFailedTests: failed, numPendingTests: skipped } = report
  const good = status === 0 && failed === 0 && passed > 0
  const told = word === '' ? [] : plain.split('\n').filter((line) => line.startsWith(`${word}`))
  const counts = `${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`
  console.log(
    `${good ? 'ok    ' : 'FAILED'} ${name}: ${counts}${told.map((one) => ` · ${one}`).join('')}`,
  )
  if (!good) console.log(`${plain}\n${stderr}`)
  return good
}

const long = () => (process.argv.includes('--long') ? { HUIQIAN_FUZZ: '5000000' } : {})

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const folder = mkdtempSync(join(tmpdir(), 'huiqian-security-'))
  try {
    const failed = BATCHES.map((batch) => run(batch, folder)).filter((good) => !good).length
    console.log(`${BATCHES.length - failed} of ${BATCHES.length} batches held`)
    if (failed > 0) process.exitCode = 1
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}
