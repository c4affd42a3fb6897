// Files that agencies upload before they name them in a draft: kept in pieces, whole only on the wire,
// thrown away after a day unless a release names them.
import { createHash } from 'node:crypto'
import type { Database, Prepared } from '../../../shared/database/database.js'
import { Refusal } from '../../../shared/refusal/refusal.js'
import type { Schema } from './schema.js'

export const UPLOAD_BYTES_MAX = 64 * 1024 * 1024
export const CHUNK_BYTES_MAX = 256 * 1024
export const KEPT_MS = 24 * 60 * 60 * 1000

export type FileFacts = { readonly digest: string; readonly name: string; readonly size: number }

export type Uploads = {
  /** Takes a file in pieces; the declared size and digest must come out. Gives when it expires. */
  take(
    uploader: string,
    declared: FileFacts,
    pieces: AsyncIterable<Uint8Array>,
    now: number,
  ): Promise<number>
  /** The files, if all are there; `field` names where each digest stood. */
  complete(
    uploader: string,
    digests: readonly string[],
    field?: (index: number) => string,
  ): Promise<FileFacts[]>
  /** Keeps a file for good: a release names it. */
  readonly bind: Prepared<{ digest: string; uploader: string }>
  /** The pieces of a file, one at a time. */
  pieces(uploader: string, digest: string): AsyncIterable<Uint8Array>
  /** Throws away what expired; gives how many. */
  expire(now: number): Promise<number>
  nextExpiry(): Promise<number | undefined>
}

export function uploadsOf(database: Database<Schema>): Uploads {
  const putChunk = database.compileOnce<Schema['attachment_chunk']>((db, $) =>
    db.insertInto('attachment_chunk').values({
      digest: $('digest'),
      uploader: $('uploader'),
      ordinal: $('ordinal'),
      bytes: $('bytes'),
    }),
  )
  const begin = database.compileOnce<Schema['attachment']>((db, $) =>
    db
      .insertInto('attachment')
      .values({
        digest: $('digest'),
        uploader: $('uploader'),
        name: $('name'),
        size: $('size'),
        complete: $('complete'),
        expires_at: $('expires_at'),
      })
      .onConflict((conflict) =>
        conflict
          .columns(['digest', 'uploader'])
          .doUpdateSet({ complete: $('complete'), expires_at: $('expires_at') }),
      ),
  )
  const dropChunks = database.compileOnce<{ digest: string; uploader: string }>((db, $) =>
    db
      .deleteFrom('attachment_chunk')
      .where('digest', '=', $('digest'))
      .where('uploader', '=', $('uploader')),
  )
  const drop = database.compileOnce<{ digest: string; uploader: string }>((db, $) =>
    db
      .deleteFrom('attachment')
      .where('digest', '=', $('digest'))
      .where('uploader', '=', $('uploader')),
  )
  const find = (uploader: string, digest: string) =>
    database.read
      .selectFrom('attachment')
      .selectAll()
      .where('digest', '=', digest)
      .where('uploader', '=', uploader)
      .executeTakeFirst()
  const run = (...statements: ReturnType<typeof drop>[]) =>
    database.write((transaction) => transaction.run(statements))
  return {
    async take(uploader, declared, pieces, now) {
      const { digest, size } = declared
      const expiresAt = now + KEPT_MS
      const key = { digest, uploader }
      const known = await find(uploader, digest)
      if (known?.complete === 1) {
        for await (const _piece of pieces) void _piece // the same bytes again: taken, not kept twice
        return known.expires_at ?? expiresAt
      }
      const row = { ...key, name: declared.name, size, expires_at: expiresAt }
      await run(dropChunks(key), begin({ ...row, complete: 0 }))
      const running = createHash('sha256')
      let had = 0
      let ordinal = 0
      for await (const piece of pieces) {
        had += piece.length
        if (had > size) {
          await run(dropChunks(key), drop(key))
          throw new Refusal('malformed', 'ATTACHMENT_TOO_LARGE', 'house/uploads', {
            field: 'chunk',
            limit: size,
          })
        }
        running.update(piece)
        await run(putChunk({ ...key, ordinal: ordinal++, bytes: piece }))
      }
      const found = running.digest('hex')
      if (had !== size || found !== digest) {
        await run(dropChunks(key), drop(key))
        throw new Refusal('malformed', 'DIGEST_MISMATCH', 'house/uploads', {
          field: had === size ? 'declaration.digest' : 'declaration.size',
          expected: had === size ? found : String(had),
          given: had === size ? digest : String(size),
        })
      }
      await run(begin({ ...row, complete: 1 }))
      return expiresAt
    },
    async complete(uploader, digests, field = (index) => `attachments[${index}]`) {
      const files: FileFacts[] = []
      for (const [index, digest] of digests.entries()) {
        const file = await find(uploader, digest)
        if (file?.complete !== 1)
          throw new Refusal('malformed', 'ATTACHMENT_UNKNOWN', 'house/uploads', {
            field: field(index),
            digest,
          })
        files.push({ digest, name: file.name, size: file.size })
      }
      return files
    },
    bind: database.compileOnce<{ digest: string; uploader: string }>((db, $) =>
      db
        .updateTable('attachment')
        .set({ expires_at: null })
        .where('digest', '=', $('digest'))
        .where('uploader', '=', $('uploader')),
    ),
    async *pieces(uploader, digest) {
      for (let ordinal = 0; ; ordinal++) {
        const row = await database.read
          .selectFrom('attachment_chunk')
          .select('bytes')
          .where('digest', '=', digest)
          .where('uploader', '=', uploader)
          .where('ordinal', '=', ordinal)
          .executeTakeFirst()
        if (row === undefined) return
        yield row.bytes
      }
    },
    async expire(now) {
      const old = await database.read
        .selectFrom('attachment')
        .select(['digest', 'uploader'])
        .where('expires_at', 'is not', null)
        .where('expires_at', '<=', now)
        .limit(100)
        .execute()
      for (const key of old) await run(dropChunks(key), drop(key))
      return old.length
    },
    async nextExpiry() {
      const row = await database.read
        .selectFrom('attachment')
        .select('expires_at')
        .where('expires_at', 'is not', null)
        .orderBy('expires_at')
        .limit(1)
        .executeTakeFirst()
      return row?.expires_at ?? undefined
    },
  }
}
