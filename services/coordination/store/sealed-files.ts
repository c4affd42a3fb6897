// Uploaded files as they lie in the database: name and pieces sealed, each in its place.
import type { Found, Vault } from '../../../shared/confidentiality/confidentiality.js'
import type { Database, Statement } from '../../../shared/database/database.js'
import type { Schema } from './schema.js'
import { uploadStatements } from './upload-statements.js'

type Key = { readonly digest: string; readonly uploader: string }
type FileRow = Omit<Found, 'bytes'> & {
  readonly name: string
  readonly size: number
  readonly complete: number
  readonly owner: string | null
}

export type SealedFiles = ReturnType<typeof sealedFiles>

export function sealedFiles(database: Database<Schema>, vault: Vault) {
  const statements = uploadStatements(database)
  const namePlace = ['attachment-name']
  const piecePlace = (ordinal: number) => ['attachment', String(ordinal)]
  const nameFor = (owner: string, name: string) => {
    const { key_id, bytes, keep } = vault.seal(owner, namePlace, Buffer.from(name, 'utf8'))
    const text = key_id === null ? name : Buffer.from(bytes).toString('base64')
    return { columns: { name: text, name_key: key_id, owner }, keep }
  }
  return {
    /** A name for its row, sealed with a key of `owner`, and what keeps that key. */
    name: nameFor,
    /** Statements that keep one piece. */
    putPiece(owner: string, key: Key, ordinal: number, plain: Uint8Array): readonly Statement[] {
      const { key_id, bytes, keep } = vault.seal(owner, piecePlace(ordinal), plain)
      return [...keep, statements.putChunk({ ...key, ordinal, bytes, owner, key_id })]
    },
    /** A whole file's name and size; undefined: none, not whole, or destroyed. */
    async facts(key: Key): Promise<{ name: string; size: number } | undefined> {
      const [found] = await database.query(statements.file(key))
      const row = found as FileRow | undefined
      if (row?.complete !== 1) return undefined
      if (row.key_id === null) return { name: row.name, size: row.size }
      const bytes = Buffer.from(row.name, 'base64')
      const name = vault.open(row.owner ?? '', namePlace, { ...row, bytes })
      return name && { name: Buffer.from(name).toString('utf8'), size: row.size }
    },
    /** One piece; undefined: there is none, or it was destroyed. */
    async piece(key: Key, ordinal: number): Promise<Uint8Array | undefined> {
      const [row] = await database.query(statements.piece({ ...key, ordinal }))
      if (row === undefined) return undefined
      const found = row as unknown as Found & { readonly owner: string | null }
      return vault.open(found.owner ?? '', piecePlace(ordinal), found)
    },
    /** Seals what a version before sealing left in clear, at most `limit` rows; gives how many. */
    async sealClear(limit: number): Promise<number> {
      const pieces = (await database.query(
        statements.piecesInClear({ limit }),
      )) as Schema['attachment_chunk'][]
      const names = (await database.query(
        statements.namesInClear({ limit }),
      )) as Schema['attachment'][]
      const ownerOf = ({ digest, uploader }: Key) => `file:${uploader}:${digest}`
      const all = [
        ...pieces.flatMap(({ digest, uploader, ordinal, bytes }) => {
          const owner = ownerOf({ digest, uploader })
          const sealed = vault.seal(owner, piecePlace(ordinal), bytes)
          const row = { digest, uploader, ordinal, owner, ...sealed }
          return [...sealed.keep, statements.sealPiece(row)]
        }),
        ...names.flatMap(({ digest, uploader, name, owner }) => {
          const sealed = nameFor(owner ?? ownerOf({ digest, uploader }), name)
          return [...sealed.keep, statements.sealName({ digest, uploader, ...sealed.columns })]
        }),
      ]
      if (all.length > 0) await database.write((transaction) => transaction.run(all))
      return pieces.length + names.length
    },
    /** Destroys the files which this release names and no other does: their keys, and their rows. */
    destroyOf: (release_id: string, at: number): Promise<void> =>
      database.write(async (transaction) => {
        await transaction.run([statements.holdFilesOf({ release_id })])
        const rows = await transaction.rows(statements.filesOfOnly({ release_id }))
        const gone = rows.flatMap((row) => {
          const { digest, uploader, owner } = row as Key & { readonly owner: string | null }
          const key = { digest, uploader }
          return [
            ...(owner === null ? [] : [vault.destroy(owner, at)]),
            ...[statements.dropChunks(key), statements.drop(key)],
          ]
        })
        await transaction.run([...gone, statements.dropUses({ release_id })])
      }),
  }
}
