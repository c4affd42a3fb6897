// The statements of uploads, compiled once.
import { sql } from 'kysely'
import type { Database } from '../../../shared/database/database.js'
import type { Schema } from './schema.js'

type Attachment = Schema['attachment']
type Key = Pick<Attachment, 'digest' | 'uploader'>
type Facts = Key & Pick<Attachment, 'name' | 'name_key' | 'owner' | 'size'>

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
      owner: $('owner'),
      name_key: $('name_key'),
    })
  return {
    putChunk: database.compileOnce<Schema['attachment_chunk']>((db, $) =>
      db.insertInto('attachment_chunk').values({
        digest: $('digest'),
        uploader: $('uploader'),
        ordinal: $('ordinal'),
        bytes: $('bytes'),
        owner: $('owner'),
        key_id: $('key_id'),
      }),
    ),
    declare: database.compileOnce<Attachment>((db, $) => row(db, $)),
    /** Makes the row of a file or holds the one that is there, for the transaction. */
    hold: database.compileOnce<Attachment>((db, $) =>
      row(db, $).onConflict((conflict) =>
        conflict.columns(['digest', 'uploader']).doUpdateSet({ size: $('size') }),
      ),
    ),
    find: database.compileOnce<Key>((db, $) =>
      db
        .selectFrom('attachment')
        .select(['complete', 'owner'])
        .where('digest', '=', $('digest'))
        .where('uploader', '=', $('uploader')),
    ),
    complete: database.compileOnce<Facts>((db, $) =>
      db
        .updateTable('attachment')
        .set({
          name: $('name'),
          name_key: $('name_key'),
          owner: $('owner'),
          size: $('size'),
          complete: sql.lit(1),
        })
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
    /** That a release names it. */
    use: database.compileOnce<Schema['attachment_use']>((db, $) =>
      db
        .insertInto('attachment_use')
        .values({
          release_id: $('release_id'),
          digest: $('digest'),
          uploader: $('uploader'),
        })
        .onConflict((conflict) => conflict.doNothing()),
    ),
    /** A file with the sealed key of its name. */
    file: database.compileOnce<Key>((db, $) =>
      db
        .selectFrom('attachment')
        .leftJoin('data_key', (join) =>
          join
            .onRef('data_key.owner', '=', 'attachment.owner')
            .onRef('data_key.key_id', '=', 'attachment.name_key'),
        )
        .select(['name', 'size', 'complete', 'attachment.owner', 'name_key as key_id'])
        .select(['data_key.wrapped', 'data_key.ring_key'])
        .where('digest', '=', $('digest'))
        .where('uploader', '=', $('uploader')),
    ),
    ownedBy: database.compileOnce<{ owner: string }>((db, $) =>
      db.selectFrom('attachment').select('digest').where('owner', '=', $('owner')).limit(1),
    ),
    /** One piece with its sealed key. */
    piece: database.compileOnce<Key & { ordinal: number }>((db, $) =>
      db
        .selectFrom('attachment_chunk as chunk')
        .leftJoin('data_key', (join) =>
          join
            .onRef('data_key.owner', '=', 'chunk.owner')
            .onRef('data_key.key_id', '=', 'chunk.key_id'),
        )
        .select(['chunk.bytes', 'chunk.owner', 'chunk.key_id'])
        .select(['data_key.wrapped', 'data_key.ring_key'])
        .where('chunk.digest', '=', $('digest'))
        .where('chunk.uploader', '=', $('uploader'))
        .where('chunk.ordinal', '=', $('ordinal')),
    ),
    piecesInClear: database.compileOnce<{ limit: number }>((db, $) =>
      db
        .selectFrom('attachment_chunk')
        .select(['digest', 'uploader', 'ordinal', 'bytes'])
        .where('key_id', 'is', null)
        .limit($('limit')),
    ),
    sealPiece: database.compileOnce<Schema['attachment_chunk']>((db, $) =>
      db
        .updateTable('attachment_chunk')
        .set({ bytes: $('bytes'), owner: $('owner'), key_id: $('key_id') })
        .where('digest', '=', $('digest'))
        .where('uploader', '=', $('uploader'))
        .where('ordinal', '=', $('ordinal'))
        .where('key_id', 'is', null),
    ),
    namesInClear: database.compileOnce<{ limit: number }>((db, $) =>
      db
        .selectFrom('attachment')
        .select(['digest', 'uploader', 'name', 'owner'])
        .where('name_key', 'is', null)
        .limit($('limit')),
    ),
    sealName: database.compileOnce<Key & Pick<Attachment, 'name' | 'name_key' | 'owner'>>((db, $) =>
      db
        .updateTable('attachment')
        .set({ name: $('name'), name_key: $('name_key'), owner: $('owner') })
        .where('digest', '=', $('digest'))
        .where('uploader', '=', $('uploader'))
        .where('name_key', 'is', null),
    ),
    /** Holds the files that this release names: whoever names one at the same time is waited for, or waits. */
    holdFilesOf: database.compileOnce<{ release_id: string }>((db, $) =>
      db
        .updateTable('attachment')
        .set(({ ref }) => ({ size: ref('size') }))
        .where((at) =>
          at.exists(
            at
              .selectFrom('attachment_use')
              .select('attachment_use.release_id')
              .where('attachment_use.release_id', '=', $('release_id'))
              .whereRef('attachment_use.digest', '=', 'attachment.digest')
              .whereRef('attachment_use.uploader', '=', 'attachment.uploader'),
          ),
        ),
    ),
    dropUses: database.compileOnce<{ release_id: string }>((db, $) =>
      db.deleteFrom('attachment_use').where('release_id', '=', $('release_id')),
    ),
    /** The files that this release names and no other does. */
    filesOfOnly: database.compileOnce<{ release_id: string }>((db, $) =>
      db
        .selectFrom('attachment_use as mine')
        .innerJoin('attachment', (join) =>
          join
            .onRef('attachment.digest', '=', 'mine.digest')
            .onRef('attachment.uploader', '=', 'mine.uploader'),
        )
        .select(['attachment.owner', 'attachment.digest', 'attachment.uploader'])
        .where('mine.release_id', '=', $('release_id'))
        .where((at) =>
          at.not(
            at.exists(
              at
                .selectFrom('attachment_use as other')
                .select('other.release_id')
                .whereRef('other.digest', '=', 'mine.digest')
                .whereRef('other.uploader', '=', 'mine.uploader')
                .whereRef('other.release_id', '!=', 'mine.release_id'),
            ),
          ),
        ),
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
