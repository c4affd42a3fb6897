// Finger-posts of disagreement, and what is asked of them: which standing instructions are due, and which release
// a dispute is about. The instant at which one falls due depends on the calendar, so a duty computes it.
import type { Database, Prepared, Statement } from '../../../shared/database/database.js'
import { openDispute } from '../dispute/dispute.js'
import { countingRounds } from '../negotiation/negotiation.js'
import { hasEnded, noRelease, type Release } from '../release/state.js'
import type { Schema } from './schema.js'

type Row = Schema['negotiation']

/** Statements that keep the rows of a release in step. */
export function negotiationPosts(
  database: Database<Schema>,
): (before: Release, after: Release) => Statement[] {
  const put = database.compileOnce<Row>((db, $) => {
    const changing = {
      since: $('since'),
      days: $('days'),
      ready: $('ready'),
      computed_by: $('computed_by'),
      try_at: $('try_at'),
    }
    return db
      .insertInto('negotiation')
      .values({
        release_id: $('release_id'),
        releasing_agency: $('releasing_agency'),
        ...changing,
      })
      .onConflict((conflict) => conflict.column('release_id').doUpdateSet(changing))
  })
  const drop = database.compileOnce<{ release_id: string }>((db, $) =>
    db.deleteFrom('negotiation').where('release_id', '=', $('release_id')),
  )
  const putDispute = database.compileOnce<Schema['dispute']>((db, $) =>
    db
      .insertInto('dispute')
      .values({ dispute_id: $('dispute_id'), release_id: $('release_id') })
      .onConflict((conflict) => conflict.doNothing()),
  )
  return (before, after) => {
    const statements: Statement[] = []
    const [was, is] = [rowOf(before), rowOf(after)]
    if (is === undefined && was !== undefined) statements.push(drop({ release_id: after.id }))
    if (is !== undefined && (was === undefined || differ(was, is))) statements.push(put(is))
    for (const { id } of after.disputes.slice(before.disputes.length))
      statements.push(putDispute({ dispute_id: id, release_id: after.id }))
    return statements
  }
}

/** The row of an open negotiation; while its dispute is with a coordinator nothing falls due. */
function rowOf(release: Release): Row | undefined {
  const { negotiating, negotiation, id, releasingAgency, standingInstruction } = release
  if (!negotiating || hasEnded(release) || openDispute(release) !== undefined) return undefined
  return {
    release_id: id,
    releasing_agency: releasingAgency,
    since: negotiation.since ?? 0,
    days: standingInstruction?.afterWorkingDays ?? 0,
    ready: countingRounds(negotiation).length > 0 ? 1 : 0,
    computed_by: 0,
    try_at: null,
  }
}

const differ = (one: Row, other: Row): boolean =>
  one.since !== other.since || one.days !== other.days || one.ready !== other.ready

export type Negotiations = {
  /** Open negotiations whose due time no calendar from this revision on has computed. */
  uncomputed(revision: number, limit: number): Promise<{ releaseId: string; since: number }[]>
  /** Releases whose standing instruction is due by `now`, with a round on record. */
  due(now: number, limit: number): Promise<string[]>
  earliestDue(): Promise<number | undefined>
  readonly computed: Prepared<{
    release_id: string
    since: number
    computed_by: number
    try_at: number | null
  }>
  /** Not before this instant: nobody could coordinate, or it was refused. */
  readonly postpone: Prepared<{ release_id: string; try_at: number }>
  releaseOf(disputeId: string): Promise<string | undefined>
  /** Releases in negotiation that have no row: they were so before there were rows. */
  unposted(limit: number): Promise<string[]>
  /** The statements of the row that a release ought to have. */
  repost(release: Release): Statement[]
}

export function negotiationsOf(database: Database<Schema>): Negotiations {
  const posts = negotiationPosts(database)
  const uncomputed = database.compileOnce<{ revision: number; limit: number }>((db, $) =>
    db
      .selectFrom('negotiation')
      .select(['release_id', 'since'])
      .where('computed_by', '<', $('revision'))
      .orderBy('computed_by')
      .orderBy('release_id')
      .limit($('limit')),
  )
  const due = database.compileOnce<{ now: number; limit: number }>((db, $) =>
    db
      .selectFrom('negotiation')
      .select('release_id')
      .where('ready', '=', 1)
      .where('try_at', '<=', $('now'))
      .orderBy('try_at')
      .limit($('limit')),
  )
  const earliest = database.compileOnce<Record<string, never>>((db) =>
    db
      .selectFrom('negotiation')
      .select('try_at')
      .where('ready', '=', 1)
      .where('try_at', 'is not', null)
      .orderBy('try_at')
      .limit(1),
  )({})
  const releaseOf = database.compileOnce<{ id: string }>((db, $) =>
    db.selectFrom('dispute').select('release_id').where('dispute_id', '=', $('id')),
  )
  return {
    async uncomputed(revision, limit) {
      const rows = await database.query(uncomputed({ revision, limit }))
      return rows.map((row) => ({
        releaseId: row['release_id'] as string,
        since: row['since'] as number,
      }))
    },
    due: async (now, limit) =>
      (await database.query(due({ now, limit }))).map((row) => row['release_id'] as string),
    earliestDue: async () => (await database.query(earliest))[0]?.['try_at'] as number | undefined,
    computed: database.compileOnce((db, $) =>
      db
        .updateTable('negotiation')
        .set({ computed_by: $('computed_by'), try_at: $('try_at') })
        .where('release_id', '=', $('release_id'))
        .where('since', '=', $('since')),
    ),
    postpone: database.compileOnce((db, $) =>
      db
        .updateTable('negotiation')
        .set({ try_at: $('try_at') })
        .where('release_id', '=', $('release_id')),
    ),
    async unposted(limit) {
      const rows = await database.read
        .selectFrom('release')
        .leftJoin('negotiation', 'negotiation.release_id', 'release.release_id')
        .select('release.release_id')
        .where('release.status', '=', 'negotiation')
        .where('negotiation.release_id', 'is', null)
        .limit(limit)
        .execute()
      return rows.map(({ release_id }) => release_id)
    },
    repost: (release) => posts(noRelease(release.id), release),
    releaseOf: async (disputeId) =>
      (await database.query(releaseOf({ id: disputeId })))[0]?.['release_id'] as string | undefined,
  }
}
