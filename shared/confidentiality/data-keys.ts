// The table of data keys: each sealed by a key of the ring. A destroyed one keeps its row without the key, so
// that nobody who still remembers it can put it back.
import type { Kysely } from 'kysely'
import { bytes, int8, type Database, type Migration } from '../database/database.js'

export type DataKeyTable = {
  data_key: {
    /** Whose content it seals: a release, or an uploaded file. */
    owner: string
    key_id: string
    /** The key of the ring that seals it. */
    ring_key: string
    /** null: destroyed. */
    wrapped: Uint8Array | null
    destroyed_at: number | null
  }
}
export type DataKeyRow = DataKeyTable['data_key']

async function dataKeys(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('data_key')
    .addColumn('owner', 'text', (column) => column.notNull())
    .addColumn('key_id', 'text', (column) => column.notNull())
    .addColumn('ring_key', 'text', (column) => column.notNull())
    .addColumn('wrapped', bytes(db))
    .addColumn('destroyed_at', int8(db))
    .addPrimaryKeyConstraint('data_key_key', ['owner', 'key_id'])
    .execute()
  await db.schema.createIndex('data_key_ring').on('data_key').column('ring_key').execute()
}

export const dataKeyMigration: Migration = { name: 'confidentiality-0001-data-keys', up: dataKeys }

export function dataKeyStatements(database: Database<DataKeyTable>) {
  const columns = ['owner', 'key_id', 'ring_key', 'wrapped'] as const
  return {
    keep: database.compileOnce<Pick<DataKeyRow, 'owner' | 'key_id' | 'ring_key' | 'wrapped'>>(
      (db, $) =>
        db
          .insertInto('data_key')
          .values({
            owner: $('owner'),
            key_id: $('key_id'),
            ring_key: $('ring_key'),
            wrapped: $('wrapped'),
          })
          .onConflict((conflict) => conflict.doNothing()),
    ),
    find: database.compileOnce<{ owner: string; key_id: string }>((db, $) =>
      db
        .selectFrom('data_key')
        .select(['wrapped', 'ring_key'])
        .where('owner', '=', $('owner'))
        .where('key_id', '=', $('key_id')),
    ),
    destroy: database.compileOnce<{ owner: string; destroyed_at: number }>((db, $) =>
      db
        .updateTable('data_key')
        .set({ wrapped: null, ring_key: '', destroyed_at: $('destroyed_at') })
        .where('owner', '=', $('owner'))
        .where('wrapped', 'is not', null),
    ),
    forget: database.compileOnce<{ owner: string }>((db, $) =>
      db.deleteFrom('data_key').where('owner', '=', $('owner')),
    ),
    /** The next key of the ring that is in use, after one of them. */
    ringKeyAfter: database.compileOnce<{ after: string }>((db, $) =>
      db
        .selectFrom('data_key')
        .select('ring_key')
        .where('ring_key', '>', $('after'))
        .orderBy('ring_key')
        .limit(1),
    ),
    sealedBy: database.compileOnce<{ ring_key: string; limit: number }>((db, $) =>
      db
        .selectFrom('data_key')
        .select(columns)
        .where('ring_key', '=', $('ring_key'))
        .limit($('limit')),
    ),
    /** Only where it is still sealed by the key that was read: another instance may have been first, or destroyed it. */
    rewrap: database.compileOnce<{
      owner: string
      key_id: string
      before: string
      ring_key: string
      wrapped: Uint8Array
    }>((db, $) =>
      db
        .updateTable('data_key')
        .set({ ring_key: $('ring_key'), wrapped: $('wrapped') })
        .where('owner', '=', $('owner'))
        .where('key_id', '=', $('key_id'))
        .where('ring_key', '=', $('before')),
    ),
  }
}
