// What stands behind the face of a database: the little that SQLite and PostgreSQL must each bring.
import type { Dialect, Row, Statement } from './database.js'

/** What came of one statement. */
export type Answer = { readonly rows: Row[]; readonly changed: number }

/** Statements inside the one open write transaction. */
export type OpenTransaction = {
  answers(statements: readonly Statement[]): Promise<Answer[]>
  /** As `answers`, but only the numbers of rows changed: the lean way in. */
  run(statements: readonly Statement[]): Promise<number[]>
}

export type Engine = {
  readonly dialect: Dialect
  /** Runs the work between begin and commit. Called for one work at a time. */
  transact<T>(work: (transaction: OpenTransaction) => Promise<T>): Promise<T>
  /** Reads outside of any transaction; `once` keeps nothing prepared. */
  read(statements: readonly Statement[], once?: boolean): Promise<Answer[]>
  /** Statements that take the lock under which migrations run and make room for the tables. */
  readonly beforeMigrating: readonly Statement[]
  check(): Promise<void>
  close(): Promise<void>
}
