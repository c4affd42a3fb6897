// Releases whose content coordination has destroyed and that are still to be destroyed here.
import type { Database, Prepared } from '../../../shared/database/database.js'
import type { Schema } from './schema.js'

export type Destructions = {
  /** Those about which no letter waits to be posted: a letter is written from what was said. */
  due(limit: number): Promise<string[]>
  readonly queue: Prepared<Schema['content_to_destroy']>
  readonly drop: Prepared<{ release_id: string }>
}

export function destructionsOf(database: Database<Schema>): Destructions {
  const due = database.compileOnce<{ limit: number }>((db, $) =>
    db
      .selectFrom('content_to_destroy as waiting')
      .select('waiting.release_id')
      .where((at) =>
        at.not(
          at.exists(
            at
              .selectFrom('letter_to_post')
              .innerJoin('dispute', 'dispute.dispute_id', 'letter_to_post.dispute_id')
              .select('letter_to_post.letter_id')
              .whereRef('dispute.release_id', '=', 'waiting.release_id'),
          ),
        ),
      )
      .orderBy('waiting.since')
      .limit($('limit')),
  )
  return {
    due: async (limit) =>
      (await database.query(due({ limit }))).map((row) => row['release_id'] as string),
    queue: database.compileOnce<Schema['content_to_destroy']>((db, $) =>
      db
        .insertInto('content_to_destroy')
        .values({ release_id: $('release_id'), since: $('since') })
        .onConflict((conflict) => conflict.doNothing()),
    ),
    drop: database.compileOnce<{ release_id: string }>((db, $) =>
      db.deleteFrom('content_to_destroy').where('release_id', '=', $('release_id')),
    ),
  }
}
