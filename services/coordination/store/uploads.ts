// Files that agencies upload before they name them in a draft: kept in pieces, whole only on the wire,
// thrown away after a day unless a release names them.
import { createHash } from 'node:crypto'
import type { Vault } from '../../../shared/confidentiality/confidentiality.js'
import type { Database, Statement } from '../../../shared/database/database.js'
import { Refusal } from '../../../shared/refusal/refusal.js'
import type { Schema } from './schema.js'
import { sealedFiles } from './sealed-files.js'
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
  /** Statements that keep a file for good: a release names it. */
  bind(file: { digest: string; uploader: string; release: string }): readonly Statement[]
  /** Destroys the files which this release names and no other does: their keys, and their rows. */
  destroyOf(release: string, at: number): Promise<void>
  /** Seals files that a version before sealing left in clear, at most `limit` rows; gives how many. */
  sealClear(limit: number): Promise<number>
  /** The pieces of a file, one at a time. */
  pieces(uploader: string, digest: string): AsyncIterable<Uint8Array>
  /** Throws away what expired; gives how many. */
  expire(now: number): Promise<number>
  nextExpiry(): Promise<number | undefined>
}

export function uploadsOf(database: Database<Schema>, vault: Vault): Uploads {
  const statements = uploadStatements(database)
  const files = sealedFiles(database, vault)
  const { declare, hold, complete, keepUntil, drop, dropChunks, moveChunks, find } = statements
  const run = (...list: readonly Statement[]) =>
    database.write((transaction) => transaction.run(list))
  return {
    async take(uploader, declared, pieces, now, session) {
      const { digest, name, size } = declared
      // Each upload has pieces of its own until they are whole: two of one file never mix or delete each other's.
      const own = { digest: `upload:${session}`, uploader }
      const { keep, columns } = files.name(own.digest, name)
      const row = { ...columns, size, expires_at: now + KEPT_MS }
      await run(...keep, declare({ ...own, ...row, complete: 0 }))
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
          await run(...files.putPiece(own.digest, own, ordinal++, piece))
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
          const owner = isKept ? ((known['owner'] as string | null) ?? own.digest) : own.digest
          const named = files.name(owner, name)
          await transaction.run([
            ...(isKept ? [] : [dropChunks(key), moveChunks({ ...own, to: digest })]),
            ...named.keep,
            complete({ ...key, ...named.columns, size }),
            keepUntil({ ...key, expires_at: row.expires_at }),
            ...[dropChunks(own), drop(own)],
            ...(owner === own.digest ? [] : [vault.forget(own.digest)]),
          ])
          return row.expires_at
        })
      } catch (error) {
        await database.write(async (transaction) => {
          await transaction.run([dropChunks(own), drop(own)])
          // Of a commit in doubt that was made after all, the file is whole, and its keys are in use.
          const [used] = await transaction.rows(statements.ownedBy({ owner: own.digest }))
          if (used === undefined) await transaction.run([vault.forget(own.digest)])
        })
        throw error
      }
    },
    async complete(uploader, digests, field = (index) => `attachments[${index}]`) {
      const found: FileFacts[] = []
      for (const [index, digest] of digests.entries()) {
        const file = await files.facts({ digest, uploader })
        if (file === undefined)
          throw new Refusal('malformed', 'ATTACHMENT_UNKNOWN', 'house/uploads', {
            field: field(index),
            digest,
          })
        found.push({ digest, ...file })
      }
      return found
    },
    bind: ({ release: release_id, ...key }) => [
      statements.bind(key),
      statements.use({ release_id, ...key }),
    ],
    destroyOf: files.destroyOf,
    sealClear: files.sealClear,
    async *pieces(uploader, digest) {
      for (let ordinal = 0; ; ordinal++) {
        const piece = await files.piece({ digest, uploader }, ordinal)
        if (piece === undefined) return
        yield piece
      }
    },
    async expire(now) {
      const old = await database.read
        .selectFrom('attachment')
        .select(['digest', 'uploader', 'owner'])
        .where('expires_at', 'is not', null)
        .where('expires_at', '<=', now)
        .limit(100)
        .execute()
      // Asked again in the statement: a release may have named it since it was found.
      for (const { owner, ...key } of old)
        await database.write(async (transaction) => {
          const over = [
            statements.expireChunks({ ...key, now }),
            statements.expire({ ...key, now }),
          ]
          const [, gone] = await transaction.run(over)
          if (gone !== 0 && owner !== null) await transaction.run([vault.forget(owner)])
        })
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
