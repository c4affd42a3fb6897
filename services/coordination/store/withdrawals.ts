// Letters that are to be withdrawn at delivery, each until delivery has withdrawn it.
import type { Database, Prepared } from '../../../shared/database/database.js'
import type { Schema } from './schema.js'

export type WithdrawalRow = Schema['letter_to_withdraw']

export type Withdrawals = {
  /** Letters to withdraw by `now`. One that is still queued for the post waits until that is over. */
  due(now: number, limit: number): Promise<WithdrawalRow[]>
  earliest(): Promise<number | undefined>
  readonly queue: Prepared<WithdrawalRow>
  readonly drop: Prepared<{ letter_id: string }>
  readonly postpone: Prepared<{ letter_id: string; not_before: number }>
}

export function withdrawalsOf(database: Database<Schema>): Withdrawals {
  const due = database.compileOnce<{ now: number; limit: number }>((db, $) =>
    db
      .selectFrom('letter_to_withdraw')
      .selectAll()
      .where('not_before', '<=', $('now'))
      .where('letter_id', 'not in', db.selectFrom('letter_to_post').select('letter_id'))
      .orderBy('not_before')
      .orderBy('letter_id')
      .limit($('limit')),
  )
  const earliest = database.compileOnce<Record<string, never>>((db) =>
    db
      .selectFrom('letter_to_withdraw')
      .select('not_before')
      .where('letter_id', 'not in', db.selectFrom('letter_to_post').select('letter_id'))
      .orderBy('not_before')
      .limit(1),
  )({})
  return {
    due: async (now, limit) =>
      (await database.query(due({ now, limit }))) as unknown as WithdrawalRow[],
    async earliest() {
      const [row] = await database.query(earliest)
      return row?.['not_before'] as number | undefined
    },
    queue: database.compileOnce<WithdrawalRow>((db, $) =>
      db
        .insertInto('letter_to_withdraw')
        .values({
          letter_id: $('letter_id'),
          not_before: $('not_before'),
          queued_at: $('queued_at'),
        })
        .onConflict((conflict) => conflict.doNothing()),
    ),
    drop: database.compileOnce<{ letter_id: string }>((db, $) =>
      db.deleteFrom('letter_to_withdraw').where('letter_id', '=', $('letter_id')),
    ),
    postpone: database.compileOnce<{ letter_id: string; not_before: number }>((db, $) =>
      db
        .updateTable('letter_to_withdraw')
        .set({ not_before: $('not_before') })
        .where('letter_id', '=', $('letter_id')),
    ),
  }
}
