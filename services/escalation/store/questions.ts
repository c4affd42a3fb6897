// What is asked of the finger-post tables, one question each; statements compiled once.
import { sql } from 'kysely'
import type { Database, Prepared } from '../../../shared/database/database.js'
import type { Schema } from './schema.js'

export type LetterRow = Schema['letter_to_post']

export type Questions = {
  /** Disputes of a release that are still with a coordinator. */
  openOf(releaseId: string): Promise<string[]>
  /** Disputes in which somebody is to be reminded by `now`. */
  remindersDue(now: number, limit: number): Promise<string[]>
  earliestReminder(): Promise<number | undefined>
  disputeOf(coReviewId: string): Promise<string | undefined>
  readonly queueLetter: Prepared<LetterRow>
}

export function questionsOf(database: Database<Schema>): Questions {
  const open = database.compileOnce<{ release: string }>((db, $) =>
    db
      .selectFrom('dispute')
      .select('dispute_id')
      .where('release_id', '=', $('release'))
      .where('open', '=', sql.lit(1)),
  )
  const due = database.compileOnce<{ now: number; limit: number }>((db, $) =>
    db
      .selectFrom('dispute')
      .select('dispute_id')
      .where('remind_at', 'is not', null)
      .where('remind_at', '<=', $('now'))
      .orderBy('remind_at')
      .orderBy('dispute_id')
      .limit($('limit')),
  )
  const earliest = database.compileOnce<Record<string, never>>((db) =>
    db
      .selectFrom('dispute')
      .select('remind_at')
      .where('remind_at', 'is not', null)
      .orderBy('remind_at')
      .limit(1),
  )({})
  const disputeOf = database.compileOnce<{ id: string }>((db, $) =>
    db.selectFrom('co_review').select('dispute_id').where('co_review_id', '=', $('id')),
  )
  const ids = async (statement: ReturnType<typeof due>): Promise<string[]> =>
    (await database.query(statement)).map((row) => row['dispute_id'] as string)
  return {
    openOf: (release) => ids(open({ release })),
    remindersDue: (now, limit) => ids(due({ now, limit })),
    earliestReminder: async () =>
      (await database.query(earliest))[0]?.['remind_at'] as number | undefined,
    disputeOf: async (id) => (await ids(disputeOf({ id })))[0],
    queueLetter: database.compileOnce<LetterRow>((db, $) =>
      db
        .insertInto('letter_to_post')
        .values({
          letter_id: $('letter_id'),
          dispute_id: $('dispute_id'),
          kind: $('kind'),
          sender: $('sender'),
          recipient: $('recipient'),
          subject: $('subject'),
          not_before: $('not_before'),
          queued_at: $('queued_at'),
        })
        .onConflict((conflict) => conflict.doNothing()),
    ),
  }
}
