// Uploaded files are sealed, name and pieces, with keys of each upload's own; and it is kept which releases name
// a file, so that it can be destroyed with the last of them.
import type { Migration } from '../../../../shared/database/database.js'

export const sealedUploads: Migration = {
  name: '0007-sealed-uploads',
  async up(db) {
    await db.schema.alterTable('attachment').addColumn('owner', 'text').execute()
    await db.schema.alterTable('attachment').addColumn('name_key', 'text').execute()
    await db.schema.alterTable('attachment_chunk').addColumn('owner', 'text').execute()
    await db.schema.alterTable('attachment_chunk').addColumn('key_id', 'text').execute()
    await db.schema.createIndex('attachment_owner').on('attachment').column('owner').execute()
    await db.schema
      .createTable('attachment_use')
      .addColumn('release_id', 'text', (column) => column.notNull())
      .addColumn('digest', 'text', (column) => column.notNull())
      .addColumn('uploader', 'text', (column) => column.notNull())
      .addPrimaryKeyConstraint('attachment_use_key', ['release_id', 'digest', 'uploader'])
      .execute()
    await db.schema
      .createIndex('attachment_use_file')
      .on('attachment_use')
      .columns(['digest', 'uploader'])
      .execute()
  },
}
