// What the jobs that move deadlines ask of the tables: which consultations a change may touch, and which
// jobs there were.
import { sql } from 'kysely'
import type { Database, Statement } from '../../../shared/database/database.js'
import type { Position } from '../../../shared/rpc/page-tokens.js'
import type { Recomputation } from '../recomputation/recomputation.js'
import type { Schema } from './schema.js'

/** A consultation that may be touched. */
export type Touched = {
  readonly consultationId: string
  readonly releaseId: string
  readonly deadlineAt: number
}

type Range = { readonly from: number; readonly after: string; readonly limit: number }

export type RecomputationsOf = {
  /** Consultations with a deadline from an instant on, and those whose deadline is not firm, by id. */
  touched(range: Range): Promise<Touched[]>
  /** The same by deadline, for a preview. */
  touchedByDeadline(range: {
    readonly from: number
    readonly position: Position | undefined
    readonly limit: number
  }): Promise<Touched[]>
  /** Consultations with a deadline in a stretch, by id. */
  ended(range: Range & { readonly to: number }): Promise<Touched[]>
  /** The oldest job that is not finished. */
  unfinished(): Promise<Recomputation | undefined>
  /** Jobs, newest first. */
  newest(limit: number): Promise<Recomputation[]>
  /** Statements that keep a job's row. */
  posts(state: Recomputation): Statement[]
}

const LIVE = sql<boolean>`status not in ('superseded', 'withdrawn', 'issued', 'undelivered')`

export function recomputationsOf(database: Database<Schema>): RecomputationsOf {
  const { read } = database
  const put = database.compileOnce<Schema['recomputation']>((db, $) => {
    const changing = { finished_at: $('finished_at'), body: $('body') }
    return db
      .insertInto('recomputation')
      .values({ revision: $('revision'), ...changing })
      .onConflict((conflict) => conflict.column('revision').doUpdateSet(changing))
  })
  const columns = ['consultation_id', 'release_id', 'deadline_at'] as const
  type Row = Pick<Schema['consultation'], (typeof columns)[number]>
  const touchedOf = (rows: readonly Row[]): Touched[] =>
    rows.map((row) => ({
      consultationId: row.consultation_id,
      releaseId: row.release_id,
      deadlineAt: row.deadline_at ?? 0,
    }))
  return {
    async touched({ from, after, limit }) {
      const rows = await read
        .selectFrom('consultation')
        .select(columns)
        .where('consultation_id', '>', after)
        .where(LIVE)
        .where((where) => where.or([where('deadline_at', '>=', from), where('unfirm', '=', 1)]))
        .orderBy('consultation_id')
        .limit(limit)
        .execute()
      return touchedOf(rows)
    },
    async touchedByDeadline({ from, position, limit }) {
      const at = sql<number>`coalesce(deadline_at, 0)`
      let query = read
        .selectFrom('consultation')
        .select(columns)
        .where(LIVE)
        .where((where) => where.or([where('deadline_at', '>=', from), where('unfirm', '=', 1)]))
        .orderBy(at)
        .orderBy('consultation_id')
        .limit(limit)
      if (position !== undefined) {
        const [deadline, id] = position as [number, string]
        query = query.where((where) =>
          where.or([
            where(at, '>', deadline),
            where.and([where(at, '=', deadline), where('consultation_id', '>', id)]),
          ]),
        )
      }
      return touchedOf(await query.execute())
    },
    async ended({ from, to, after, limit }) {
      const rows = await read
        .selectFrom('consultation')
        .select(columns)
        .where('consultation_id', '>', after)
        .where(LIVE)
        .where('deadline_at', '>=', from)
        .where('deadline_at', '<=', to)
        .orderBy('consultation_id')
        .limit(limit)
        .execute()
      return touchedOf(rows)
    },
    async unfinished() {
      const row = await read
        .selectFrom('recomputation')
        .select('body')
        .where('finished_at', 'is', null)
        .orderBy('revision')
        .limit(1)
        .executeTakeFirst()
      return row === undefined ? undefined : (JSON.parse(row.body) as Recomputation)
    },
    async newest(limit) {
      const rows = await read
        .selectFrom('recomputation')
        .select('body')
        .orderBy('revision', 'desc')
        .limit(limit)
        .execute()
      return rows.map(({ body }) => JSON.parse(body) as Recomputation)
    },
    posts: (state) => [
      put({
        revision: state.revision,
        finished_at: state.finishedAt ?? null,
        body: JSON.stringify(state),
      }),
    ],
  }
}
