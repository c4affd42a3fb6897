// What waits for the competent authority and which breaches are on record, of the agencies that it
// organises (协调 art. 3, 8). Ids, agencies and ages, never content.
import type { Database } from '../../../shared/database/database.js'
import type { Position } from '../../../shared/rpc/page-tokens.js'
import type { Schema } from './schema.js'

/** One thing that waits, as the tables have it. */
export type MatterRow = {
  readonly id: string
  readonly kind: string
  readonly release_id: string
  readonly subject: string
  readonly agency: string
  readonly since: number
  readonly of_agency: string
}

type Asked = {
  /** The agencies whose matters are asked for. */
  readonly agencies: readonly string[]
  /** Instant and id of the last row told. */
  readonly from: Position | undefined
  readonly limit: number
}

export type Organising = {
  /** Matters beside consultations, oldest first. */
  matters(asked: Asked & { readonly kinds: readonly string[] }): Promise<MatterRow[]>
  /** Open consultations, oldest first; `undelivered`: only letters that did not arrive, or only those that did. */
  openConsultations(
    asked: Asked & { readonly undelivered: boolean | undefined },
  ): Promise<MatterRow[]>
  /** Releases with a breach on record, newest first. */
  breaches(asked: Asked): Promise<{ release_id: string; recorded_at: number }[]>
}

export function organisingOf({ read }: Database<Schema>): Organising {
  return {
    matters({ agencies, kinds, from, limit }) {
      if (agencies.length === 0 || kinds.length === 0) return Promise.resolve([])
      let query = read
        .selectFrom('matter')
        .select(['matter_id as id', 'kind', 'release_id', 'subject', 'agency', 'since'])
        .select('of_agency')
        .where('of_agency', 'in', agencies)
        .where('kind', 'in', kinds)
        .orderBy('since')
        .orderBy('matter_id')
        .limit(limit)
      if (from !== undefined) {
        const [at, id] = from as [number, string]
        query = query.where((where) =>
          where.or([
            where('since', '>', at),
            where.and([where('since', '=', at), where('matter_id', '>', id)]),
          ]),
        )
      }
      return query.execute()
    },
    async openConsultations({ agencies, undelivered, from, limit }) {
      if (agencies.length === 0) return []
      let query = read
        .selectFrom('consultation')
        .innerJoin('release', 'release.release_id', 'consultation.release_id')
        .select(['consultation_id', 'consultation.release_id', 'agency', 'open_since'])
        .select(['releasing_agency', 'consultation.status'])
        .where('open_since', 'is not', null)
        .where('releasing_agency', 'in', agencies)
        .orderBy('open_since')
        .orderBy('consultation_id')
        .limit(limit)
      if (undelivered !== undefined)
        query = query.where('consultation.status', undelivered ? '=' : '!=', 'undelivered')
      if (from !== undefined) {
        const [at, id] = from as [number, string]
        query = query.where((where) =>
          where.or([
            where('open_since', '>', at),
            where.and([where('open_since', '=', at), where('consultation_id', '>', id)]),
          ]),
        )
      }
      return (await query.execute()).map((row) => ({
        id: row.consultation_id,
        kind: row.status === 'undelivered' ? 'letter_undelivered' : 'open_consultation',
        release_id: row.release_id,
        subject: row.consultation_id,
        agency: row.agency,
        since: row.open_since ?? 0,
        of_agency: row.releasing_agency,
      }))
    },
    breaches({ agencies, from, limit }) {
      if (agencies.length === 0) return Promise.resolve([])
      let query = read
        .selectFrom('breach')
        .select(['release_id', 'recorded_at'])
        .where('releasing_agency', 'in', agencies)
        .orderBy('recorded_at', 'desc')
        .orderBy('release_id', 'desc')
        .limit(limit)
      if (from !== undefined) {
        const [at, id] = from as [number, string]
        query = query.where((where) =>
          where.or([
            where('recorded_at', '<', at),
            where.and([where('recorded_at', '=', at), where('release_id', '<', id)]),
          ]),
        )
      }
      return query.execute()
    },
  }
}
