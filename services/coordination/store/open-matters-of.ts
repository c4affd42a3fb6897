// Releases that go on and in which an agency has a part: its own, those that it is asked about, by id.
import type { Database } from '../../../shared/database/database.js'
import type { Schema } from './schema.js'

export type OpenMattersOf = (asked: {
  readonly agency: string
  readonly after: string
  readonly limit: number
}) => Promise<string[]>

export const openMattersOf =
  ({ read }: Database<Schema>): OpenMattersOf =>
  async ({ agency, after, limit }) => {
    const rows = await read
      .selectFrom('release')
      .select('release_id')
      .where('release_id', '>', after)
      .where('status', 'not in', ['published', 'withdrawn'])
      .where((where) =>
        where.or([
          where('releasing_agency', '=', agency),
          where(
            'release_id',
            'in',
            where.selectFrom('consultation').select('release_id').where('agency', '=', agency),
          ),
          where(
            'release_id',
            'in',
            where
              .selectFrom('matter')
              .select('release_id')
              .where('agency', '=', agency)
              .where('kind', '=', 'confirmation_awaited'),
          ),
        ]),
      )
      .orderBy('release_id')
      .limit(limit)
      .execute()
    return rows.map(({ release_id }) => release_id)
  }
