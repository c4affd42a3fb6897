// The only two column types that differ between the databases.
import { PostgresAdapter, type Kysely } from 'kysely'

const isPostgres = <Schema>(db: Kysely<Schema>): boolean =>
  db.getExecutor().adapter instanceof PostgresAdapter

/** A column for whole numbers beyond 32 bits: instants, sequence numbers. */
export function int8<Schema>(db: Kysely<Schema>): 'bigint' | 'integer' {
  return isPostgres(db) ? 'bigint' : 'integer' // SQLite keeps 64 bits, and only `integer` can be the row's own key
}

/** A column for bytes. */
export function bytes<Schema>(db: Kysely<Schema>): 'bytea' | 'blob' {
  return isPostgres(db) ? 'bytea' : 'blob'
}
