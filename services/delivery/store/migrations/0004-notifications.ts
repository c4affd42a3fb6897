// Hooks, their secrets in a table apart, and what was sent by them.
import { sql, type Kysely } from 'kysely'
import { int8, type Migration } from '../../../../shared/database/database.js'

async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('notification_hook')
    .addColumn('hook_id', 'text', (column) => column.primaryKey())
    .addColumn('agency', 'text', (column) => column.notNull())
    .addColumn('kind', 'text', (column) => column.notNull())
    .addColumn('set_at', int8(db), (column) => column.notNull())
    .addColumn('removed_at', int8(db))
    .addColumn('failures', 'integer', (column) => column.notNull()) // consecutive
    .execute()
  await db.schema
    .createIndex('notification_hook_agency')
    .on('notification_hook')
    .columns(['agency', 'set_at', 'hook_id'])
    .where(sql.ref('removed_at'), 'is', sql.lit(null))
    .execute()
  await db.schema
    .createTable('notification_target')
    .addColumn('hook_id', 'text', (column) => column.primaryKey())
    .addColumn('address', 'text', (column) => column.notNull())
    .addColumn('secret', 'text', (column) => column.notNull())
    .execute()
  await db.schema
    .createTable('notification')
    .addColumn('notification_id', 'text', (column) => column.primaryKey())
    .addColumn('agency', 'text', (column) => column.notNull())
    .addColumn('hook_id', 'text', (column) => column.notNull())
    .addColumn('letter_id', 'text', (column) => column.notNull())
    .addColumn('number', int8(db), (column) => column.notNull()) // of the letter in the mailbox
    .addColumn('state', 'text', (column) => column.notNull())
    .addColumn('attempts', 'integer', (column) => column.notNull())
    .addColumn('next_at', int8(db), (column) => column.notNull())
    .addColumn('ended_at', int8(db))
    .addColumn('last_failure', 'text', (column) => column.notNull())
    .execute()
  await db.schema
    .createIndex('notification_waiting')
    .on('notification')
    .columns(['hook_id', 'next_at'])
    .where(sql.ref('state'), '=', sql.lit('waiting')) // what has ended is never looked at again
    .execute()
  await db.schema
    .createIndex('notification_newest')
    .on('notification')
    .columns(['agency', 'number', 'notification_id'])
    .execute()
  await db.schema
    .createIndex('notification_letter')
    .on('notification')
    .columns(['agency', 'letter_id', 'number', 'notification_id'])
    .execute()
}

export const notifications: Migration = { name: 'delivery-0004-notifications', up }
