// Files that agencies upload before they name them in a draft: kept in pieces, whole only on the wire,
// thrown away after a day unless a release names them.
import { createHash } from 'node:crypto'
import type { Database, Prepared, Statement } from '../../../shared/database/database.js'
import { Refusal } from '../../../shared/refusal/refusal.js'
import type { Schema } from './schema.js'
import { uploadStatements } from './upload-statements.js'

export const UPLOAD_BYTES_MAX = 64 * 1024 * 1024
export const CHUNK_BYTES_MAX = 256 * 1024
export const KEPT_MS = 24 * 60 * 60 * 1000

export type FileFacts = { readonly digest: string; readonly name: string; readonly size: number }

export type Uploads = {
  /**
   * Takes a file in pieces; the declared size and digest must come out, whether or not it is known already. The
   * newest whole upload's name stands for drafts to come. `session` is this upload's own id. Gives when it expires.
   */
  take(
    uploader: string,
    declared: FileFacts,
    pieces: AsyncIterable<Uint8Array>,
    now: number,
    session: string,
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
  const statements = uploadStatements(database)
  const { putChunk, declare, hold, complete, keepUntil, drop, dropChunks, moveChunks, find } =
    statements
  const run = (...list: readonly Statement[]) =>
    database.write((transaction) => transaction.run(list))
  return {
    async take(uploader, declared, pieces, now, session) {
      const { digest, name, size } = declared
      // Each upload has pieces of its own until they are whole: two of one file never mix or delete each other's.
      const own = { digest: `upload:${session}`, uploader }
      const row = { name, size, expires_at: now + KEPT_MS }
      await run(declare({ ...own, ...row, complete: 0 }))
      try {
        const running = createHash('sha256')
        let had = 0
        let ordinal = 0
        for await (const piece of pieces) {
          had += piece.length
          if (had > size)
            throw new Refusal('malformed', 'ATTACHMENT_TOO_LARGE', 'house/uploads', {
              field: 'chunk',
              limit: size,
            })
          running.update(piece)
          await run(putChunk({ ...own, ordinal: ordinal++, bytes: piece }))
        }
        const found = running.digest('hex')
        if (had !== size || found !== digest)
          throw new Refusal('malformed', 'DIGEST_MISMATCH', 'house/uploads', {
            field: had === size ? 'declaration.digest' : 'declaration.size',
            expected: had === size ? found : String(had),
            given: had === size ? digest : String(size),
          })
        const key = { digest, uploader }
        return await database.write(async (transaction) => {
          // The row is held first: of two that become whole at once, the second finds the first's pieces.
          await transaction.run([hold({ ...key, ...row, complete: 0 })])
          const [known] = await transaction.rows(find(key))
          const isKept = known?.['complete'] === 1
          await transaction.run([
            ...(isKept ? [] : [dropChunks(key), moveChunks({ ...own, to: digest })]),
            complete({ ...key, name, size }),
            keepUntil({ ...key, expires_at: row.expires_at }),
            ...[dropChunks(own), drop(own)],
          ])
          return row.expires_at
        })
      } catch (error) {
        await run(dropChunks(own), drop(own))
        throw error
      }
    },
    async complete(uploader, digests, field = (index) => `attachments[${index}]`) {
      const files: FileFacts[] = []
      for (const [index, digest] of digests.entries()) {
        const file = await database.read
          .selectFrom('attachment')
          .select(['name', 'size', 'complete'])
          .where('digest', '=', digest)
          .where('uploader', '=', uploader)
          .executeTakeFirst()
        if (file?.complete !== 1)
          throw new Refusal('malformed', 'ATTACHMENT_UNKNOWN', 'house/uploads', {
            field: field(index),
            digest,
          })
        files.push({ digest, name: file.name, size: file.size })
      }
      return files
    },
    bind: statements.bind,
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
      // Asked again in the statement: a release may have named it since it was found.
      for (const key of old)
        await run(statements.expireChunks({ ...key, now }), statements.expire({ ...key, now }))
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
