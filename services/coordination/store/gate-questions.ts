// What is asked of the finger-posts of the gates, one question each; statements compiled once.
import type { Database, Prepared, Statement } from '../../../shared/database/database.js'
import type { PassedTo, Statement as Said, StatementEvent } from '../declaration/statement.js'
import { putMatterIn } from './gate-posts.js'
import type { Schema } from './schema.js'

export type GateQuestions = {
  releaseOfConfirmation(confirmationId: string): Promise<string | undefined>
  /** Releases in which a confirmation is to be reminded of by `now`. */
  confirmationsToRemind(now: number, limit: number): Promise<string[]>
  earliestConfirmationReminder(): Promise<number | undefined>
  /** Statements that are not passed on yet, oldest first. */
  statementsToPass(limit: number): Promise<string[]>
  earliestStatement(): Promise<number | undefined>
  /** Finger-posts of what happened to a statement. */
  statementPosts(id: string, after: Said, events: readonly StatementEvent[]): Statement[]
}

export function gateQuestionsOf(database: Database<Schema>): GateQuestions {
  const releaseOf = database.compileOnce<{ id: string }>((db, $) =>
    db.selectFrom('confirmation').select('release_id').where('confirmation_id', '=', $('id')),
  )
  const remind = database.compileOnce<{ now: number; limit: number }>((db, $) =>
    db
      .selectFrom('confirmation')
      .select('release_id')
      .distinct()
      .where('remind_at', 'is not', null)
      .where('remind_at', '<=', $('now'))
      .limit($('limit')),
  )
  const firstReminder = database.compileOnce<Record<string, never>>((db) =>
    db
      .selectFrom('confirmation')
      .select('remind_at')
      .where('remind_at', 'is not', null)
      .orderBy('remind_at')
      .limit(1),
  )({})
  const toPass = database.compileOnce<{ limit: number }>((db, $) =>
    db
      .selectFrom('statement_to_pass')
      .selectAll()
      .orderBy('received_at')
      .orderBy('statement_id')
      .limit($('limit')),
  )
  const keep = database.compileOnce<Schema['statement_to_pass']>((db, $) =>
    db
      .insertInto('statement_to_pass')
      .values({ statement_id: $('statement_id'), received_at: $('received_at') }),
  )
  const drop: Prepared<{ statement_id: string }> = database.compileOnce((db, $) =>
    db.deleteFrom('statement_to_pass').where('statement_id', '=', $('statement_id')),
  )
  const putMatter = putMatterIn(database)
  const unauthorised = (id: string, said: Said, passed: PassedTo | undefined): Statement =>
    putMatter({
      matter_id: `statement:${id}/${passed?.releaseId ?? ''}`,
      kind: 'unauthorised_release',
      // Where the release is unknown, the authority of the agency that objects is told.
      of_agency: passed?.releasingAgency ?? said.agency,
      release_id: passed?.releaseId ?? '',
      subject: id,
      agency: said.agency,
      since: said.receivedAt,
    })
  return {
    async releaseOfConfirmation(id) {
      const [row] = await database.query(releaseOf({ id }))
      return row?.['release_id'] as string | undefined
    },
    confirmationsToRemind: async (now, limit) =>
      (await database.query(remind({ now, limit }))).map((row) => row['release_id'] as string),
    earliestConfirmationReminder: async () =>
      (await database.query(firstReminder))[0]?.['remind_at'] as number | undefined,
    statementsToPass: async (limit) =>
      (await database.query(toPass({ limit }))).map((row) => row['statement_id'] as string),
    earliestStatement: async () =>
      (await database.query(toPass({ limit: 1 })))[0]?.['received_at'] as number | undefined,
    statementPosts: (statement_id, after, events) =>
      events.flatMap((event): Statement[] => {
        if (event.type === 'StatementReceived')
          return [keep({ statement_id, received_at: event.receivedAt })]
        const { passedTo } = event
        const all = passedTo.length === 0 ? [undefined] : passedTo
        return [
          drop({ statement_id }),
          ...(after.about === 'unauthorised'
            ? all.map((passed) => unauthorised(statement_id, after, passed))
            : []),
        ]
      }),
  }
}
