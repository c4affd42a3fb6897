// The secret that signs page tokens: made once, the same for all instances and after a restart.
import type { Kysely } from 'kysely'
import { bytes, type Migration } from '../../../../shared/database/database.js'

async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('page_secret')
    .addColumn('id', 'integer', (column) => column.primaryKey())
    .addColumn('secret', bytes(db), (column) => column.notNull())
    .execute()
}

export const pageSecret: Migration = { name: 'delivery-0003-page-secret', up }
