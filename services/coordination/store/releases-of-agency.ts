// Releases of a releasing agency, newest first.
import type { Database } from '../../../shared/database/database.js'
import type { Position } from '../../../shared/rpc/page-tokens.js'
import type { Schema } from './schema.js'

export type ReleasesOf = (asked: {
  /** An agency and whom it took over. */
  readonly agencies: readonly string[]
  /** Undefined: all. */
  readonly status: string | undefined
  /** Time of submission and id of the last row told. */
  readonly from: Position | undefined
  readonly limit: number
}) => Promise<{ release_id: string; submitted_at: number }[]>

export const releasesOfAgency =
  ({ read }: Database<Schema>): ReleasesOf =>
  ({ agencies, status, from, limit }) => {
    if (agencies.length === 0) return Promise.resolve([])
    let query = read
      .selectFrom('release')
      .select(['release_id', 'submitted_at'])
      .where('releasing_agency', 'in', agencies)
      .orderBy('submitted_at', 'desc')
      .orderBy('release_id', 'desc')
      .limit(limit)
    if (status !== undefined) query = query.where('status', '=', status)
    if (from !== undefined) {
      const [at, id] = from as [number, string]
      query = query.where((where) =>
        where.or([
          where('submitted_at', '<', at),
          where.and([where('submitted_at', '=', at), where('release_id', '<', id)]),
        ]),
      )
    }
    return query.execute()
  }
