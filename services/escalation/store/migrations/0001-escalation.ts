// Finger-post tables and own copies, as schema.ts describes them.
import { sql, type Kysely } from 'kysely'
import { bytes, int8, type Migration } from '../../../../shared/database/database.js'

async function disputes(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('dispute')
    .addColumn('dispute_id', 'text', (column) => column.primaryKey())
    .addColumn('release_id', 'text', (column) => column.notNull())
    .addColumn('status', 'text', (column) => column.notNull())
    .addColumn('open', 'integer', (column) => column.notNull())
    .addColumn('remind_at', int8(db))
    .execute()
  // Partial: what is over costs nothing to pass over.
  await db.schema
    .createIndex('dispute_of_release')
    .on('dispute')
    .columns(['release_id', 'dispute_id'])
    .where(sql.ref('open'), '=', sql.lit(1))
    .execute()
  await db.schema
    .createIndex('dispute_remind')
    .on('dispute')
    .columns(['remind_at', 'dispute_id'])
    .where(sql.ref('remind_at'), 'is not', null)
    .execute()
  await db.schema
    .createTable('dispute_part')
    .addColumn('agency', 'text', (column) => column.notNull())
    .addColumn('dispute_id', 'text', (column) => column.notNull())
    .addColumn('filed_at', int8(db), (column) => column.notNull())
    .addColumn('part', 'text', (column) => column.notNull())
    .addPrimaryKeyConstraint('dispute_part_key', ['agency', 'dispute_id'])
    .execute()
  await db.schema
    .createIndex('dispute_of_agency')
    .on('dispute_part')
    .columns(['agency', 'filed_at', 'dispute_id'])
    .execute()
  await db.schema
    .createTable('co_review')
    .addColumn('co_review_id', 'text', (column) => column.primaryKey())
    .addColumn('dispute_id', 'text', (column) => column.notNull())
    .execute()
}

async function letters(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('letter_to_post')
    .addColumn('letter_id', 'text', (column) => column.primaryKey())
    .addColumn('dispute_id', 'text', (column) => column.notNull())
    .addColumn('kind', 'text', (column) => column.notNull())
    .addColumn('sender', 'text', (column) => column.notNull())
    .addColumn('recipient', 'text', (column) => column.notNull())
    .addColumn('subject', 'text', (column) => column.notNull())
    .addColumn('not_before', int8(db), (column) => column.notNull())
    .addColumn('queued_at', int8(db), (column) => column.notNull())
    .execute()
  await db.schema
    .createIndex('letter_to_post_next')
    .on('letter_to_post')
    .columns(['not_before', 'queued_at', 'letter_id'])
    .execute()
}

async function copies(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('agency')
    .addColumn('code', 'text', (column) => column.primaryKey())
    .addColumn('body', 'text', (column) => column.notNull())
    .execute()
  await db.schema
    .createTable('calendar_revision')
    .addColumn('number', 'integer', (column) => column.primaryKey())
    .addColumn('recorded_at', int8(db), (column) => column.notNull())
    .addColumn('body', 'text', (column) => column.notNull())
    .execute()
  await db.schema
    .createTable('revoked')
    .addColumn('fingerprint', 'text', (column) => column.primaryKey())
    .execute()
  await db.schema
    .createTable('page_secret')
    .addColumn('id', 'integer', (column) => column.primaryKey().check(sql`id = 1`))
    .addColumn('secret', bytes(db), (column) => column.notNull())
    .execute()
}

export const escalation: Migration = {
  name: '0001-escalation',
  async up(db) {
    await disputes(db)
    await letters(db)
    await copies(db)
  },
}
