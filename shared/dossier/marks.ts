// How far this service has heard, told and lived: statements that go into the commit of what they mark.
import type { Database, Prepared, Statement } from '../database/database.js'
import type { DossierTables } from './tables.js'

type Cursor = DossierTables['cursor']
type Move = Cursor & { readonly from: number }

export type Marks = {
  /** How far a source's feed was heard. */
  cursor(source: string): Promise<Cursor | undefined>
  readonly beginCursor: Prepared<Cursor>
  /** Moves it on from where it was; where it is not there any more, the change is decided again. */
  readonly moveCursor: Prepared<Move>
  /** An announcement that could not be acted on is put aside, with the class of its error. */
  readonly putAside: Prepared<DossierTables['dead_letter']>
  asides(source: string): Promise<DossierTables['dead_letter'][]>
  /** The newest instant that was ever seen. */
  clockMark(id: string): Promise<number | undefined>
  /** Moves it on; it never goes back by itself. */
  readonly moveClockMark: Prepared<DossierTables['clock_mark']>
  /** Puts it where a person has confirmed the clock to be, back too: a mark in a future that never was would hide a downtime. */
  readonly putClockMark: Prepared<DossierTables['clock_mark']>
  /** How far the own feed was told to the bus. */
  relayMark(target: string): Promise<number | undefined>
  readonly moveRelayMark: Prepared<DossierTables['relay_mark']>
}

export function marksOf<Schema>(database: Database<Schema>): Marks {
  const own = database as unknown as Database<DossierTables>
  const must = (statement: Statement): Statement => ({ ...statement, mustChange: true })
  const begin = own.compileOnce<Cursor>((db, $) =>
    db
      .insertInto('cursor')
      .values({
        source: $('source'),
        incarnation: $('incarnation'),
        sequence: $('sequence'),
        chain: $('chain'),
      })
      .onConflict((conflict) => conflict.doNothing()),
  )
  const move = own.compileOnce<Move>((db, $) =>
    db
      .updateTable('cursor')
      .set({ sequence: $('sequence'), chain: $('chain') })
      .where('source', '=', $('source'))
      .where('incarnation', '=', $('incarnation'))
      .where('sequence', '=', $('from')),
  )
  return {
    beginCursor: (values) => must(begin(values)),
    moveCursor: (values) => must(move(values)),
    putAside: own.compileOnce<DossierTables['dead_letter']>((db, $) =>
      db
        .insertInto('dead_letter')
        .values({
          source: $('source'),
          sequence: $('sequence'),
          error: $('error'),
          at: $('at'),
        })
        .onConflict((conflict) => conflict.doNothing()),
    ),
    moveClockMark: own.compileOnce<DossierTables['clock_mark']>((db, $) =>
      db
        .insertInto('clock_mark')
        .values({ id: $('id'), wall: $('wall') })
        .onConflict((conflict) =>
          conflict
            .column('id')
            .doUpdateSet({ wall: $('wall') })
            .where('clock_mark.wall', '<', $('wall')),
        ),
    ),
    putClockMark: own.compileOnce<DossierTables['clock_mark']>((db, $) =>
      db
        .insertInto('clock_mark')
        .values({ id: $('id'), wall: $('wall') })
        .onConflict((conflict) => conflict.column('id').doUpdateSet({ wall: $('wall') })),
    ),
    moveRelayMark: own.compileOnce<DossierTables['relay_mark']>((db, $) =>
      db
        .insertInto('relay_mark')
        .values({ target: $('target'), sequence: $('sequence') })
        .onConflict((conflict) =>
          conflict
            .column('target')
            .doUpdateSet({ sequence: $('sequence') })
            .where('relay_mark.sequence', '<', $('sequence')),
        ),
    ),
    cursor: (source) =>
      own.read.selectFrom('cursor').selectAll().where('source', '=', source).executeTakeFirst(),
    asides: (source) =>
      own.read
        .selectFrom('dead_letter')
        .selectAll()
        .where('source', '=', source)
        .orderBy('sequence')
        .execute(),
    async clockMark(id) {
      const query = own.read.selectFrom('clock_mark').select('wall').where('id', '=', id)
      return (await query.executeTakeFirst())?.wall
    },
    async relayMark(target) {
      const query = own.read
        .selectFrom('relay_mark')
        .select('sequence')
        .where('target', '=', target)
      return (await query.executeTakeFirst())?.sequence
    },
  }
}
