// Finger-posts of the gates and of what the competent authority organises (协调 art. 3, 5, 6 para 1, 8),
// as schema.ts describes them.
import { sql, type Kysely } from 'kysely'
import { int8, type Migration } from '../../../../shared/database/database.js'

async function confirmations(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('confirmation')
    .addColumn('confirmation_id', 'text', (column) => column.primaryKey())
    .addColumn('release_id', 'text', (column) => column.notNull())
    .addColumn('remind_at', int8(db))
    .execute()
  await db.schema
    .createIndex('confirmation_remind')
    .on('confirmation')
    .columns(['remind_at', 'release_id'])
    .where(sql.ref('remind_at'), 'is not', null)
    .execute()
}

async function statements(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('release_title')
    .addColumn('release_id', 'text', (column) => column.notNull())
    .addColumn('title_key', 'text', (column) => column.notNull())
    .addPrimaryKeyConstraint('release_title_key', ['title_key', 'release_id'])
    .execute()
  await db.schema
    .createTable('statement_to_pass')
    .addColumn('statement_id', 'text', (column) => column.primaryKey())
    .addColumn('received_at', int8(db), (column) => column.notNull())
    .execute()
  await db.schema
    .createIndex('statement_to_pass_next')
    .on('statement_to_pass')
    .columns(['received_at', 'statement_id'])
    .execute()
}

async function organising(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('matter')
    .addColumn('matter_id', 'text', (column) => column.primaryKey())
    .addColumn('kind', 'text', (column) => column.notNull())
    .addColumn('of_agency', 'text', (column) => column.notNull())
    .addColumn('release_id', 'text', (column) => column.notNull())
    .addColumn('subject', 'text', (column) => column.notNull())
    .addColumn('agency', 'text', (column) => column.notNull())
    .addColumn('since', int8(db), (column) => column.notNull())
    .execute()
  await db.schema
    .createIndex('matter_oldest')
    .on('matter')
    .columns(['of_agency', 'since', 'matter_id'])
    .execute()
  await db.schema.alterTable('consultation').addColumn('open_since', int8(db)).execute()
  // For rows written before this step the day of submission is near enough; the record is exact.
  await sql`
    update consultation set open_since =
      (select submitted_at from release where release.release_id = consultation.release_id)
    where status in ('issued', 'undelivered', 'running', 'defective', 'no_verdict', 'expired')
      and release_id in
        (select release_id from release where status not in ('published', 'withdrawn'))`.execute(db)
  await db.schema
    .createIndex('consultation_open')
    .on('consultation')
    .columns(['open_since', 'consultation_id'])
    .where(sql.ref('open_since'), 'is not', null)
    .execute()
}

async function breaches(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('breach')
    .addColumn('release_id', 'text', (column) => column.primaryKey())
    .addColumn('releasing_agency', 'text', (column) => column.notNull())
    .addColumn('recorded_at', int8(db), (column) => column.notNull())
    .execute()
  await db.schema
    .createIndex('breach_newest')
    .on('breach')
    .columns(['releasing_agency', 'recorded_at', 'release_id'])
    .execute()
}

export const gates: Migration = {
  name: '0003-gates',
  async up(db) {
    await confirmations(db)
    await statements(db)
    await organising(db)
    await breaches(db)
  },
}
