// The seam between the house and its databases. A service opens one, migrates it, writes by batches
// and reads by questions. SQLite and PostgreSQL stand behind the same face.
import type { CompiledQuery, Kysely } from 'kysely'

/** A statement compiled once, with its parameters in the order of that compilation. */
export type Statement = { readonly sql: string; readonly parameters: readonly unknown[] }

/** Binds named values into a statement that was compiled once; see `compileOnce`. */
export type Prepared<Params> = (values: Params) => Statement

/** What a writer can do inside its one transaction. Synchronous on SQLite, hence the two shapes. */
export type Row = Record<string, unknown>

/** The kinds of databases. */
export type Dialect = 'sqlite' | 'postgres'

/** A way of work inside one transaction: each step is a statement; the answer of each comes back. */
export type Transaction = {
  /** Runs a statement and gives its rows. */
  rows(statement: Statement): Promise<Row[]>
  /** Runs statements that answer nothing; gives the number of rows changed by each. */
  run(statements: readonly Statement[]): Promise<number[]>
}

export type Database<Schema> = {
  readonly dialect: Dialect
  /** Kysely for compiling statements and for reads that are not on a hot path. Reads use a connection of their own. */
  readonly read: Kysely<Schema>
  /**
   * Runs `work` in one write transaction (BEGIN IMMEDIATE on SQLite; one writer at a time) and commits it durably.
   * Whatever `work` throws rolls it back whole. Never call it inside itself: that is refused, not hung.
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
  | { readonly kind: 'sqlite'; readonly file: string }
  | {
      readonly kind: 'postgres'
      readonly url: string
      readonly schema: string
      readonly poolMax?: number
    }
