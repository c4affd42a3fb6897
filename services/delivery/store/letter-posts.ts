// The statements that keep the letter table in step with the record. `mustChange` where a row must
// be as the decision found it: else somebody was first, and it is decided again.
import type { Statement } from '../../../shared/database/database.js'
import type { LetterEvent } from '../letter/letter.js'
import type { MailboxEvent } from '../mailbox/mailbox.js'
import type { DeliveryDatabase, LetterRow } from './schema.js'

export type LetterPosts = ReturnType<typeof letterPosts>

export function letterPosts(database: DeliveryDatabase) {
  const enter = database.compileOnce<Omit<LetterRow, 'signed_at' | 'withdrawn_at'>>((db, $) =>
    db
      .insertInto('letter')
      .values({
        letter_id: $('letter_id'),
        recipient: $('recipient'),
        number: $('number'),
        mailbox_version: $('mailbox_version'),
        kind: $('kind'),
        release_id: $('release_id'),
        consultation_id: $('consultation_id'),
        version: $('version'),
        sender: $('sender'),
        document_number: $('document_number'),
        posted_by: $('posted_by'),
        content: $('content'),
        state: $('state'),
        received_at: $('received_at'),
      })
      .onConflict((conflict) =>
        conflict
          .column('letter_id')
          .doUpdateSet(({ ref }) => ({
            number: ref('excluded.number'),
            state: ref('excluded.state'),
            received_at: ref('excluded.received_at'),
          }))
          .whereRef('letter.recipient', '=', 'excluded.recipient')
          .where('letter.state', '=', 'undelivered')
          .where('excluded.state' as 'letter.state', '=', 'arrived'),
      ),
  )
  const drop = database.compileOnce<{ letter_id: string; withdrawn_at: number }>((db, $) =>
    db
      .updateTable('letter')
      .set({ state: 'dropped', withdrawn_at: $('withdrawn_at') })
      .where('letter_id', '=', $('letter_id'))
      .where('state', '=', 'undelivered'),
  )
  const sign = database.compileOnce<{ letter_id: string; signed_at: number }>((db, $) =>
    db
      .updateTable('letter')
      .set({ signed_at: $('signed_at') })
      .where('letter_id', '=', $('letter_id')),
  )
  const withdraw = database.compileOnce<{ letter_id: string; withdrawn_at: number }>((db, $) =>
    db
      .updateTable('letter')
      .set({ withdrawn_at: $('withdrawn_at') })
      .where('letter_id', '=', $('letter_id')),
  )
  const must = (statement: Statement): Statement => ({ ...statement, mustChange: true })

  return {
    /** `version`: of the mailbox after the event. */
    ofMailbox(recipient: string, version: number, event: MailboxEvent): Statement {
      if (event.type === 'WaitingLetterWithdrawn') {
        const { letterId: letter_id, withdrawnAt: withdrawn_at } = event
        return must(drop({ letter_id, withdrawn_at }))
      }
      const arrived = event.type === 'LetterArrived' ? event : undefined
      return must(
        enter({
          letter_id: event.letterId,
          recipient,
          number: arrived?.number ?? null,
          mailbox_version: version,
          kind: event.kind,
          release_id: event.releaseId,
          consultation_id: event.consultationId ?? null,
          version: event.version,
          sender: event.sender,
          document_number: event.documentNumber ?? null,
          posted_by: event.postedBy,
          content: event.content,
          state: arrived ? 'arrived' : 'undelivered',
          received_at: arrived?.receivedAt ?? null,
        }),
      )
    },
    ofLetter(letter_id: string, event: LetterEvent): readonly Statement[] {
      switch (event.type) {
        case 'ReceiptSigned':
          return [sign({ letter_id, signed_at: event.signedAt })]
        case 'LetterWithdrawn':
          return [withdraw({ letter_id, withdrawn_at: event.withdrawnAt })]
        case 'LetterRead':
          return []
      }
    },
  }
}
