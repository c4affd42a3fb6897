// Disputes in which an agency has a part, the oldest first.
import type { Database } from '../../../shared/database/database.js'
import type { Position } from '../../../shared/rpc/page-tokens.js'
import type { Schema } from './schema.js'

export type DisputesOf = (asked: {
  /** An agency and whom it took over. */
  readonly agencies: readonly string[]
  /** Statuses wanted; none: all. */
  readonly statuses: readonly string[]
  /** Undefined: any. */
  readonly part: string | undefined
  /** Time of filing and id of the last row told. */
  readonly from: Position | undefined
  readonly limit: number
}) => Promise<{ dispute_id: string; filed_at: number }[]>

export const disputesOfAgency =
  ({ read }: Database<Schema>): DisputesOf =>
  ({ agencies, statuses, part, from, limit }) => {
    if (agencies.length === 0) return Promise.resolve([])
    let query = read
      .selectFrom('dispute_part')
      .innerJoin('dispute', 'dispute.dispute_id', 'dispute_part.dispute_id')
      .select(['dispute_part.dispute_id', 'dispute_part.filed_at'])
      .distinct() // whoever took another over may have two parts in one
      .where('agency', 'in', agencies)
      .orderBy('dispute_part.filed_at')
      .orderBy('dispute_part.dispute_id')
      .limit(limit)
    if (statuses.length > 0) query = query.where('status', 'in', statuses)
    if (part !== undefined) query = query.where('part', '=', part)
    if (from !== undefined) {
      const [at, id] = from as [number, string]
      query = query.where((where) =>
        where.or([
          where('dispute_part.filed_at', '>', at),
          where.and([
            where('dispute_part.filed_at', '=', at),
            where('dispute_part.dispute_id', '>', id),
          ]),
        ]),
      )
    }
    return query.execute()
  }
