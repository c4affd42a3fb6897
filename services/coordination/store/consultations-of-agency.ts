// Consultations put to an agency, by deadline; those without one come last.
import { sql } from 'kysely'
import type { Database } from '../../../shared/database/database.js'
import type { Position } from '../../../shared/rpc/page-tokens.js'
import type { Schema } from './schema.js'

const FAR = Number.MAX_SAFE_INTEGER

export type ConsultationsOf = (asked: {
  /** An agency and whom it took over. */
  readonly agencies: readonly string[]
  /** Statuses wanted; none: all. */
  readonly states: readonly string[]
  /** Deadline and id of the last row told. */
  readonly from: Position | undefined
  readonly limit: number
}) => Promise<{ consultation_id: string; release_id: string; deadline: number }[]>

export const consultationsOfAgency =
  ({ read }: Database<Schema>): ConsultationsOf =>
  ({ agencies, states, from, limit }) => {
    if (agencies.length === 0) return Promise.resolve([])
    const deadline = sql<number>`coalesce(deadline_at, ${sql.lit(FAR)})`
    let query = read
      .selectFrom('consultation')
      .select(['consultation_id', 'release_id'])
      .select(deadline.as('deadline'))
      .where('agency', 'in', agencies)
      .orderBy(deadline)
      .orderBy('consultation_id')
      .limit(limit)
    if (states.length > 0) query = query.where('status', 'in', states)
    if (from !== undefined) {
      const [at, id] = from as [number, string]
      query = query.where((where) =>
        where.or([
          where(deadline, '>', at),
          where.and([where(deadline, '=', at), where('consultation_id', '>', id)]),
        ]),
      )
    }
    return query.execute()
  }
