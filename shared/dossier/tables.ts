// The tables of the record, the same in every service; the service's own come after them.
import { sql, type Kysely } from 'kysely'
import { dataKeyMigration, type DataKeyTable } from '../confidentiality/confidentiality.js'
import { bytes, int8, type Dialect, type Migration } from '../database/database.js'

export type DossierTables = DataKeyTable & {
  event: {
    sequence: number
    stream: string
    version: number
    type: string
    body: Uint8Array
    salt: Uint8Array
    digest: Uint8Array
    kind: string
    announcement: Uint8Array
    chain: Uint8Array
    recorded_at: number
  }
  feed: {
    id: number
    source: string
    incarnation: string
    last_sequence: number
    last_chain: Uint8Array
  }
  request: {
    caller: string
    request_id: string
    fingerprint: string
    stream: string
    version: number
  }
  snapshot: { stream: string; version: number; body: Uint8Array }
  content: {
    release: string
    digest: string
    part: string
    /** Sealed with the data key named; where none is, in clear, by a version before sealing. */
    bytes: Uint8Array
    key_id: string | null
  }
  cursor: { source: string; incarnation: string; sequence: number; chain: Uint8Array }
  dead_letter: { source: string; sequence: number; error: string; at: number }
  clock_mark: { id: string; wall: number }
  relay_mark: { target: string; sequence: number }
}

async function record(db: Kysely<unknown>, dialect: Dialect): Promise<void> {
  await db.schema
    .createTable('event')
    .addColumn('sequence', int8(db), (column) => column.primaryKey()) // gapless: from the feed's row, under its lock
    .addColumn('stream', 'text', (column) => column.notNull())
    .addColumn('version', 'integer', (column) => column.notNull())
    .addColumn('type', 'text', (column) => column.notNull())
    .addColumn('body', bytes(db), (column) => column.notNull()) // canonical form; salt and digest beside it
    .addColumn('salt', bytes(db), (column) => column.notNull())
    .addColumn('digest', bytes(db), (column) => column.notNull())
    .addColumn('kind', 'text', (column) => column.notNull())
    .addColumn('announcement', bytes(db), (column) => column.notNull())
    .addColumn('chain', bytes(db), (column) => column.notNull())
    .addColumn('recorded_at', int8(db), (column) => column.notNull())
    .addUniqueConstraint('event_stream_version', ['stream', 'version']) // two writers: one is overtaken
    .execute()
  await db.schema
    .createTable('feed')
    .addColumn('id', 'integer', (column) => column.primaryKey().check(sql`id = 1`))
    .addColumn('source', 'text', (column) => column.notNull())
    .addColumn('incarnation', 'text', (column) => column.notNull())
    .addColumn('last_sequence', int8(db), (column) => column.notNull())
    .addColumn('last_chain', bytes(db), (column) => column.notNull())
    .execute()
  await db.schema
    .createTable('request')
    .addColumn('caller', 'text', (column) => column.notNull())
    .addColumn('request_id', 'text', (column) => column.notNull())
    .addColumn('fingerprint', 'text', (column) => column.notNull())
    .addColumn('stream', 'text', (column) => column.notNull())
    .addColumn('version', 'integer', (column) => column.notNull())
    .addPrimaryKeyConstraint('request_key', ['caller', 'request_id'])
    .$call((table) => (dialect === 'sqlite' ? table.modifyEnd(sql`without rowid`) : table))
    .execute()
  await db.schema
    .createTable('snapshot')
    .addColumn('stream', 'text', (column) => column.primaryKey())
    .addColumn('version', 'integer', (column) => column.notNull())
    .addColumn('body', bytes(db), (column) => column.notNull())
    .execute()
}

// What is said, apart from the facts: it can be encrypted and destroyed, they cannot.
async function content(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('content')
    .addColumn('release', 'text', (column) => column.notNull())
    .addColumn('digest', 'text', (column) => column.notNull())
    .addColumn('part', 'text', (column) => column.notNull())
    .addColumn('bytes', bytes(db), (column) => column.notNull())
    .addPrimaryKeyConstraint('content_key', ['release', 'digest'])
    .execute()
}

async function sealedContent(db: Kysely<unknown>): Promise<void> {
  await db.schema.alterTable('content').addColumn('key_id', 'text').execute()
  await db.schema
    .createIndex('content_in_clear')
    .on('content')
    .column('release')
    .where(sql<boolean>`key_id is null`)
    .execute()
}

// How far this service has heard, told and lived.
async function marks(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('cursor')
    .addColumn('source', 'text', (column) => column.primaryKey())
    .addColumn('incarnation', 'text', (column) => column.notNull())
    .addColumn('sequence', int8(db), (column) => column.notNull())
    .addColumn('chain', bytes(db), (column) => column.notNull())
    .execute()
  await db.schema
    .createTable('dead_letter')
    .addColumn('source', 'text', (column) => column.notNull())
    .addColumn('sequence', int8(db), (column) => column.notNull())
    .addColumn('error', 'text', (column) => column.notNull())
    .addColumn('at', int8(db), (column) => column.notNull())
    .addPrimaryKeyConstraint('dead_letter_key', ['source', 'sequence'])
    .execute()
  await db.schema
    .createTable('clock_mark')
    .addColumn('id', 'text', (column) => column.primaryKey())
    .addColumn('wall', int8(db), (column) => column.notNull())
    .execute()
  await db.schema
    .createTable('relay_mark')
    .addColumn('target', 'text', (column) => column.primaryKey())
    .addColumn('sequence', int8(db), (column) => column.notNull())
    .execute()
}

/** The steps of the record's own tables. The service's steps follow them. */
export const dossierMigrations: readonly Migration[] = [
  { name: 'dossier-0001-record', up: record },
  { name: 'dossier-0002-content', up: content },
  { name: 'dossier-0003-marks', up: marks },
  { name: 'dossier-0004-sealed-content', up: sealedContent },
  dataKeyMigration,
]
