// Keeps the finger-post tables in step with the record: compares a dispute before and after a change and
// writes the rows that differ. Same transaction as the events.
import type { Database, Statement } from '../../../shared/database/database.js'
import { isOpen, nextReminder, partsIn, type Dispute } from '../dispute/state.js'
import type { Schema } from './schema.js'

type DisputeRow = Schema['dispute']
type PartRow = Schema['dispute_part']

/** Statements for the finger-posts of a dispute. */
export type FingerPosts = (before: Dispute, after: Dispute) => Statement[]

export function fingerPosts(database: Database<Schema>): FingerPosts {
  const putDispute = database.compileOnce<DisputeRow>((db, $) => {
    const changing = { status: $('status'), open: $('open'), remind_at: $('remind_at') }
    return db
      .insertInto('dispute')
      .values({ dispute_id: $('dispute_id'), release_id: $('release_id'), ...changing })
      .onConflict((conflict) => conflict.column('dispute_id').doUpdateSet(changing))
  })
  const putPart = database.compileOnce<PartRow>((db, $) =>
    db
      .insertInto('dispute_part')
      .values({
        agency: $('agency'),
        dispute_id: $('dispute_id'),
        filed_at: $('filed_at'),
        part: $('part'),
      })
      .onConflict((conflict) =>
        conflict.columns(['agency', 'dispute_id']).doUpdateSet({ part: $('part') }),
      ),
  )
  const dropPart = database.compileOnce<Pick<PartRow, 'agency' | 'dispute_id'>>((db, $) =>
    db
      .deleteFrom('dispute_part')
      .where('agency', '=', $('agency'))
      .where('dispute_id', '=', $('dispute_id')),
  )
  const putCoReview = database.compileOnce<Schema['co_review']>((db, $) =>
    db
      .insertInto('co_review')
      .values({ co_review_id: $('co_review_id'), dispute_id: $('dispute_id') })
      .onConflict((conflict) => conflict.doNothing()),
  )
  return (before, after) => {
    const { id: dispute_id, filedAt: filed_at } = after
    const was = partsIn(before)
    const are = partsIn(after)
    return [
      putDispute(rowOf(after)),
      ...[...are]
        .filter(([agency, part]) => was.get(agency) !== part)
        .map(([agency, part]) => putPart({ agency, dispute_id, filed_at, part })),
      ...[...was.keys()]
        .filter((agency) => !are.has(agency)) // it has nothing to do with it any more
        .map((agency) => dropPart({ agency, dispute_id })),
      ...Object.keys(after.coReviews)
        .filter((id) => before.coReviews[id] === undefined)
        .map((co_review_id) => putCoReview({ co_review_id, dispute_id })),
    ]
  }
}

const rowOf = (dispute: Dispute): DisputeRow => ({
  dispute_id: dispute.id,
  release_id: dispute.releaseId,
  status: dispute.status,
  open: isOpen(dispute) ? 1 : 0,
  remind_at: nextReminder(dispute) ?? null,
})
