// The record's own questions and statements, compiled once.
import type { Database } from '../database/database.js'
import type { DossierTables } from './tables.js'

export type Statements = ReturnType<typeof statementsOf>

type Tables = DossierTables

/** The columns of an event in the order in which `insertEvent` takes them: the hottest row is bound by position. */
export const EVENT_COLUMNS = [
  'sequence',
  'chain',
  'stream',
  'version',
  'type',
  'body',
  'salt',
  'digest',
  'kind',
  'announcement',
  'recorded_at',
] as const satisfies readonly (keyof Tables['event'])[]

export function statementsOf(database: Database<Tables>) {
  const forUpdate = database.dialect === 'postgres' // SQLite's BEGIN IMMEDIATE is lock enough
  const feed = ['source', 'incarnation', 'last_sequence', 'last_chain'] as const
  const events = ['sequence', 'stream', 'version', 'body', 'salt', 'digest', 'recorded_at'] as const
  const { sql: insertEvent } = database.read
    .insertInto('event')
    .values(Object.fromEntries(EVENT_COLUMNS.map((name) => [name, null])) as never)
    .compile()
  return {
    beginFeed: database.compileOnce<Tables['feed']>((db, $) =>
      db
        .insertInto('feed')
        .values({
          id: 1,
          source: $('source'),
          incarnation: $('incarnation'),
          last_sequence: 0,
          last_chain: $('last_chain'),
        })
        .onConflict((conflict) => conflict.doNothing()),
    ),
    readFeed: database.compileOnce<object>((db) => db.selectFrom('feed').select(feed)),
    lockFeed: database.compileOnce<object>((db) =>
      db
        .selectFrom('feed')
        .select(feed)
        .$if(forUpdate, (query) => query.forUpdate()),
    ),
    moveFeed: database.compileOnce<{ last_sequence: number; last_chain: Uint8Array }>((db, $) =>
      db
        .updateTable('feed')
        .set({ last_sequence: $('last_sequence'), last_chain: $('last_chain') }),
    ),
    insertEvent,
    /** Which streams grew after a sequence number, and up to which version. */
    grownSince: database.compileOnce<{ after: number }>((db, $) =>
      db
        .selectFrom('event')
        .select(({ fn }) => ['stream', fn.max('version').as('version')])
        .where('sequence', '>', $('after'))
        .groupBy('stream'),
    ),
    eventsOfStream: database.compileOnce<{ stream: string; after: number; upTo: number }>((db, $) =>
      db
        .selectFrom('event')
        .select(events)
        .where('stream', '=', $('stream'))
        .where('version', '>', $('after'))
        .where('version', '<=', $('upTo'))
        .orderBy('version'),
    ),
    eventsOfAll: database.compileOnce<{ after: number; limit: number }>((db, $) =>
      db
        .selectFrom('event')
        .select([...events, 'announcement', 'chain'])
        .where('sequence', '>', $('after'))
        .orderBy('sequence')
        .limit($('limit')),
    ),
    announcements: database.compileOnce<{ after: number; limit: number }>((db, $) =>
      db
        .selectFrom('event')
        .select(['sequence', 'kind', 'announcement', 'chain'])
        .where('sequence', '>', $('after'))
        .orderBy('sequence')
        .limit($('limit')),
    ),
    findRequest: database.compileOnce<{ caller: string; requestId: string }>((db, $) =>
      db
        .selectFrom('request')
        .select(['fingerprint', 'stream', 'version'])
        .where('caller', '=', $('caller'))
        .where('request_id', '=', $('requestId')),
    ),
    keepRequest: database.compileOnce<Tables['request']>((db, $) =>
      db
        .insertInto('request')
        .values({
          caller: $('caller'),
          request_id: $('request_id'),
          fingerprint: $('fingerprint'),
          stream: $('stream'),
          version: $('version'),
        })
        .onConflict((conflict) => conflict.doNothing()),
    ),
    findSnapshot: database.compileOnce<{ stream: string; upTo: number }>((db, $) =>
      db
        .selectFrom('snapshot')
        .select(['version', 'body'])
        .where('stream', '=', $('stream'))
        .where('version', '<=', $('upTo')),
    ),
    keepSnapshot: database.compileOnce<Tables['snapshot']>((db, $) =>
      db
        .insertInto('snapshot')
        .values({ stream: $('stream'), version: $('version'), body: $('body') })
        .onConflict((conflict) =>
          conflict.column('stream').doUpdateSet({ version: $('version'), body: $('body') }),
        ),
    ),
  }
}
