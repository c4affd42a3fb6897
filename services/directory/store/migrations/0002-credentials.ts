// Certificates on record, and the secret that page tokens are signed with.
import type { Kysely } from 'kysely'
import { bytes, int8, type Migration } from '../../../../shared/database/database.js'

async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('credential')
    .addColumn('fingerprint', 'text', (column) => column.primaryKey())
    .addColumn('uri', 'text', (column) => column.notNull())
    .addColumn('registered_at', int8(db))
    .addColumn('revoked_at', int8(db))
    .addColumn('revocation_reason', 'text', (column) => column.notNull())
    .execute()
  await db.schema
    .createTable('secret')
    .addColumn('name', 'text', (column) => column.primaryKey())
    .addColumn('value', bytes(db), (column) => column.notNull())
    .execute()
}

export const credentials: Migration = { name: 'directory-0002-credentials', up }
