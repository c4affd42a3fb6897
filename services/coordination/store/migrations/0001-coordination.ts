// Finger-post tables, own copies and uploads, as schema.ts describes them.
import { sql, type Kysely } from 'kysely'
import { bytes, int8, type Migration } from '../../../../shared/database/database.js'

async function fingerPosts(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('release')
    .addColumn('release_id', 'text', (column) => column.primaryKey())
    .addColumn('releasing_agency', 'text', (column) => column.notNull())
    .addColumn('status', 'text', (column) => column.notNull())
    .addColumn('submitted_at', int8(db), (column) => column.notNull())
    .addColumn('version', 'integer', (column) => column.notNull())
    .execute()
  await db.schema
    .createIndex('release_of_agency')
    .on('release')
    .columns(['releasing_agency', 'submitted_at', 'release_id'])
    .execute()
  await db.schema
    .createTable('consultation')
    .addColumn('consultation_id', 'text', (column) => column.primaryKey())
    .addColumn('release_id', 'text', (column) => column.notNull())
    .addColumn('agency', 'text', (column) => column.notNull())
    .addColumn('version', 'integer', (column) => column.notNull())
    .addColumn('status', 'text', (column) => column.notNull())
    .addColumn('deadline_at', int8(db))
    .addColumn('due_at', int8(db))
    .addColumn('remind_at', int8(db))
    .addColumn('unfirm', 'integer', (column) => column.notNull())
    .execute()
  await db.schema
    .createIndex('consultation_of_agency')
    .on('consultation')
    .columns(['agency', 'deadline_at', 'consultation_id'])
    .execute()
  // Partial: what is settled costs nothing to pass over.
  for (const [name, column] of [
    ['consultation_due', 'due_at'],
    ['consultation_remind', 'remind_at'],
  ] as const)
    await db.schema
      .createIndex(name)
      .on('consultation')
      .columns([column, 'release_id'])
      .where(sql.ref(column), 'is not', null)
      .execute()
  await db.schema
    .createIndex('consultation_unfirm')
    .on('consultation')
    .columns(['unfirm', 'consultation_id'])
    .where(sql.ref('unfirm'), '=', sql.lit(1))
    .execute()
  await db.schema
    .createTable('letter_to_post')
    .addColumn('letter_id', 'text', (column) => column.primaryKey())
    .addColumn('release_id', 'text', (column) => column.notNull())
    .addColumn('consultation_id', 'text', (column) => column.notNull())
    .addColumn('kind', 'text', (column) => column.notNull())
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
  await db.schema
    .createTable('pack')
    .addColumn('name', 'text', (column) => column.primaryKey())
    .addColumn('digest', 'text', (column) => column.notNull())
    .addColumn('body', 'text', (column) => column.notNull())
    .execute()
}

async function uploads(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('attachment')
    .addColumn('digest', 'text', (column) => column.notNull())
    .addColumn('uploader', 'text', (column) => column.notNull())
    .addColumn('name', 'text', (column) => column.notNull())
    .addColumn('size', int8(db), (column) => column.notNull())
    .addColumn('complete', 'integer', (column) => column.notNull())
    .addColumn('expires_at', int8(db))
    .addPrimaryKeyConstraint('attachment_key', ['digest', 'uploader'])
    .execute()
  await db.schema
    .createIndex('attachment_expiring')
    .on('attachment')
    .columns(['expires_at'])
    .execute()
  await db.schema
    .createTable('attachment_chunk')
    .addColumn('digest', 'text', (column) => column.notNull())
    .addColumn('uploader', 'text', (column) => column.notNull())
    .addColumn('ordinal', 'integer', (column) => column.notNull())
    .addColumn('bytes', bytes(db), (column) => column.notNull())
    .addPrimaryKeyConstraint('attachment_chunk_key', ['digest', 'uploader', 'ordinal'])
    .execute()
}

export const coordination: Migration = {
  name: '0001-coordination',
  async up(db) {
    await fingerPosts(db)
    await copies(db)
    await uploads(db)
  },
}
