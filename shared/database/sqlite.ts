// SQLite: a file, one writing connection, one reading connection. A commit is on the disk when it
// returns; that this is so is asserted at each open, for the library's own default is not.
import { chmodSync, closeSync, existsSync, openSync, statSync } from 'node:fs'
import Sqlite from 'better-sqlite3'
import { bindable } from './bindable.js'
import type { DatabaseConfig, Statement } from './database.js'
import type { Answer, Engine } from './engine.js'
import { DatabaseFault, type FaultKind } from './fault.js'

type SqliteConfig = Extract<DatabaseConfig, { kind: 'sqlite' }>

const STATEMENTS_MAX = 500 // prepared ones kept by each connection
const BUSY_TIMEOUT_MS = 20 // this wait stops the event loop, so it is short, and the next one does not
const LOCK_TRIES_MAX = 60 // about 9 s in all

/** Set and read back on each connection: what a commit promises rests on them. */
export const PRAGMAS: readonly (readonly [name: string, set: string | number, reads: unknown])[] = [
  ['synchronous', 'FULL', 2],
  ['foreign_keys', 'ON', 1],
  ['busy_timeout', BUSY_TIMEOUT_MS, BUSY_TIMEOUT_MS],
  ['trusted_schema', 'OFF', 0],
  ['cell_size_check', 'ON', 1],
  ['mmap_size', 0, 0],
  ['cache_size', -65_536, -65_536],
  ['wal_autocheckpoint', 4_000, 4_000],
]

/** Opens the file (made with mode 0600) with its two connections. */
export function openSqlite(config: SqliteConfig, onFatal?: (fault: DatabaseFault) => void): Engine {
  const unclean = existsSync(`${config.file}-wal`) && statSync(`${config.file}-wal`).size > 0
  closeSync(openSync(config.file, 'a', 0o600))
  chmodSync(config.file, 0o600)
  const writer = new Sqlite(config.file)
  let reader: Sqlite.Database | undefined
  try {
    assertPragma(writer, 'journal_mode', 'WAL', 'wal')
    for (const [name, set, reads] of PRAGMAS) assertPragma(writer, name, set, reads)
    if (unclean) quickCheck(writer)
    reader = new Sqlite(config.file, { readonly: true })
    for (const [name, set, reads] of PRAGMAS) assertPragma(reader, name, set, reads)
  } catch (error) {
    reader?.close()
    writer.close()
    throw error
  }
  return engineOf(writer, reader, config.syncDelayMs ?? 0, onFatal)
}

/** Sets a pragma and throws unless it reads back as it must. */
export function assertPragma(
  connection: Sqlite.Database,
  name: string,
  set: string | number,
  reads: unknown,
): void {
  connection.pragma(`${name} = ${set}`)
  const value = connection.pragma(name, { simple: true })
  if (value !== reads)
    throw new Error(`SQLite does not keep ${name} = ${set} (it is ${String(value)}): not opened`)
}

function quickCheck(connection: Sqlite.Database): void {
  const found = connection.pragma('quick_check(3)', { simple: true })
  if (found !== 'ok')
    throw new DatabaseFault('fatal', new Error(`quick_check after a crash: ${String(found)}`))
}

function engineOf(
  writer: Sqlite.Database,
  reader: Sqlite.Database,
  syncDelayMs: number,
  onFatal?: (fault: DatabaseFault) => void,
): Engine {
  let failed: DatabaseFault | undefined
  const faultOf = (error: unknown, index?: number): DatabaseFault => {
    if (error instanceof DatabaseFault) return error
    const fault = new DatabaseFault(kindOf(error), error, index)
    if (fault.kind === 'fatal' && failed === undefined) {
      failed = fault
      onFatal?.(fault)
    }
    return fault
  }
  const guarded = <T>(act: () => T): T => {
    if (failed !== undefined) throw failed
    try {
      return act()
    } catch (error) {
      throw faultOf(error)
    }
  }
  const each = <T>(
    prepare: (sql: string) => Sqlite.Statement,
    statements: readonly Statement[],
    use: (prepared: Sqlite.Statement, values: unknown[]) => T,
  ): T[] => {
    if (failed !== undefined) throw failed
    const results = new Array<T>(statements.length)
    for (let index = 0; index < statements.length; index++) {
      const { sql, parameters } = statements[index]!
      try {
        results[index] = use(prepare(sql), bindable(sql, parameters))
      } catch (error) {
        throw faultOf(error, index)
      }
    }
    return results
  }
  const writing = preparedBy(writer)
  const reading = preparedBy(reader)
  const begin = writer.prepare('begin immediate')
  const commit = writer.prepare('commit')
  const stopwatch = new Int32Array(new SharedArrayBuffer(4))
  return {
    dialect: 'sqlite',
    beforeMigrating: [],
    async transact(work) {
      await lock(() => guarded(() => begin.run()))
      try {
        const result = await work({
          answers: async (statements) => each(writing, statements, answer),
          run: async (statements) => each(writing, statements, change),
        })
        guarded(() => commit.run())
        if (syncDelayMs > 0) Atomics.wait(stopwatch, 0, 0, syncDelayMs)
        return result
      } catch (error) {
        if (writer.inTransaction) guarded(() => writer.exec('rollback'))
        throw error
      }
    },
    read: async (statements) => each(reading, statements, answer),
    async check() {
      guarded(() => writer.prepare('select 1').get())
      guarded(() => reader.prepare('select 1').get())
    },
    async close() {
      reader.close()
      writer.close()
    },
  }
}

/** Takes the lock of the file, waiting a while where another process has it. */
async function lock(begin: () => void): Promise<void> {
  for (let tries = 1; ; tries++) {
    try {
      return begin()
    } catch (error) {
      const held = error instanceof DatabaseFault && error.kind === 'overtaken'
      if (!held || tries === LOCK_TRIES_MAX) throw error
      await new Promise((resolve) => setTimeout(resolve, 5 * tries))
    }
  }
}

function answer(prepared: Sqlite.Statement, values: unknown[]): Answer {
  if (prepared.reader) return { rows: prepared.all(values) as Answer['rows'], changed: 0 }
  return { rows: [], changed: prepared.run(values).changes }
}

const change = (prepared: Sqlite.Statement, values: unknown[]): number =>
  prepared.reader ? prepared.all(values).length : prepared.run(values).changes

function preparedBy(connection: Sqlite.Database): (sql: string) => Sqlite.Statement {
  const kept = new Map<string, Sqlite.Statement>()
  return (sql) => {
    let prepared = kept.get(sql)
    if (prepared === undefined) {
      prepared = connection.prepare(sql)
      if (kept.size >= STATEMENTS_MAX) kept.delete(kept.keys().next().value!)
      kept.set(sql, prepared)
    }
    return prepared
  }
}

function kindOf(error: unknown): FaultKind {
  const code = error instanceof Sqlite.SqliteError ? error.code : ''
  if (/^SQLITE_(IOERR|CORRUPT|NOTADB|CANTOPEN|READONLY_)/.test(code)) return 'fatal'
  if (code.startsWith('SQLITE_FULL')) return 'full'
  if (/^SQLITE_(BUSY|LOCKED)/.test(code)) return 'overtaken'
  return 'statement'
}
