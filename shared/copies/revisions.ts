// Own copy of the calendar's revisions: a deadline is computed without asking anybody, and the revision
// it was computed with can be shown for ever.
import type { Database } from '../database/database.js'
import type { CalendarRevision } from '../working-days/working-days.js'
import type { Copy, CopyTables } from './copies.js'

type Table = Pick<CopyTables, 'calendar_revision'>

export type Revisions<Reckoning> = Copy<CalendarRevision> & {
  /** What is reckoned by the newest revision known; undefined before the first was heard of. */
  newest(): Reckoning | undefined
  has(revision: number): boolean
}

/** `reckoningBy` makes of a revision what the service reckons with. */
export async function openRevisions<Reckoning, Schema extends Table>(
  database: Database<Schema>,
  reckoningBy: (revision: CalendarRevision) => Reckoning,
): Promise<Revisions<Reckoning>> {
  const own = database as unknown as Database<Table>
  const known = new Set<number>()
  let newest: { readonly number: number; readonly reckoning: Reckoning } | undefined
  const learn = (revision: CalendarRevision): void => {
    const { number } = revision
    known.add(number)
    if (newest === undefined || number > newest.number)
      newest = { number, reckoning: reckoningBy(revision) }
  }
  const refresh = async (): Promise<void> => {
    const numbers = await own.read.selectFrom('calendar_revision').select('number').execute()
    for (const { number } of numbers) known.add(number)
    const last = Math.max(0, ...known)
    if (last === (newest?.number ?? 0)) return
    const row = await own.read
      .selectFrom('calendar_revision')
      .select('body')
      .where('number', '=', last)
      .executeTakeFirst()
    if (row !== undefined) learn(JSON.parse(row.body) as CalendarRevision)
  }
  await refresh()
  const put = own.compileOnce<Table['calendar_revision']>((db, $) =>
    db
      .insertInto('calendar_revision')
      .values({ number: $('number'), recorded_at: $('recorded_at'), body: $('body') })
      .onConflict((conflict) => conflict.doNothing()),
  )
  return {
    refresh,
    newest: () => newest?.reckoning,
    has: (revision) => known.has(revision),
    put: (revisions) =>
      revisions.map((revision) =>
        put({
          number: revision.number,
          recorded_at: revision.recordedAt,
          body: JSON.stringify(revision),
        }),
      ),
    learn: (revisions) => revisions.forEach(learn),
  }
}
