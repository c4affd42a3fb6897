// What only SQLite has to promise: that a commit is on the disk, and that a failing disk is told.
import { mkdtempSync, openSync, rmSync, statSync, truncateSync, writeSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import Sqlite from 'better-sqlite3'
import { afterAll, describe, expect, onTestFinished, test } from 'vitest'
import {
  type DatabaseFault,
  openDatabase,
  type Database,
  type Migration,
} from '../../shared/database/database.js'
import { assertPragma, PRAGMAS } from '../../shared/database/sqlite.js'

const folder = mkdtempSync(join(tmpdir(), 'huiqian-sqlite-'))
afterAll(() => rmSync(folder, { recursive: true }))
let files = 0
const fresh = (): string => join(folder, `${files++}.db`)

const lines: Migration = {
  name: '0001-lines',
  up: (db) => db.schema.createTable('line').addColumn('text', 'text').execute(),
}
const insert = (text: string) => ({ sql: 'insert into line values (?)', parameters: [text] })
const pragma = (name: string) => ({ sql: `pragma ${name}`, parameters: [] })
const opened = async (file = fresh(), onFatal?: (fault: DatabaseFault) => void) => {
  const database = await openDatabase<object>(
    { kind: 'sqlite', file },
    { migrations: [lines], onFatal },
  )
  onTestFinished(() => database.close())
  return database
}
const write = (database: Database<object>, ...texts: string[]) =>
  database.write((transaction) => transaction.run(texts.map(insert)))

describe('what a commit promises', () => {
  test('is set on both connections, and reads back', async () => {
    const database = await opened()
    for (const [name, , reads] of PRAGMAS) {
      const [onReader] = await database.query(pragma(name))
      const [onWriter] = await database.write((transaction) => transaction.rows(pragma(name)))
      expect([name, Object.values(onReader!), Object.values(onWriter!)]).toEqual([
        name,
        [reads],
        [reads],
      ])
    }
    expect(PRAGMAS).toContainEqual(['synchronous', 'FULL', 2]) // 1 would be NORMAL: commits lost with the power
    expect(await database.query(pragma('journal_mode'))).toEqual([{ journal_mode: 'wal' }])
  })

  test('would not be kept by the default of the library: a file opened again has synchronous NORMAL', async () => {
    const file = fresh()
    await write(await opened(file), 'x')
    const careless = new Sqlite(file)
    expect(careless.pragma('synchronous', { simple: true })).toBe(1) // this is why each open asserts FULL, which is 2
    careless.close()
  })

  test('is refused where SQLite does not take the setting', () => {
    const memory = new Sqlite(':memory:')
    expect(() => assertPragma(memory, 'journal_mode', 'WAL', 'wal')).toThrow(
      'does not keep journal_mode = WAL (it is memory)',
    )
    expect(() => assertPragma(memory, 'synchronous', 'NORMAL', 2)).toThrow(
      'does not keep synchronous',
    )
    memory.close()
  })

  test('is for the owner of the file alone', async () => {
    const file = fresh()
    await write(await opened(file), 'x')
    for (const part of [file, `${file}-wal`, `${file}-shm`])
      expect(statSync(part).mode & 0o777).toBe(0o600)
  })
})

describe('the reading connection', () => {
  test('cannot write', async () => {
    const database = await opened()
    await expect(database.query(insert('x'))).rejects.toThrow('readonly')
    await write(database, 'y') // and that it was tried harms nobody
  })
})

describe('a disk', () => {
  test('that is full refuses the write and nothing else', async () => {
    const fatal: DatabaseFault[] = []
    const database = await opened(fresh(), (fault) => fatal.push(fault))
    await write(database, 'before')
    const limit = (pages: number) =>
      database.write((transaction) => transaction.rows(pragma(`max_page_count = ${pages}`)))
    await limit(1)
    await expect(write(database, 'x'.repeat(100_000))).rejects.toMatchObject({ kind: 'full' })
    expect(await database.query({ sql: 'select text from line', parameters: [] })).toEqual([
      { text: 'before' },
    ])
    await limit(1_000_000)
    await write(database, 'after')
    expect(fatal).toEqual([])
  })

  test('that gives other bytes than were written stops everything, told once', async () => {
    const file = fresh()
    const first = await opened(file)
    await write(
      first,
      ...Array.from({ length: 2_000 }, (_, nth) => `line ${nth} ${'x'.repeat(50)}`),
    )
    await first.close()
    const fd = openSync(file, 'r+')
    const garbage = Buffer.alloc(4_096, 0xa5)
    for (let page = 4; page < 20; page++) writeSync(fd, garbage, 0, 4_096, page * 4_096)
    const fatal: DatabaseFault[] = []
    const database = await opened(file, (fault) => fatal.push(fault))
    const all = () => database.query({ sql: 'select sum(length(text)) from line', parameters: [] })
    await expect(all()).rejects.toMatchObject({ kind: 'fatal' })
    await expect(all()).rejects.toMatchObject({ kind: 'fatal' })
    await expect(write(database, 'more')).rejects.toMatchObject({ kind: 'fatal' })
    await expect(database.check()).rejects.toMatchObject({ kind: 'fatal' })
    expect(fatal).toHaveLength(1)
  })

  test('that kept half a file is found at the open after a crash', async () => {
    const file = fresh()
    const first = await opened(file)
    await write(first, ...Array.from({ length: 2_000 }, () => 'x'.repeat(50)))
    await first.close()
    truncateSync(file, 8 * 4_096)
    const crashed = openSync(`${file}-wal`, 'w')
    writeSync(crashed, Buffer.alloc(32, 1)) // what a process that was killed leaves behind
    await expect(openDatabase({ kind: 'sqlite', file }, { migrations: [lines] })).rejects.toThrow(
      /malformed|quick_check/,
    )
  })

  test('slowed down for a bench delays each commit, and nothing else', async () => {
    const database = await openDatabase<object>(
      { kind: 'sqlite', file: fresh(), syncDelayMs: 30 },
      { migrations: [lines] },
    )
    onTestFinished(() => database.close())
    const begin = performance.now()
    for (const text of ['x', 'y', 'z']) await write(database, text)
    expect(performance.now() - begin).toBeGreaterThan(85)
  })
})
