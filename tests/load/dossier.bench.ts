// How many changes a second the record takes, alone: `npx tsx tests/load/dossier.bench.ts [postgres-url]`.
// A measurement, not a test: the figures are this machine's.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import {
  openDatabase,
  type DatabaseConfig,
  type Migration,
} from '../../shared/database/database.js'
import { dossierMigrations, openDossier, type DossierKind } from '../../shared/dossier/dossier.js'
import { systemMint } from '../../shared/identity/system-mint.js'

const SECONDS = 4
const NOW = 1_790_000_000_000

type Tables = {
  post: { id: string; opinions: number; due: number }
  line: { id: string; nth: number; said: string }
}
type Opened = { type: 'Opened'; title: string; due: number }
type Said = { type: 'Said'; by: string; opinion: string; digest: string; at: number }
type State = { opinions: number; due: number }

const tables: Migration = {
  name: 'bench-0001',
  async up(db) {
    await db.schema
      .createTable('post')
      .addColumn('id', 'text', (column) => column.primaryKey())
      .addColumn('opinions', 'integer', (column) => column.notNull())
      .addColumn('due', 'bigint', (column) => column.notNull())
      .execute()
    await db.schema
      .createTable('line')
      .addColumn('id', 'text', (column) => column.notNull())
      .addColumn('nth', 'integer', (column) => column.notNull())
      .addColumn('said', 'text', (column) => column.notNull())
      .addPrimaryKeyConstraint('line_key', ['id', 'nth'])
      .execute()
  },
}

const folder = mkdtempSync(join(tmpdir(), 'huiqian-bench-'))
const url = process.argv[2]
const config: DatabaseConfig =
  url === undefined
    ? { kind: 'sqlite', file: join(folder, 'bench.db') }
    : { kind: 'postgres', url, schema: `bench_${process.pid}` }
const database = await openDatabase<Tables>(config, { migrations: [...dossierMigrations, tables] })
const dossier = await openDossier(database, { source: 'bench', mint: systemMint() })
const post = database.compileOnce<Tables['post']>((db, $) =>
  db
    .insertInto('post')
    .values({ id: $('id'), opinions: $('opinions'), due: $('due') })
    .onConflict((conflict) => conflict.column('id').doUpdateSet({ opinions: $('opinions') })),
)
const line = database.compileOnce<Tables['line']>((db, $) =>
  db.insertInto('line').values({ id: $('id'), nth: $('nth'), said: $('said') }),
)
const encoder = new TextEncoder()
const kind: DossierKind<State, Opened | Said> = {
  name: 'release',
  initial: () => ({ opinions: 0, due: 0 }),
  evolve: (state, event) =>
    event.type === 'Opened'
      ? { ...state, due: event.due }
      : { ...state, opinions: state.opinions + 1 },
  fingerPosts: (id, _before, after) => [post({ id, ...after })],
  announce: (id, event, { version, commitment }) => ({
    kind: event.type,
    bytes: encoder.encode(`${id}:${version}:${Buffer.from(commitment).toString('hex')}`),
  }),
}
const releases = dossier.of(kind)
const ids = Array.from(
  { length: 20_000 },
  (_, nth) => `0190a1b2-0000-7000-8000-${String(nth).padStart(12, '0')}`,
)

const said = (nth: number): Said => ({
  type: 'Said',
  by: '11440000MB2C',
  opinion: 'consent',
  digest: 'f'.repeat(64),
  at: NOW + nth,
})

async function changes(inFlight: number): Promise<{ count: number }> {
  let done = 0
  const until = performance.now() + SECONDS * 1_000
  const one = async (from: number): Promise<void> => {
    for (let nth = from; performance.now() < until; nth += inFlight) {
      const id = ids[nth % ids.length]!
      await releases.change(id, { now: NOW + nth }, (_, version) => ({
        events: [said(nth)],
        statements: [line({ id, nth: version, said: 'consent' })],
      }))
      done++
    }
  }
  await Promise.all(Array.from({ length: inFlight }, (_, nth) => one(nth)))
  return { count: done }
}

async function storm(): Promise<{ count: number }> {
  for (let from = 0; from < ids.length; from += 1_000) {
    const some = ids.slice(from, from + 1_000)
    await dossier.changeTogether(
      some.map((id) => ({ kind: 'release', id })),
      { now: NOW },
      () => ({ parts: some.map((id) => ({ kind: 'release', id, events: [said(0)] })) }),
    )
  }
  return { count: ids.length }
}

/** Prints a rate, and the processor time of each: the steadier figure where the machine is shared. */
async function tell(what: string, measure: () => Promise<{ count: number }>): Promise<void> {
  const cpu = process.cpuUsage()
  const begin = performance.now()
  const { count } = await measure()
  const seconds = (performance.now() - begin) / 1_000
  const { user, system } = process.cpuUsage(cpu)
  const rate = Math.round(count / seconds).toLocaleString('en')
  console.log(
    `${what.padEnd(58)} ${rate.padStart(9)} /s  ${((user + system) / count).toFixed(1)} µs`,
  )
}
console.log(`${config.kind}, Node ${process.version}`)
for (const inFlight of [1, 16, 64, 512])
  await tell(`changes (1 event, 2 statements), ${inFlight} in flight`, () => changes(inFlight))
for (let nth = 0; nth < 4; nth++)
  await tell('storm: 20,000 streams, 1,000 a change (1 statement each)', storm)
await tell('feed entries read', async () => {
  const { sequence } = await dossier.head()
  for (let after = 0; after < sequence; after += 1_000) await dossier.tail(after, 1_000)
  return { count: sequence }
})
await database.close()
rmSync(folder, { recursive: true })
