// Finger-posts of disagreement: negotiations that are open, for the standing instruction and for who organises,
// and the disputes by id.
import { sql } from 'kysely'
import { int8, type Migration } from '../../../../shared/database/database.js'

export const negotiation: Migration = {
  name: '0004-negotiation',
  async up(db) {
    await db.schema
      .createTable('negotiation')
      .addColumn('release_id', 'text', (column) => column.primaryKey())
      .addColumn('releasing_agency', 'text', (column) => column.notNull())
      .addColumn('since', int8(db), (column) => column.notNull())
      .addColumn('days', 'integer', (column) => column.notNull())
      .addColumn('ready', 'integer', (column) => column.notNull())
      .addColumn('computed_by', 'integer', (column) => column.notNull())
      .addColumn('try_at', int8(db))
      .execute()
    await db.schema
      .createIndex('negotiation_due')
      .on('negotiation')
      .columns(['try_at', 'release_id'])
      .where(sql.ref('ready'), '=', sql.lit(1))
      .execute()
    await db.schema
      .createIndex('negotiation_uncomputed')
      .on('negotiation')
      .columns(['computed_by', 'release_id'])
      .execute()
    await db.schema
      .createTable('dispute')
      .addColumn('dispute_id', 'text', (column) => column.primaryKey())
      .addColumn('release_id', 'text', (column) => column.notNull())
      .execute()
  },
}
