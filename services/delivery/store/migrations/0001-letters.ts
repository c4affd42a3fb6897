// Letters as their mailboxes list them, and who signed for them.
import { sql, type Kysely } from 'kysely'
import { bytes, int8, type Migration } from '../../../../shared/database/database.js'

async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('letter')
    .addColumn('letter_id', 'text', (column) => column.primaryKey())
    .addColumn('recipient', 'text', (column) => column.notNull())
    .addColumn('number', int8(db)) // gapless in the mailbox; none while the letter waits
    .addColumn('mailbox_version', int8(db), (column) => column.notNull()) // when it was posted: waiting letters arrive in this order
    .addColumn('kind', 'text', (column) => column.notNull())
    .addColumn('release_id', 'text', (column) => column.notNull())
    .addColumn('consultation_id', 'text')
    .addColumn('version', 'integer', (column) => column.notNull())
    .addColumn('sender', 'text', (column) => column.notNull())
    .addColumn('document_number', 'text')
    .addColumn('posted_by', 'text', (column) => column.notNull())
    .addColumn('content', 'text', (column) => column.notNull())
    .addColumn('state', 'text', (column) => column.notNull())
    .addColumn('received_at', int8(db))
    .addColumn('signed_at', int8(db))
    .addColumn('withdrawn_at', int8(db))
    .addUniqueConstraint('letter_mailbox', ['recipient', 'number'])
    .execute()
  await db.schema
    .createIndex('letter_release')
    .on('letter')
    .columns(['recipient', 'release_id', 'number'])
    .execute()
  await db.schema
    .createIndex('letter_kind')
    .on('letter')
    .columns(['recipient', 'kind', 'number'])
    .execute()
  await db.schema
    .createIndex('letter_waiting')
    .on('letter')
    .columns(['recipient', 'mailbox_version'])
    .where(sql.ref('state'), '=', sql.lit('undelivered'))
    .execute()
  await db.schema
    .createTable('signature')
    .addColumn('letter_id', 'text', (column) => column.primaryKey())
    .addColumn('salt', bytes(db), (column) => column.notNull())
    .addColumn('signed_by', 'text', (column) => column.notNull())
    .execute()
}

export const letters: Migration = { name: 'delivery-0001-letters', up }
