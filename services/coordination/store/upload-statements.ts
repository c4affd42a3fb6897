// The statements of uploads, compiled once.
import { sql } from 'kysely'
import type { Database } from '../../../shared/database/database.js'
import type { Schema } from './schema.js'

type Attachment = Schema['attachment']
type Key = Pick<Attachment, 'digest' | 'uploader'>
type Facts = Key & { readonly name: string; readonly size: number }

export function uploadStatements(database: Database<Schema>) {
  const row = (
    db: typeof database.read,
    $: <K extends keyof Attachment>(name: K) => Attachment[K],
  ) =>
    db.insertInto('attachment').values({
      digest: $('digest'),
      uploader: $('uploader'),
      name: $('name'),
      size: $('size'),
      complete: $('complete'),
      expires_at: $('expires_at'),
    })
  return {
    putChunk: database.compileOnce<Schema['attachment_chunk']>((db, $) =>
      db.insertInto('attachment_chunk').values({
        digest: $('digest'),
        uploader: $('uploader'),
        ordinal: $('ordinal'),
        bytes: $('bytes'),
      }),
    ),
    declare: database.compileOnce<Attachment>((db, $) => row(db, $)),
    /** Makes the row of a file or holds the one that is there, for the transaction. */
    hold: database.compileOnce<Attachment>((db, $) =>
      row(db, $).onConflict((conflict) =>
        conflict.columns(['digest', 'uploader']).doUpdateSet({ name: $('name') }),
      ),
    ),
    find: database.compileOnce<Key>((db, $) =>
      db
        .selectFrom('attachment')
        .select('complete')
        .where('digest', '=', $('digest'))
        .where('uploader', '=', $('uploader')),
    ),
    complete: database.compileOnce<Facts>((db, $) =>
      db
        .updateTable('attachment')
        .set({ name: $('name'), size: $('size'), complete: sql.lit(1) })
        .where('digest', '=', $('digest'))
        .where('uploader', '=', $('uploader')),
    ),
    /** A file that a release names is kept for good. */
    keepUntil: database.compileOnce<Key & { expires_at: number }>((db, $) =>
      db
        .updateTable('attachment')
        .set({ expires_at: $('expires_at') })
        .where('digest', '=', $('digest'))
        .where('uploader', '=', $('uploader'))
        .where('expires_at', 'is not', null),
    ),
    bind: database.compileOnce<Key>((db, $) =>
      db
        .updateTable('attachment')
        .set({ expires_at: null })
        .where('digest', '=', $('digest'))
        .where('uploader', '=', $('uploader')),
    ),
    moveChunks: database.compileOnce<Key & { to: string }>((db, $) =>
      db
        .updateTable('attachment_chunk')
        .set({ digest: $('to') })
        .where('digest', '=', $('digest'))
        .where('uploader', '=', $('uploader')),
    ),
    dropChunks: database.compileOnce<Key>((db, $) =>
      db
        .deleteFrom('attachment_chunk')
        .where('digest', '=', $('digest'))
        .where('uploader', '=', $('uploader')),
    ),
    drop: database.compileOnce<Key>((db, $) =>
      db
        .deleteFrom('attachment')
        .where('digest', '=', $('digest'))
        .where('uploader', '=', $('uploader')),
    ),
    expireChunks: database.compileOnce<Key & { now: number }>((db, $) =>
      db
        .deleteFrom('attachment_chunk')
        .where('digest', '=', $('digest'))
        .where('uploader', '=', $('uploader'))
        .where((at) =>
          at.exists(
            at
              .selectFrom('attachment')
              .select('attachment.digest')
              .where('attachment.digest', '=', $('digest'))
              .where('attachment.uploader', '=', $('uploader'))
              .where('attachment.expires_at', '<=', $('now')),
          ),
        ),
    ),
    expire: database.compileOnce<Key & { now: number }>((db, $) =>
      db
        .deleteFrom('attachment')
        .where('digest', '=', $('digest'))
        .where('uploader', '=', $('uploader'))
        .where('expires_at', '<=', $('now')),
    ),
  }
}
