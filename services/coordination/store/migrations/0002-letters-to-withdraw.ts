// Letters to be withdrawn at delivery: the consultation that they are about has ended.
import { int8, type Migration } from '../../../../shared/database/database.js'

export const lettersToWithdraw: Migration = {
  name: '0002-letters-to-withdraw',
  async up(db) {
    await db.schema
      .createTable('letter_to_withdraw')
      .addColumn('letter_id', 'text', (column) => column.primaryKey())
      .addColumn('not_before', int8(db), (column) => column.notNull())
      .addColumn('queued_at', int8(db), (column) => column.notNull())
      .execute()
    await db.schema
      .createIndex('letter_to_withdraw_next')
      .on('letter_to_withdraw')
      .columns(['not_before', 'letter_id'])
      .execute()
  },
}
