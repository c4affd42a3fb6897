// Agencies as they are now, and who holds which role where.
import type { Kysely } from 'kysely'
import { int8, type Migration } from '../../../../shared/database/database.js'

async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('agency')
    .addColumn('credit_code', 'text', (column) => column.primaryKey())
    .addColumn('version', 'integer', (column) => column.notNull())
    .addColumn('level', 'text', (column) => column.notNull())
    .addColumn('region', 'text', (column) => column.notNull())
    .addColumn('names', 'text', (column) => column.notNull())
    .addColumn('body', 'text', (column) => column.notNull())
    .execute()
  await db.schema
    .createIndex('agency_region')
    .on('agency')
    .columns(['region', 'credit_code'])
    .execute()
  await db.schema
    .createTable('agency_role')
    .addColumn('credit_code', 'text', (column) => column.notNull())
    .addColumn('role', 'text', (column) => column.notNull())
    .addColumn('level', 'text', (column) => column.notNull())
    .addColumn('region', 'text', (column) => column.notNull())
    .addPrimaryKeyConstraint('agency_role_key', ['credit_code', 'role'])
    .execute()
  await db.schema
    .createIndex('agency_role_seat')
    .on('agency_role')
    .columns(['region', 'level', 'role'])
    .execute()
  await db.schema
    .createTable('agency_edition')
    .addColumn('id', 'integer', (column) => column.primaryKey())
    .addColumn('edition', int8(db), (column) => column.notNull())
    .execute()
  await (db as Kysely<{ agency_edition: { id: number; edition: number } }>)
    .insertInto('agency_edition')
    .values({ id: 1, edition: 0 })
    .execute()
  await db.schema
    .createTable('import_answer')
    .addColumn('caller', 'text', (column) => column.notNull())
    .addColumn('request_id', 'text', (column) => column.notNull())
    .addColumn('answer', 'text', (column) => column.notNull())
    .addPrimaryKeyConstraint('import_answer_key', ['caller', 'request_id'])
    .execute()
}

export const agencies: Migration = { name: 'directory-0001-agencies', up }
