// Letters that wait for a mailbox: for whom something can be delivered now, and when next.
import { sql } from 'kysely'
import type { Instant } from '../../../shared/identity/identity.js'
import type { DeliveryDatabase, LetterRow } from './schema.js'

export type Waiting = ReturnType<typeof waiting>

export function waiting(database: DeliveryDatabase) {
  // `lit`: the index of waiting letters is partial, and a bound value does not find it.
  const earliest = database.compileOnce<object>((db) =>
    db
      .selectFrom('letter')
      .innerJoin('agency_mailbox', 'agency_mailbox.agency', 'letter.recipient')
      .select(({ fn }) => fn.min('agency_mailbox.designated_at').as('at'))
      .where('letter.state', '=', sql.lit('undelivered')),
  )
  const deliverable = database.compileOnce<{ now: Instant; limit: number }>((db, $) =>
    db
      .selectFrom('letter')
      .innerJoin('agency_mailbox', 'agency_mailbox.agency', 'letter.recipient')
      .select('agency_mailbox.agency')
      .distinct()
      .where('letter.state', '=', sql.lit('undelivered'))
      .where('agency_mailbox.designated_at', '<=', $('now'))
      .orderBy('agency_mailbox.agency')
      .limit($('limit')),
  )
  const lettersFor = database.compileOnce<{ recipient: string; limit: number }>((db, $) =>
    db
      .selectFrom('letter')
      .selectAll()
      .where('recipient', '=', $('recipient'))
      .where('state', '=', sql.lit('undelivered'))
      .orderBy('mailbox_version') // in the order in which they were posted
      .limit($('limit')),
  )
  return {
    /** The earliest instant of a designation for which letters wait; undefined: none in sight. */
    async earliest(): Promise<Instant | undefined> {
      const [row] = (await database.query(earliest({}))) as { at: Instant | null }[]
      return row?.at ?? undefined
    },
    /** Agencies that can receive now and for whom letters wait. */
    async deliverable(now: Instant, limit: number): Promise<string[]> {
      const rows = await database.query(deliverable({ now, limit }))
      return (rows as { agency: string }[]).map(({ agency }) => agency)
    },
    async lettersFor(recipient: string, limit: number): Promise<LetterRow[]> {
      return (await database.query(lettersFor({ recipient, limit }))) as LetterRow[]
    },
  }
}
