// What the directory told: where agencies receive letters, and which certificates are refused.
import { sql, type Kysely } from 'kysely'
import { int8, type Migration } from '../../../../shared/database/database.js'

async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('agency_mailbox')
    .addColumn('agency', 'text', (column) => column.primaryKey())
    .addColumn('heard', 'integer', (column) => column.notNull())
    .addColumn('held', 'integer', (column) => column.notNull())
    .addColumn('address', 'text')
    .addColumn('designated_at', int8(db))
    .execute()
  await db.schema
    .createIndex('agency_mailbox_behind')
    .on('agency_mailbox')
    .columns(['agency'])
    .where(sql.ref('held'), '<', sql.ref('heard')) // as good as empty, however many agencies there are
    .execute()
  await db.schema
    .createTable('revoked_credential')
    .addColumn('fingerprint', 'text', (column) => column.primaryKey())
    .addColumn('heard_at', int8(db), (column) => column.notNull())
    .execute()
}

export const ownCopies: Migration = { name: 'delivery-0002-own-copies', up }
