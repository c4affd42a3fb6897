// The bodies that were asked for their views of a dispute (会同部门): heard from escalation, for the files of the
// version in dispute lie here.
import type { Database, Statement } from '../../../shared/database/database.js'
import type { Schema } from './schema.js'

export type ReviewBodies = {
  put(body: Schema['review_body']): Statement
  /** The disputes of a release for which one of these agencies was asked. */
  disputesFor(releaseId: string, agencies: readonly string[]): Promise<string[]>
}

export function reviewBodiesOf(database: Database<Schema>): ReviewBodies {
  const put = database.compileOnce<Schema['review_body']>((db, $) =>
    db
      .insertInto('review_body')
      .values({ release_id: $('release_id'), agency: $('agency'), dispute_id: $('dispute_id') })
      .onConflict((conflict) => conflict.doNothing()),
  )
  const find = database.compileOnce<{ release_id: string; agency: string }>((db, $) =>
    db
      .selectFrom('review_body')
      .select('dispute_id')
      .where('release_id', '=', $('release_id'))
      .where('agency', '=', $('agency')),
  )
  return {
    put,
    async disputesFor(release_id, agencies) {
      const found = await database.queryEach(agencies.map((agency) => find({ release_id, agency })))
      return found.flat().map((row) => row['dispute_id'] as string)
    },
  }
}
