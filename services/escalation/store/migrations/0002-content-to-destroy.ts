// Releases whose content is to be destroyed here, once no letter about them waits to be posted.
import { int8, type Migration } from '../../../../shared/database/database.js'

export const contentToDestroy: Migration = {
  name: '0002-content-to-destroy',
  async up(db) {
    await db.schema
      .createTable('content_to_destroy')
      .addColumn('release_id', 'text', (column) => column.primaryKey())
      .addColumn('since', int8(db), (column) => column.notNull())
      .execute()
  },
}
