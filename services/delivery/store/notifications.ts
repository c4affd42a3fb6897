// Notifications: a row for each hook of the recipient, made in the commit in which the letter arrives;
// which of them are due; and their pages.
import { sql } from 'kysely'
import type { Statement } from '../../../shared/database/database.js'
import type { Vault } from '../../../shared/confidentiality/confidentiality.js'
import { placeOfSecret } from './notification-hooks.js'
import type { HookKind } from '../notification/hooks.js'
import type { NotificationEnded } from '../notification/notification.js'
import type { LetterArrived } from '../mailbox/mailbox.js'
import type { DeliveryDatabase, DeliveryTables, LetterRow } from './schema.js'

export type Notifications = ReturnType<typeof notifications>
export type NotificationRow = DeliveryTables['notification']

/** One that is due, with where it goes and what it tells; `address` is null where the hook was removed. */
export type DueNotification = NotificationRow &
  Pick<LetterRow, 'document_number' | 'received_at'> & {
    readonly letter_kind: LetterRow['kind']
    readonly hook_kind: HookKind
    readonly address: string | null
    readonly secret: string | null
  }

export function notifications(database: DeliveryDatabase, vault: Vault) {
  type Made = { agency: string; letter_id: string; number: number; at: number }
  // The parameters stand in a SELECT, where PostgreSQL would take them for text.
  const make = database.compileOnce<Made>((db, $) =>
    db
      .insertInto('notification')
      .columns([
        ...(['notification_id', 'agency', 'hook_id', 'letter_id', 'number', 'state'] as const),
        ...(['attempts', 'next_at', 'ended_at', 'last_failure'] as const),
      ])
      .expression(
        db
          .selectFrom('notification_hook')
          .select(({ ref }) => [
            sql<string>`cast(${$('letter_id')} as text) || '.' || ${ref('hook_id')}`.as('id'),
            ref('agency').as('agency'),
            ref('hook_id').as('hook_id'),
            sql<string>`cast(${$('letter_id')} as text)`.as('letter_id'),
            sql<number>`cast(${$('number')} as bigint)`.as('number'),
            sql<'waiting'>`'waiting'`.as('state'),
            sql<number>`0`.as('attempts'),
            sql<number>`cast(${$('at')} as bigint)`.as('next_at'),
            sql<null>`cast(null as bigint)`.as('ended_at'),
            sql<string>`''`.as('last_failure'),
          ])
          .where('agency', '=', $('agency'))
          .where('removed_at', 'is', null),
      ),
  )
  const dueHooks = database.compileOnce<object>((db) =>
    db
      .selectFrom('notification')
      .select(['hook_id', ({ fn }) => fn.min('next_at').as('at')])
      .where('state', '=', sql.lit('waiting'))
      .groupBy('hook_id'),
  )
  const first = database.compileOnce<{ hook_id: string }>((db, $) =>
    db
      .selectFrom('notification')
      .innerJoin('letter', 'letter.letter_id', 'notification.letter_id')
      .innerJoin('notification_hook', 'notification_hook.hook_id', 'notification.hook_id')
      .leftJoin('notification_target', 'notification_target.hook_id', 'notification.hook_id')
      .selectAll('notification')
      .select([
        'letter.kind as letter_kind',
        'letter.document_number',
        'letter.received_at',
        'notification_hook.kind as hook_kind',
        'notification_target.address',
        'notification_target.secret',
      ])
      .where('notification.hook_id', '=', $('hook_id'))
      .where('notification.state', '=', sql.lit('waiting'))
      .orderBy('notification.next_at')
      .limit(1),
  )
  type Claim = { notification_id: string; attempts: number; next: number; until: number }
  const claim = database.compileOnce<Claim>((db, $) =>
    db
      .updateTable('notification')
      .set({ attempts: $('next'), next_at: $('until') })
      .where('notification_id', '=', $('notification_id'))
      .where('attempts', '=', $('attempts'))
      .where('state', '=', 'waiting'),
  )
  type Put = { notification_id: string; next_at: number; last_failure: string }
  const putOff = database.compileOnce<Put>((db, $) =>
    db
      .updateTable('notification')
      .set({ next_at: $('next_at'), last_failure: $('last_failure') })
      .where('notification_id', '=', $('notification_id'))
      .where('state', '=', 'waiting'),
  )
  type End = Pick<NotificationRow, 'notification_id' | 'state' | 'last_failure' | 'attempts'>
  const end = database.compileOnce<End & { ended_at: number }>((db, $) =>
    db
      .updateTable('notification')
      .set({
        ...{ state: $('state'), ended_at: $('ended_at'), attempts: $('attempts') },
        last_failure: $('last_failure'),
      })
      .where('notification_id', '=', $('notification_id')),
  )
  type Page = { agency: string; letter: string; number: number; id: string; limit: number }
  const page = (ofLetter: boolean) =>
    database.compileOnce<Page>((db, $) =>
      db
        .selectFrom('notification')
        .selectAll()
        .where('agency', '=', $('agency'))
        .$if(ofLetter, (query) => query.where('letter_id', '=', $('letter')))
        .where(({ eb, and, or }) =>
          or([
            eb('number', '<', $('number')),
            and([eb('number', '=', $('number')), eb('notification_id', '<', $('id'))]),
          ]),
        )
        .orderBy('number', 'desc')
        .orderBy('notification_id', 'desc')
        .limit($('limit')),
    )
  const [ofAll, ofLetter] = [page(false), page(true)]

  return {
    /** One row for each hook that the recipient has at this moment. */
    ofArrival: (agency: string, { letterId, number, receivedAt }: LetterArrived): Statement =>
      make({ agency, letter_id: letterId, number, at: receivedAt }),
    ofEnd: (notification_id: string, event: NotificationEnded): Statement =>
      end({
        ...{ notification_id, attempts: event.attempts, ended_at: event.endedAt },
        state: event.delivered ? 'delivered' : 'given-up',
        last_failure: event.failure ?? '',
      }),
    /** Hooks for which something waits, with the instant at which it is due. */
    async waitingHooks(): Promise<{ readonly hook_id: string; readonly at: number }[]> {
      return (await database.query(dueHooks({}))) as { hook_id: string; at: number }[]
    },
    /** The first that waits for a hook. */
    async firstOf(hook_id: string): Promise<DueNotification | undefined> {
      const [row] = (await database.query(first({ hook_id }))) as DueNotification[]
      if (row === undefined || row.secret === null) return row
      return { ...row, secret: await vault.openText(...placeOfSecret(hook_id), row.secret) }
    },
    /** Counts an attempt before it is made: nobody else makes it until `until`, whatever becomes of us. */
    claim: ({ notification_id, attempts }: NotificationRow, until: number): Statement =>
      claim({ notification_id, attempts, next: attempts + 1, until }),
    putOff: (notification_id: string, next_at: number, last_failure: string): Statement =>
      putOff({ notification_id, next_at, last_failure }),
    /** Newest first, those before a place. */
    async page(question: Omit<Page, 'letter'> & { letter?: string }): Promise<NotificationRow[]> {
      const { letter = '' } = question
      const find = letter === '' ? ofAll : ofLetter
      return (await database.query(find({ ...question, letter }))) as NotificationRow[]
    },
  }
}
