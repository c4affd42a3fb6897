// What is asked of the finger-post tables, one question each; statements compiled once.
import { sql } from 'kysely'
import type { Database, Prepared } from '../../../shared/database/database.js'
import type { Schema } from './schema.js'

const KEPT_MAX = 50_000

export type LetterRow = Schema['letter_to_post']

export type Questions = {
  /** Releases in which silence may have its effect by `now`, earliest deadline first. */
  overdue(now: number, limit: number): Promise<string[]>
  /** The earliest deadline that waits for its effect. */
  earliestDue(): Promise<number | undefined>
  /** Releases in which a reminder is due by `now`. */
  remindersDue(now: number, limit: number): Promise<string[]>
  earliestReminder(): Promise<number | undefined>
  /** Letters to post by `now`, oldest first. */
  lettersToPost(now: number, limit: number): Promise<LetterRow[]>
  earliestLetter(): Promise<number | undefined>
  releaseOf(consultationId: string): Promise<string | undefined>
  readonly queueLetter: Prepared<LetterRow>
  readonly dropLetter: Prepared<{ letter_id: string }>
  readonly postponeLetter: Prepared<{ letter_id: string; not_before: number }>
}

export function questionsOf(database: Database<Schema>): Questions {
  const due = database.compileOnce<{ now: number; limit: number }>((db, $) =>
    db
      .selectFrom('consultation')
      .select('release_id')
      .where('due_at', 'is not', null)
      .where('due_at', '<=', $('now'))
      .groupBy('release_id')
      .orderBy(sql`min(due_at)`)
      .limit($('limit')),
  )
  const remind = database.compileOnce<{ now: number; limit: number }>((db, $) =>
    db
      .selectFrom('consultation')
      .select('release_id')
      .distinct()
      .where('remind_at', 'is not', null)
      .where('remind_at', '<=', $('now'))
      .where('deadline_at', '>', $('now')) // after the deadline nobody is reminded of it
      .limit($('limit')),
  )
  const earliest = (column: 'due_at' | 'remind_at') =>
    database.compileOnce<Record<string, never>>((db) =>
      db
        .selectFrom('consultation')
        .select(column)
        .where(column, 'is not', null)
        .orderBy(column)
        .limit(1),
    )
  const earliestDue = earliest('due_at')({})
  const earliestReminder = earliest('remind_at')({})
  const toPost = database.compileOnce<{ now: number; limit: number }>((db, $) =>
    db
      .selectFrom('letter_to_post')
      .selectAll()
      .where('not_before', '<=', $('now'))
      .orderBy('not_before')
      .orderBy('queued_at')
      .orderBy('letter_id')
      .limit($('limit')),
  )
  const firstToPost = database.compileOnce<Record<string, never>>((db) =>
    db.selectFrom('letter_to_post').select('not_before').orderBy('not_before').limit(1),
  )({})
  const releaseOf = database.compileOnce<{ id: string }>((db, $) =>
    db.selectFrom('consultation').select('release_id').where('consultation_id', '=', $('id')),
  )
  const releases = new Map<string, string>()
  const ids = async (statement: ReturnType<typeof due>): Promise<string[]> =>
    (await database.query(statement)).map((row) => row['release_id'] as string)
  const first = async (statement: ReturnType<typeof due>, column: string) =>
    (await database.query(statement))[0]?.[column] as number | undefined
  return {
    overdue: (now, limit) => ids(due({ now, limit })),
    earliestDue: () => first(earliestDue, 'due_at'),
    remindersDue: (now, limit) => ids(remind({ now, limit })),
    earliestReminder: () => first(earliestReminder, 'remind_at'),
    lettersToPost: async (now, limit) =>
      (await database.query(toPost({ now, limit }))) as unknown as LetterRow[],
    earliestLetter: () => first(firstToPost, 'not_before'),
    async releaseOf(consultationId) {
      const known = releases.get(consultationId)
      if (known !== undefined) return known
      const [row] = await database.query(releaseOf({ id: consultationId }))
      const release = row?.['release_id'] as string | undefined
      if (release !== undefined) {
        if (releases.size >= KEPT_MAX) releases.clear()
        releases.set(consultationId, release) // it never changes
      }
      return release
    },
    queueLetter: database.compileOnce<LetterRow>((db, $) =>
      db
        .insertInto('letter_to_post')
        .values({
          letter_id: $('letter_id'),
          release_id: $('release_id'),
          consultation_id: $('consultation_id'),
          kind: $('kind'),
          recipient: $('recipient'),
          subject: $('subject'),
          not_before: $('not_before'),
          queued_at: $('queued_at'),
        })
        .onConflict((conflict) => conflict.doNothing()),
    ),
    dropLetter: database.compileOnce<{ letter_id: string }>((db, $) =>
      db.deleteFrom('letter_to_post').where('letter_id', '=', $('letter_id')),
    ),
    postponeLetter: database.compileOnce<{ letter_id: string; not_before: number }>((db, $) =>
      db
        .updateTable('letter_to_post')
        .set({ not_before: $('not_before') })
        .where('letter_id', '=', $('letter_id')),
    ),
  }
}
