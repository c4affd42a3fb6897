// Certificates that are asked for: kept in step with the record, the request and the certificate beside it.
import type { Statement } from '../../../shared/database/database.js'
import type { EnrolmentState } from '../enrolment/enrolment.js'
import type { DirectoryDatabase, DirectoryTables } from './schema.js'

export type EnrolmentRow = DirectoryTables['enrolment']
export type EnrolmentTable = ReturnType<typeof enrolmentTable>

export function enrolmentTable(database: DirectoryDatabase) {
  type Facts = Omit<EnrolmentRow, 'request' | 'certificate'>
  const put = database.compileOnce<Facts>((db, $) => {
    const facts = {
      uri: $('uri'),
      requested_by: $('requested_by'),
      requested_at: $('requested_at'),
      approved_by: $('approved_by'),
      approved_at: $('approved_at'),
      rejected_by: $('rejected_by'),
      rejected_at: $('rejected_at'),
      fingerprint: $('fingerprint'),
    }
    return db
      .insertInto('enrolment')
      .values({ enrolment_id: $('enrolment_id'), ...facts, request: null, certificate: '' })
      .onConflict((conflict) => conflict.column('enrolment_id').doUpdateSet(facts))
  })
  const keepRequest = database.compileOnce<{ enrolment_id: string; request: Uint8Array }>((db, $) =>
    db
      .updateTable('enrolment')
      .set({ request: $('request') })
      .where('enrolment_id', '=', $('enrolment_id')),
  )
  const keepCertificate = database.compileOnce<{ enrolment_id: string; certificate: string }>(
    (db, $) =>
      db
        .updateTable('enrolment')
        .set({ certificate: $('certificate') })
        .where('enrolment_id', '=', $('enrolment_id')),
  )
  return {
    post: (enrolment_id: string, state: EnrolmentState): Statement =>
      put({
        ...{ enrolment_id, uri: state.uri ?? '', requested_by: state.requestedBy ?? '' },
        requested_at: state.requestedAt ?? 0,
        ...{ approved_by: state.approvedBy ?? '', approved_at: state.approvedAt ?? null },
        ...{ rejected_by: state.rejectedBy ?? '', rejected_at: state.rejectedAt ?? null },
        fingerprint: state.fingerprint ?? '',
      }),
    keepRequest: (enrolment_id: string, request: Uint8Array): Statement =>
      keepRequest({ enrolment_id, request }),
    keepCertificate: (enrolment_id: string, certificate: string): Statement =>
      keepCertificate({ enrolment_id, certificate }),
    find: (enrolmentId: string): Promise<EnrolmentRow | undefined> =>
      database.read
        .selectFrom('enrolment')
        .selectAll()
        .where('enrolment_id', '=', enrolmentId)
        .executeTakeFirst(),
    /** Those after an id, in order. */
    async page(waitingOnly: boolean, after: string, limit: number): Promise<EnrolmentRow[]> {
      let query = database.read
        .selectFrom('enrolment')
        .selectAll()
        .where('enrolment_id', '>', after)
        .orderBy('enrolment_id')
        .limit(limit)
      if (waitingOnly)
        query = query.where('approved_at', 'is', null).where('rejected_at', 'is', null)
      return query.execute()
    },
  }
}
