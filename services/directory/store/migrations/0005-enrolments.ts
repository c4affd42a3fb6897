// Certificates that are asked for.
import type { Kysely } from 'kysely'
import { bytes, int8, type Migration } from '../../../../shared/database/database.js'

async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('enrolment')
    .addColumn('enrolment_id', 'text', (column) => column.primaryKey())
    .addColumn('uri', 'text', (column) => column.notNull())
    .addColumn('request', bytes(db))
    .addColumn('requested_by', 'text', (column) => column.notNull())
    .addColumn('requested_at', int8(db), (column) => column.notNull())
    .addColumn('approved_by', 'text', (column) => column.notNull())
    .addColumn('approved_at', int8(db))
    .addColumn('rejected_by', 'text', (column) => column.notNull())
    .addColumn('rejected_at', int8(db))
    .addColumn('fingerprint', 'text', (column) => column.notNull())
    .addColumn('certificate', 'text', (column) => column.notNull())
    .execute()
}

export const enrolments: Migration = { name: 'directory-0005-enrolments', up }
