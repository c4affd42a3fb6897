// Keys with which agencies sign their acts, as heard of the directory: in the own database and in memory.
import { int8, type Database, type Migration, type Statement } from '../database/database.js'
import type { Instant } from '../identity/identity.js'

export type SigningKey = {
  readonly keyId: string
  readonly agency: string
  readonly suite: string
  readonly publicKey: string
  readonly required: boolean
  readonly registeredAt: Instant
  readonly retiredAt: Instant | undefined
}

export type SigningKeyTable = {
  signing_key: {
    key_id: string
    agency: string
    suite: string
    public_key: string
    required: number
    registered_at: number
    retired_at: number | null
  }
}

/** What the directory tells: whole where a key was registered, its id and when, where it was retired. */
export type SigningKeyTold = {
  readonly keyId: string
  readonly agency: string
  readonly suite: string
  readonly publicKey: string
  readonly required: boolean
  readonly registeredAt: number
  readonly retiredAt: number
}

export type SigningKeys = {
  find(keyId: string): SigningKey | undefined
  /** Whether an agency's acts must be signed now. */
  required(agency: string): boolean
  /** Statements that keep what was told; known in memory at once: a key is public, and the commit only keeps it. */
  heard(told: SigningKeyTold): readonly Statement[]
  refresh(): Promise<void>
}

export const signingKeyMigration: Migration = {
  name: 'copies-0001-signing-keys',
  async up(db) {
    await db.schema
      .createTable('signing_key')
      .addColumn('key_id', 'text', (column) => column.primaryKey())
      .addColumn('agency', 'text', (column) => column.notNull())
      .addColumn('suite', 'text', (column) => column.notNull())
      .addColumn('public_key', 'text', (column) => column.notNull())
      .addColumn('required', 'integer', (column) => column.notNull())
      .addColumn('registered_at', int8(db), (column) => column.notNull())
      .addColumn('retired_at', int8(db))
      .execute()
  },
}

export async function openSigningKeys<Schema extends SigningKeyTable>(
  database: Database<Schema>,
): Promise<SigningKeys> {
  const own = database as unknown as Database<SigningKeyTable>
  const known = new Map<string, SigningKey>()
  /** Of an agency, by id: what is asked with each act. */
  const ofAgency = new Map<string, Map<string, SigningKey>>()
  const learn = (key: SigningKey): void => {
    known.set(key.keyId, key)
    const its = ofAgency.get(key.agency) ?? new Map<string, SigningKey>()
    ofAgency.set(key.agency, its.set(key.keyId, key))
  }
  const put = own.compileOnce<SigningKeyTable['signing_key']>((db, $) =>
    db
      .insertInto('signing_key')
      .values({
        key_id: $('key_id'),
        agency: $('agency'),
        suite: $('suite'),
        public_key: $('public_key'),
        required: $('required'),
        registered_at: $('registered_at'),
        retired_at: $('retired_at'),
      })
      .onConflict((conflict) => conflict.doNothing()),
  )
  const retire = own.compileOnce<{ key_id: string; retired_at: number }>((db, $) =>
    db
      .updateTable('signing_key')
      .set({ retired_at: $('retired_at') })
      .where('key_id', '=', $('key_id')),
  )
  const refresh = async (): Promise<void> => {
    for (const row of await own.read.selectFrom('signing_key').selectAll().execute())
      learn({
        ...{ keyId: row.key_id, agency: row.agency, suite: row.suite, publicKey: row.public_key },
        ...{ required: row.required === 1, registeredAt: row.registered_at },
        retiredAt: row.retired_at ?? undefined,
      })
  }
  await refresh()
  return {
    refresh,
    find: (keyId) => known.get(keyId),
    required(agency) {
      for (const key of ofAgency.get(agency)?.values() ?? [])
        if (key.required && key.retiredAt === undefined) return true
      return false
    },
    heard({ keyId, agency, suite, publicKey, required, registeredAt, retiredAt }) {
      const before = known.get(keyId)
      if (retiredAt !== 0) {
        if (before) learn({ ...before, retiredAt })
        return [retire({ key_id: keyId, retired_at: retiredAt })]
      }
      const key = { keyId, agency, suite, publicKey, required, registeredAt }
      learn({ ...key, retiredAt: before?.retiredAt })
      return [
        put({
          ...{ key_id: keyId, agency, suite, public_key: publicKey, required: required ? 1 : 0 },
          ...{ registered_at: registeredAt, retired_at: null },
        }),
      ]
    },
  }
}
