// Coordination's own copy of the calendar's revisions, and the deadlines computed with it.
import { openRevisions as open, type Revisions as Copy } from '../../../shared/copies/revisions.js'
import type { Database } from '../../../shared/database/database.js'
import type { CalendarRevision } from '../../../shared/working-days/working-days.js'
import { deadlinesBy, type Deadlines } from '../calendar/deadlines.js'
import type { Schema } from './schema.js'

/** Deadlines, and the revision that they are computed by. */
export type Reckoning = Deadlines & { readonly source: CalendarRevision }

export type Revisions = Copy<Reckoning> & {
  /** A revision as it was heard; undefined where it never was. */
  read(revision: number): Promise<CalendarRevision | undefined>
  /** Deadlines by a revision that is not the newest any more. */
  reckoningOf(revision: number): Promise<Reckoning | undefined>
}

export const reckoningBy = (source: CalendarRevision): Reckoning => ({
  ...deadlinesBy(source),
  source,
})

export async function openRevisions(database: Database<Schema>): Promise<Revisions> {
  const copy = await open(database, reckoningBy)
  const read = async (revision: number): Promise<CalendarRevision | undefined> => {
    const row = await database.read
      .selectFrom('calendar_revision')
      .select('body')
      .where('number', '=', revision)
      .executeTakeFirst()
    return row === undefined ? undefined : (JSON.parse(row.body) as CalendarRevision)
  }
  return {
    ...copy,
    read,
    async reckoningOf(revision) {
      const newest = copy.newest()
      if (newest?.revision === revision) return newest
      const found = await read(revision)
      return found === undefined ? undefined : reckoningBy(found)
    },
  }
}
