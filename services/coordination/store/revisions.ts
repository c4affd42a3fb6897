// Coordination's own copy of the calendar's revisions: a deadline is computed without asking anybody,
// and the revision it was computed with can be shown for ever.
import type { Database, Statement } from '../../../shared/database/database.js'
import type { CalendarRevision } from '../../../shared/working-days/working-days.js'
import type { Schema } from './schema.js'
import { deadlinesBy, type Deadlines } from '../calendar/deadlines.js'

export type Revisions = {
  /** Deadlines by the newest revision known; undefined before the first was heard of. */
  newest(): Deadlines | undefined
  has(revision: number): boolean
  put(revision: CalendarRevision): Statement
  learn(revision: CalendarRevision): void
  /** Reads the own database again: another instance may have heard. */
  refresh(): Promise<void>
}

export async function openRevisions(database: Database<Schema>): Promise<Revisions> {
  const known = new Set<number>()
  let newest: Deadlines | undefined
  const learn = (revision: CalendarRevision): void => {
    known.add(revision.number)
    if (newest === undefined || revision.number > newest.revision) newest = deadlinesBy(revision)
  }
  const refresh = async (): Promise<void> => {
    const numbers = await database.read.selectFrom('calendar_revision').select('number').execute()
    for (const { number } of numbers) known.add(number)
    const last = Math.max(0, ...known)
    if (last === (newest?.revision ?? 0)) return
    const row = await database.read
      .selectFrom('calendar_revision')
      .select('body')
      .where('number', '=', last)
      .executeTakeFirst()
    if (row !== undefined) learn(JSON.parse(row.body) as CalendarRevision)
  }
  await refresh()
  const put = database.compileOnce<Schema['calendar_revision']>((db, $) =>
    db
      .insertInto('calendar_revision')
      .values({ number: $('number'), recorded_at: $('recorded_at'), body: $('body') })
      .onConflict((conflict) => conflict.doNothing()),
  )
  return {
    refresh,
    newest: () => newest,
    has: (revision) => known.has(revision),
    put: (revision) =>
      put({
        number: revision.number,
        recorded_at: revision.recordedAt,
        body: JSON.stringify(revision),
      }),
    learn,
  }
}
