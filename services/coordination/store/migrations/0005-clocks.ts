// Jobs that move deadlines, as schema.ts describes them.
import type { Migration } from '../../../../shared/database/database.js'
import { int8 } from '../../../../shared/database/database.js'

export const clocks: Migration = {
  name: '0005-clocks',
  async up(db) {
    await db.schema
      .createTable('recomputation')
      .addColumn('revision', 'integer', (column) => column.primaryKey())
      .addColumn('finished_at', int8(db))
      .addColumn('body', 'text', (column) => column.notNull())
      .execute()
  },
}
