// Keys with which agencies sign their acts.
import type { Kysely } from 'kysely'
import { int8, type Migration } from '../../../../shared/database/database.js'

async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('signing_key')
    .addColumn('key_id', 'text', (column) => column.primaryKey())
    .addColumn('agency', 'text', (column) => column.notNull())
    .addColumn('suite', 'text', (column) => column.notNull())
    .addColumn('public_key', 'text', (column) => column.notNull())
    .addColumn('required', 'integer', (column) => column.notNull())
    .addColumn('proposed_by', 'text', (column) => column.notNull())
    .addColumn('registered_by', 'text', (column) => column.notNull())
    .addColumn('registered_at', int8(db))
    .addColumn('retired_at', int8(db))
    .execute()
  await db.schema
    .createIndex('signing_key_agency')
    .on('signing_key')
    .columns(['agency', 'key_id'])
    .execute()
}

export const signingKeys: Migration = { name: 'directory-0004-signing-keys', up }
