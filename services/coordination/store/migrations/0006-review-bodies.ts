// Which bodies a coordinator asked for their views, as escalation tells it: they read the files of the version in
// dispute, and nobody else of them does.
import type { Migration } from '../../../../shared/database/database.js'

export const reviewBodies: Migration = {
  name: '0006-review-bodies',
  async up(db) {
    await db.schema
      .createTable('review_body')
      .addColumn('release_id', 'text', (column) => column.notNull())
      .addColumn('agency', 'text', (column) => column.notNull())
      .addColumn('dispute_id', 'text', (column) => column.notNull())
      .addPrimaryKeyConstraint('review_body_key', ['release_id', 'agency', 'dispute_id'])
      .execute()
  },
}
