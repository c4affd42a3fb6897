// Kysely over whatever runs a compiled statement: it writes the SQL, we hold the connections.
// It opens no transactions of its own: writing goes through `write`.
import {
  Kysely,
  PostgresAdapter,
  PostgresIntrospector,
  PostgresQueryCompiler,
  SqliteAdapter,
  SqliteIntrospector,
  SqliteQueryCompiler,
  type DatabaseConnection,
  type Driver,
  type QueryResult,
} from 'kysely'
import type { Answer } from './engine.js'
import type { Dialect, Statement } from './database.js'

type Answering = (statement: Statement) => Promise<Answer>

export function kyselyOver<Schema>(dialect: Dialect, answer: Answering): Kysely<Schema> {
  const driver = new BorrowedDriver(answer)
  return new Kysely<Schema>({
    dialect:
      dialect === 'sqlite'
        ? {
            createAdapter: () => new SqliteAdapter(),
            createDriver: () => driver,
            createIntrospector: (db) => new SqliteIntrospector(db),
            createQueryCompiler: () => new SqliteQueryCompiler(),
          }
        : {
            createAdapter: () => new PostgresAdapter(),
            createDriver: () => driver,
            createIntrospector: (db) => new PostgresIntrospector(db),
            createQueryCompiler: () => new PostgresQueryCompiler(),
          },
  })
}

class BorrowedDriver implements Driver {
  readonly #connection: DatabaseConnection
  constructor(answer: Answering) {
    this.#connection = {
      async executeQuery<Row>({ sql, parameters }: Statement): Promise<QueryResult<Row>> {
        const { rows, changed } = await answer({ sql, parameters })
        return { rows: rows as Row[], numAffectedRows: BigInt(changed) }
      },
      streamQuery() {
        throw new Error('read in pages: no transaction or cursor stays open across waits')
      },
    }
  }
  async init(): Promise<void> {}
  async acquireConnection(): Promise<DatabaseConnection> {
    return this.#connection
  }
  async releaseConnection(): Promise<void> {}
  async destroy(): Promise<void> {}
  async beginTransaction(): Promise<void> {
    throw new Error('transactions are opened by Database.write alone')
  }
  commitTransaction = this.beginTransaction
  rollbackTransaction = this.beginTransaction
}
