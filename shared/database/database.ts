// The seam between the house and its databases. A service opens one, migrates it, writes by batches
// and reads by questions. SQLite and PostgreSQL stand behind the same face.
import type { CompiledQuery, Kysely } from 'kysely'
import { compileOnce } from './compile-once.js'
import type { Engine, OpenTransaction } from './engine.js'
import type { DatabaseFault } from './fault.js'
import { kyselyOver } from './kysely-over.js'
import { migrate } from './migrate.js'
import { nestingGuard } from './nesting-guard.js'
import { isForbidden, notOpened } from './not-opened.js'
import { openPostgres } from './postgres.js'
import { openSqlite } from './sqlite.js'

export { bytes, int8 } from './columns.js'
export { DatabaseFault } from './fault.js'
export { DatabaseNotOpened } from './not-opened.js'

/** A statement compiled once, with its parameters in the order of that compilation. */
export type Statement = {
  readonly sql: string
  readonly parameters: readonly unknown[]
  /** In a decision of the dossier: where it changes no row, somebody was first, and the change is decided again. */
  readonly mustChange?: true
}

/** Binds named values into a statement that was compiled once; see `compileOnce`. */
export type Prepared<Params> = (values: Params) => Statement

export type Row = Record<string, unknown>

/** The kinds of databases. */
export type Dialect = 'sqlite' | 'postgres'

/** A way of work inside one transaction: each step is a statement; the answer of each comes back. */
export type Transaction = {
  /** Runs a statement and gives its rows. */
  rows(statement: Statement): Promise<Row[]>
  /** Runs statements in one go and gives the rows of each. */
  rowsOfEach(statements: readonly Statement[]): Promise<Row[][]>
  /** Runs statements that answer nothing; gives the number of rows changed by each. */
  run(statements: readonly Statement[]): Promise<number[]>
}

export type Database<Schema> = {
  readonly dialect: Dialect
  /** Kysely for compiling statements and for reads that are not on a hot path. Reads use a connection of their own. */
  readonly read: Kysely<Schema>
  /**
   * Runs `work` in one write transaction (BEGIN IMMEDIATE on SQLite; one writer at a time) and commits it durably.
   * Whatever `work` throws rolls it back whole. Never call it inside itself: it would wait for ever (tests: refused).
   */
  write<T>(work: (transaction: Transaction) => Promise<T>): Promise<T>
  /** Compiles a query once; placeholders are bound by name at each use. */
  compileOnce<Params>(
    build: (
      db: Kysely<Schema>,
      placeholder: <K extends keyof Params & string>(name: K) => Params[K],
    ) => { compile(): CompiledQuery },
  ): Prepared<Params>
  /** Runs a compiled statement on the reading connection. */
  query(statement: Statement): Promise<Row[]>
  /** Runs compiled statements on the reading connection, in one round trip; gives the rows of each. */
  queryEach(statements: readonly Statement[]): Promise<Row[][]>
  /** Throws inside `write`: for what waits for a write of its own, and would wait for ever there. An assertion: see nesting-guard.ts. */
  refuseInsideWrite(): void
  /** Throws unless the database answers; a failed one makes the service NOT_SERVING. */
  check(): Promise<void>
  close(): Promise<void>
}

/** One step of a schema: numbered, named, never edited, forward only. */
export type Migration = {
  readonly name: string
  up(db: Kysely<unknown>, dialect: Dialect): Promise<void>
}

/** Where a database is. */
export type DatabaseConfig =
  | {
      readonly kind: 'sqlite'
      readonly file: string
      /** Waits this long after each commit, as on a slower disk. For benches; default 0. */
      readonly syncDelayMs?: number
    }
  | {
      readonly kind: 'postgres'
      readonly url: string
      readonly schema: string
      readonly poolMax?: number
    }

export type DatabaseOptions = {
  readonly migrations: readonly Migration[]
  /** The storage failed in a way that cannot be trusted any more: the process stops serving and exits. Called once. */
  readonly onFatal?: (fault: DatabaseFault) => void
}

/** Opens a database, asserts that it keeps what it acknowledges, and brings its schema up to date. */
export async function openDatabase<Schema>(
  config: DatabaseConfig,
  { migrations, onFatal }: DatabaseOptions,
): Promise<Database<Schema>> {
  const engine = await engineAt(config, onFatal)
  try {
    await migrate(engine, migrations)
  } catch (error) {
    await engine.close()
    throw isForbidden(error) ? notOpened(config, error) : error
  }
  return faceOf<Schema>(engine)
}

async function engineAt(
  config: DatabaseConfig,
  onFatal: DatabaseOptions['onFatal'],
): Promise<Engine> {
  try {
    return config.kind === 'sqlite'
      ? openSqlite(config, onFatal)
      : await openPostgres(config, onFatal)
  } catch (error) {
    throw notOpened(config, error)
  }
}

function faceOf<Schema>(engine: Engine): Database<Schema> {
  const guard = nestingGuard()
  let lastWrite: Promise<unknown> = Promise.resolve()
  let closed: Promise<void> | undefined
  const refuseInsideWrite = guard.refuse
  const queryEach = async (statements: readonly Statement[]): Promise<Row[][]> => {
    refuseInsideWrite()
    return rowsOf(await engine.read(statements))
  }
  const read = kyselyOver<Schema>(engine.dialect, async (statement) => {
    refuseInsideWrite()
    const [answer] = await engine.read([statement], true)
    return answer!
  })
  return {
    dialect: engine.dialect,
    read,
    async write(work) {
      refuseInsideWrite()
      const scope = { open: true }
      const turn = lastWrite.then(() =>
        engine.transact(async (transaction) => {
          try {
            return await guard.within(scope, () => work(transactionOver(transaction, scope)))
          } finally {
            scope.open = false
          }
        }),
      )
      lastWrite = turn.catch(() => undefined) // its caller hears of it; the next one only waits for its end
      return turn
    },
    compileOnce: (build) => compileOnce(read, build),
    query: async (statement) => (await queryEach([statement]))[0]!,
    queryEach,
    refuseInsideWrite,
    check: () => engine.check(),
    async close() {
      refuseInsideWrite()
      closed ??= lastWrite.then(() => engine.close())
      await closed
    },
  }
}

const rowsOf = (answers: readonly { readonly rows: Row[] }[]): Row[][] =>
  answers.map(({ rows }) => rows)

function transactionOver(transaction: OpenTransaction, scope: { open: boolean }): Transaction {
  const whileOpen = (): OpenTransaction => {
    if (!scope.open) throw new Error('this transaction has ended')
    return transaction
  }
  return {
    rows: async (statement) => (await whileOpen().answers([statement]))[0]!.rows,
    rowsOfEach: async (statements) => rowsOf(await whileOpen().answers(statements)),
    run: async (statements) => whileOpen().run(statements),
  }
}
