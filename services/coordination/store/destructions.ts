// What is to be destroyed elsewhere, too: releases whose letters delivery still has.
import type { Database, Prepared } from '../../../shared/database/database.js'
import type { Schema } from './schema.js'

export type Destructions = {
  /** Whether letters of the release have not been posted, or not called back, yet. */
  lettersWaiting(releaseId: string): Promise<boolean>
  /** Releases whose letters are still to be destroyed, oldest first. */
  waiting(limit: number): Promise<string[]>
  earliest(): Promise<number | undefined>
  readonly queue: Prepared<Schema['content_to_destroy']>
  readonly drop: Prepared<{ release_id: string }>
  /** The titles under which it is known, as keyed digests. */
  readonly dropTitles: Prepared<{ release_id: string }>
}

export function destructionsOf(database: Database<Schema>): Destructions {
  const toPost = database.compileOnce<{ release_id: string }>((db, $) =>
    db
      .selectFrom('letter_to_post')
      .select('letter_id')
      .where('release_id', '=', $('release_id'))
      .limit(1),
  )
  const waiting = database.compileOnce<{ limit: number }>((db, $) =>
    db
      .selectFrom('content_to_destroy')
      .select(['release_id', 'since'])
      .orderBy('since')
      .orderBy('release_id')
      .limit($('limit')),
  )
  return {
    lettersWaiting: async (release_id) => (await database.query(toPost({ release_id }))).length > 0,
    waiting: async (limit) =>
      (await database.query(waiting({ limit }))).map((row) => row['release_id'] as string),
    earliest: async () =>
      (await database.query(waiting({ limit: 1 })))[0]?.['since'] as number | undefined,
    queue: database.compileOnce<Schema['content_to_destroy']>((db, $) =>
      db
        .insertInto('content_to_destroy')
        .values({ release_id: $('release_id'), since: $('since') })
        .onConflict((conflict) => conflict.doNothing()),
    ),
    drop: database.compileOnce<{ release_id: string }>((db, $) =>
      db.deleteFrom('content_to_destroy').where('release_id', '=', $('release_id')),
    ),
    dropTitles: database.compileOnce<{ release_id: string }>((db, $) =>
      db.deleteFrom('release_title').where('release_id', '=', $('release_id')),
    ),
  }
}
