// What is said (drafts, reasons, attachments), kept apart from what happened, by release and digest.
// Events hold only digests; the words can be destroyed and the record still stands.
import type { Database, Prepared } from '../database/database.js'
import type { DossierTables } from './tables.js'

export type ContentRow = {
  readonly release: string
  readonly digest: string
  readonly part: string
  readonly bytes: Uint8Array
}
export type PutContent = Prepared<ContentRow>

export type ContentStore = {
  /** A statement for a decision; the same content again changes nothing. */
  readonly put: PutContent
  /** Statements that destroy one content, or all of a release. */
  readonly remove: Prepared<{ release: string; digest: string }>
  readonly removeAll: Prepared<{ release: string }>
  get(release: string, digest: string): Promise<ContentRow | undefined>
}

export function contentStore<Schema>(database: Database<Schema>): ContentStore {
  const own = database as unknown as Database<DossierTables>
  const find = own.compileOnce<{ release: string; digest: string }>((db, $) =>
    db
      .selectFrom('content')
      .select(['release', 'digest', 'part', 'bytes'])
      .where('release', '=', $('release'))
      .where('digest', '=', $('digest')),
  )
  return {
    put: own.compileOnce<ContentRow>((db, $) =>
      db
        .insertInto('content')
        .values({
          release: $('release'),
          digest: $('digest'),
          part: $('part'),
          bytes: $('bytes'),
        })
        .onConflict((conflict) => conflict.doNothing()),
    ),
    remove: own.compileOnce<{ release: string; digest: string }>((db, $) =>
      db
        .deleteFrom('content')
        .where('release', '=', $('release'))
        .where('digest', '=', $('digest')),
    ),
    removeAll: own.compileOnce<{ release: string }>((db, $) =>
      db.deleteFrom('content').where('release', '=', $('release')),
    ),
    async get(release, digest) {
      const [row] = await own.query(find({ release, digest }))
      return row as ContentRow | undefined
    },
  }
}
