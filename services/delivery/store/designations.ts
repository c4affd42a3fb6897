// Where agencies receive letters, as the directory told: delivery's own copy.
import type { Id, Instant } from '../../../shared/identity/identity.js'
import type { Statement } from '../../../shared/database/database.js'
import type { Designation } from '../mailbox/mailbox.js'
import type { DeliveryDatabase, DeliveryTables } from './schema.js'

export type Designations = ReturnType<typeof designations>

export function designations(database: DeliveryDatabase) {
  type Row = DeliveryTables['agency_mailbox']
  const find = database.compileOnce<{ agency: string }>((db, $) =>
    db
      .selectFrom('agency_mailbox')
      .select(['address', 'designated_at'])
      .where('agency', '=', $('agency'))
      .where('held', '>', 0),
  )
  const hear = database.compileOnce<{ agency: string; heard: number }>((db, $) =>
    db
      .insertInto('agency_mailbox')
      .values({
        agency: $('agency'),
        heard: $('heard'),
        held: 0,
        address: null,
        designated_at: null,
      })
      .onConflict((conflict) =>
        conflict
          .column('agency')
          .doUpdateSet({ heard: $('heard') })
          .whereRef('agency_mailbox.heard', '<', 'excluded.heard'),
      ),
  )
  const behind = database.compileOnce<{ limit: number }>((db, $) =>
    db
      .selectFrom('agency_mailbox')
      .select('agency')
      .whereRef('held', '<', 'heard')
      .orderBy('agency')
      .limit($('limit')),
  )
  const hold = database.compileOnce<Omit<Row, 'heard'>>((db, $) =>
    db
      .updateTable('agency_mailbox')
      .set({ held: $('held'), address: $('address'), designated_at: $('designated_at') })
      .where('agency', '=', $('agency'))
      .where('held', '<', $('held')),
  )

  return {
    /** The designations of these agencies; one that is not known yet is not in the map. */
    async of(
      agencies: readonly Id<'agency'>[],
    ): Promise<ReadonlyMap<string, Designation | undefined>> {
      const answers = await database.queryEach(agencies.map((agency) => find({ agency })))
      const found = new Map<string, Designation | undefined>()
      agencies.forEach((agency, index) => {
        const row = answers[index]?.[0] as Pick<Row, 'address' | 'designated_at'> | undefined
        if (row) found.set(agency, designationOf(row))
      })
      return found
    },
    /** An agency was announced: its copy is behind until it is read again. */
    heard: (agency: string, version: number): Statement => hear({ agency, heard: version }),
    /** Agencies whose copy is behind what was announced. */
    async behind(limit: number): Promise<string[]> {
      return ((await database.query(behind({ limit }))) as { agency: string }[]).map(
        (r) => r.agency,
      )
    },
    /** The copy as of a version of the agency's record; an older one than is held changes nothing. */
    held: (agency: string, version: number, designation: Designation | undefined): Statement =>
      hold({
        agency,
        held: version,
        address: designation?.address ?? null,
        designated_at: designation?.designatedAt ?? null,
      }),
  }
}

function designationOf(row: {
  address: string | null
  designated_at: Instant | null
}): Designation | undefined {
  const { address, designated_at: designatedAt } = row
  return address === null || designatedAt === null ? undefined : { address, designatedAt }
}
