// What is said (drafts, reasons, attachments), kept apart from what happened, by release and digest, and
// sealed. Events hold only digests; the words can be destroyed and the record still stands.
import type { Vault } from '../confidentiality/confidentiality.js'
import type { Database, Prepared, Statement } from '../database/database.js'
import type { Instant } from '../identity/identity.js'
import type { DossierTables } from './tables.js'

export type ContentRow = {
  readonly release: string
  readonly digest: string
  readonly part: string
  readonly bytes: Uint8Array
}

export type ContentStore = {
  /** Statements for a decision; the same content again changes nothing. */
  put(row: ContentRow): readonly Statement[]
  /** A statement that drops one content. */
  readonly remove: Prepared<{ release: string; digest: string }>
  /** Statements that destroy all that a release said: its keys, so that no copy can be read, and what they sealed. */
  destroy(release: string, at: Instant): readonly Statement[]
  /** The plain content; undefined: none, or destroyed. */
  get(release: string, digest: string): Promise<ContentRow | undefined>
  /** Seals content that a version before sealing left in clear, at most `limit`; gives how many. */
  sealClear(limit: number): Promise<number>
}

export function contentStore<Schema>(database: Database<Schema>, vault: Vault): ContentStore {
  const own = database as unknown as Database<DossierTables>
  const find = own.compileOnce<{ release: string; digest: string }>((db, $) =>
    db
      .selectFrom('content')
      .leftJoin('data_key', (join) =>
        join
          .onRef('data_key.owner', '=', 'content.release')
          .onRef('data_key.key_id', '=', 'content.key_id'),
      )
      .select(['content.part', 'content.bytes', 'content.key_id'])
      .select(['data_key.wrapped', 'data_key.ring_key'])
      .where('release', '=', $('release'))
      .where('digest', '=', $('digest')),
  )
  const insert = own.compileOnce<DossierTables['content']>((db, $) =>
    db
      .insertInto('content')
      .values({
        release: $('release'),
        digest: $('digest'),
        part: $('part'),
        bytes: $('bytes'),
        key_id: $('key_id'),
      })
      .onConflict((conflict) => conflict.doNothing()),
  )
  const inClear = own.compileOnce<{ limit: number }>((db, $) =>
    db
      .selectFrom('content')
      .select(['release', 'digest', 'part', 'bytes'])
      .where('key_id', 'is', null)
      .limit($('limit')),
  )
  const replace = own.compileOnce<Omit<DossierTables['content'], 'part'>>((db, $) =>
    db
      .updateTable('content')
      .set({ bytes: $('bytes'), key_id: $('key_id') })
      .where('release', '=', $('release'))
      .where('digest', '=', $('digest'))
      .where('key_id', 'is', null),
  )
  const removeAll = own.compileOnce<{ release: string }>((db, $) =>
    db.deleteFrom('content').where('release', '=', $('release')),
  )
  const seal = ({ release, digest, part, bytes }: ContentRow) =>
    vault.seal(release, ['content', part, digest], bytes)
  return {
    put(row) {
      const { key_id, bytes, keep } = seal(row)
      return [...keep, insert({ ...row, bytes, key_id })]
    },
    remove: own.compileOnce<{ release: string; digest: string }>((db, $) =>
      db
        .deleteFrom('content')
        .where('release', '=', $('release'))
        .where('digest', '=', $('digest')),
    ),
    destroy: (release, at) => [vault.destroy(release, at), removeAll({ release })],
    async get(release, digest) {
      const [row] = await own.query(find({ release, digest }))
      if (row === undefined) return undefined
      const found = row as Parameters<Vault['open']>[2] & { readonly part: string }
      const bytes = vault.open(release, ['content', found.part, digest], found)
      return bytes && { release, digest, part: found.part, bytes }
    },
    async sealClear(limit) {
      const rows = (await own.query(inClear({ limit }))) as ContentRow[]
      const statements = rows.flatMap((row) => {
        const { key_id, bytes, keep } = seal(row)
        const { release, digest } = row
        return [...keep, replace({ release, digest, bytes, key_id })]
      })
      if (rows.length > 0) await own.write((transaction) => transaction.run(statements))
      return rows.length
    },
  }
}
