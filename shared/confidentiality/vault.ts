// Sealing and opening, with keys of each owner's own. The data key lies beside the content, itself sealed by
// a key that is not in the database; destroyed, the content is noise, in every copy that was made of it.
import type { Database, Statement } from '../database/database.js'
import type { Instant, Mint } from '../identity/identity.js'
import { OperatorError } from '../process/operator-error.js'
import { dataKeyStatements, type DataKeyRow, type DataKeyTable } from './data-keys.js'
import { opened, sealed, suiteOf, type Place } from './envelope.js'
import type { KeyRing, RingKey } from './key-ring.js'
import { SECRET_BYTES, type Suite, type SuiteKey } from './suites.js'

const KEY_ID_BYTES = 16
/** Before a sealed text in a column of text. */
const TEXT = 'sealed:'
/** Data keys that are remembered: what is read or written again soon. */
const REMEMBERED_MAX = 4_096

export type Sealed = {
  /** Which data key of the owner's; null: in clear (a vault that is off). */
  readonly key_id: string | null
  readonly bytes: Uint8Array
  /** Keep the data key, in the commit of the sealed bytes. */
  readonly keep: readonly Statement[]
}

/** Sealed bytes as they were found, with the data key beside them. */
export type Found = {
  /** null: kept in clear by a version that did not seal. */
  readonly key_id: string | null
  readonly bytes: Uint8Array
  /** The sealed data key, by a left join on owner and key id; null: destroyed. */
  readonly wrapped: Uint8Array | null
  readonly ring_key: string | null
}

export type Vault = {
  /** Seals bytes of `owner` for a place; moved elsewhere they do not open. */
  seal(owner: string, place: Place, plain: Uint8Array): Sealed
  /** The plain bytes; undefined: the key was destroyed. Throws where they are not what was sealed there. */
  open(owner: string, place: Place, found: Found): Uint8Array | undefined
  /** A short text (a name, a secret) for a column of text, sealed, with what keeps its key. */
  sealText(owner: string, place: Place, text: string): { text: string; keep: readonly Statement[] }
  /** The text; one that was stored in clear comes back as it is. Throws where its key was destroyed. */
  openText(owner: string, place: Place, stored: string): Promise<string>
  /** A statement that destroys the keys of an owner: its content can never be read again, here or in a copy. */
  destroy(owner: string, at: Instant): Statement
  /** A statement that drops the keys of an owner that never was anybody's: an upload that expired. */
  forget(owner: string): Statement
  /** Looks whether the ring has another current key, and gives its id. */
  ringKey(): string
  /** Seals data keys anew with the ring's current key, at most `limit`; gives how many. */
  rewrap(limit: number): Promise<number>
}

/** Opens the vault of a service's database: handed in by the host, who knows the key ring. */
export type OpenVault = <Schema>(database: Database<Schema>) => Promise<Vault>

/** Sealed bytes do not open: changed, moved, or sealed with a key that is not there. Never answered with their words. */
export class SealBroken extends Error {
  constructor(why: string, owner: string) {
    super(`${why} (${owner})`)
    this.name = 'SealBroken'
  }
}

type DataKey = { readonly id: string; readonly key: SuiteKey; readonly row: DataKeyRow }

/** Opens the vault of a database; refuses where a key of the ring that is in use is missing. */
export async function openVault<Schema>(
  database: Database<Schema>,
  ring: KeyRing,
  mint: Mint,
): Promise<Vault> {
  const own = database as unknown as Database<DataKeyTable>
  const statements = dataKeyStatements(own)
  const current = remembering<DataKey>()
  const known = remembering<SuiteKey>()
  const inUse = async (): Promise<string[]> => {
    const found: string[] = []
    for (let after = ''; ;) {
      const [row] = await own.query(statements.ringKeyAfter({ after }))
      if (row === undefined) return found
      found.push((after = row['ring_key'] as string))
    }
  }
  const missing = (await inUse()).filter(
    (id) => ring.find(id, ring.current().key.suite) === undefined,
  )
  if (missing.length > 0)
    throw new OperatorError({
      zh: `内容密钥文件中缺少仍在使用的密钥：${missing.join('、')}。没有它们，已存的内容无法解读。请恢复该文件。`,
      en: `the file of content keys lacks keys that are in use: ${missing.join(', ')}. Without them what is stored cannot be read. Restore the file.`,
    })

  const wrap = (by: RingKey, owner: string, id: string, secret: Uint8Array): Buffer =>
    sealed(by.key, keyPlace(owner, id, by.id), mint.bytes(by.key.suite.nonceBytes), secret)
  const unwrap = (owner: string, id: string, ringKey: string, wrapped: Uint8Array): Buffer => {
    const suite = suiteOf(wrapped)
    let by = suite && ring.find(ringKey, suite)
    if (suite && by === undefined) {
      // Another instance turned the ring, and has sealed the data key anew: the file is read before anything is said.
      ring.refresh()
      by = ring.find(ringKey, suite)
    }
    if (by === undefined) throw new SealBroken(`the key ${ringKey} is not in the ring`, owner)
    const secret = opened(by.key, keyPlace(owner, id, ringKey), wrapped)
    if (secret === undefined) throw new SealBroken('a data key does not open', owner)
    return secret
  }
  const dataKeyOf = (owner: string): DataKey => {
    const by = ring.current()
    const before = current.get(owner)
    if (before?.row.ring_key === by.id && before.key.suite === by.key.suite) return before
    const id = Buffer.from(mint.bytes(KEY_ID_BYTES)).toString('hex')
    const secret = mint.bytes(SECRET_BYTES)
    const wrapped = wrap(by, owner, id, secret)
    const row = { owner, key_id: id, ring_key: by.id, wrapped, destroyed_at: null }
    const made = { id, key: by.key.suite.key(secret), row }
    current.set(owner, made)
    return made
  }

  // Kept, so that a house with another ring, or another key of that name, is refused above even before anything is said.
  const first = ring.current()
  const id = `ring ${first.id}`
  const wrapped = wrap(first, '', id, mint.bytes(SECRET_BYTES))
  const row = { owner: '', key_id: id, ring_key: first.id, wrapped }
  await own.write((transaction) => transaction.run([statements.keep(row)]))
  for (const { owner, key_id, ring_key, wrapped: kept } of (await own.query(
    statements.sealedBy({ ring_key: first.id, limit: 1 }),
  )) as DataKeyRow[])
    unwrap(owner, key_id, ring_key, kept!)

  const vault: Vault = {
    seal(owner, place, plain) {
      const { id, key, row } = dataKeyOf(owner)
      const nonce = mint.bytes(key.suite.nonceBytes)
      return {
        key_id: id,
        bytes: sealed(key, [...place, owner, id], nonce, plain),
        keep: [statements.keep(row)],
      }
    },
    sealText(owner, place, text) {
      const { key_id, bytes, keep } = vault.seal(owner, place, Buffer.from(text, 'utf8'))
      return { text: `${TEXT}${key_id}:${Buffer.from(bytes).toString('base64')}`, keep }
    },
    async openText(owner, place, stored) {
      if (!stored.startsWith(TEXT)) return stored
      const [key_id = '', base64 = ''] = stored.slice(TEXT.length).split(':')
      const bytes = Buffer.from(base64, 'base64')
      const remembered = known.get(nameOf(owner, key_id, suiteOf(bytes)))
      if (remembered !== undefined)
        return plainOf(remembered, owner, place, key_id, bytes).toString()
      const [row] = await own.query(statements.find({ owner, key_id }))
      const found = (row ?? { wrapped: null, ring_key: null }) as Pick<
        Found,
        'wrapped' | 'ring_key'
      >
      const plain = vault.open(owner, place, { ...found, key_id, bytes })
      if (plain === undefined) throw new SealBroken('the key of a text was destroyed', owner)
      return Buffer.from(plain).toString()
    },
    open(owner, place, { key_id, bytes, wrapped, ring_key }) {
      if (key_id === null) return bytes
      if (wrapped === null || ring_key === null) return undefined
      const suite = suiteOf(bytes)
      if (suite === undefined) throw new SealBroken('of no suite that is known', owner)
      const name = nameOf(owner, key_id, suite)
      let key = known.get(name)
      if (key === undefined) {
        key = suite.key(unwrap(owner, key_id, ring_key, wrapped))
        known.set(name, key)
      }
      return plainOf(key, owner, place, key_id, bytes)
    },
    destroy(owner, destroyed_at) {
      current.drop(owner) // what is said of it later, of a publication say, gets a key of its own
      return statements.destroy({ owner, destroyed_at })
    },
    forget: (owner) => statements.forget({ owner }),
    ringKey() {
      ring.refresh()
      return ring.current().id
    },
    async rewrap(limit) {
      const now = ring.current()
      for (const before of await inUse()) {
        if (before === now.id || before === '') continue
        const rows = await own.query(statements.sealedBy({ ring_key: before, limit }))
        const anew = rows.map((row) => {
          const { owner, key_id, wrapped } = row as DataKeyRow
          const secret = unwrap(owner, key_id, before, wrapped!)
          const again = wrap(now, owner, key_id, secret)
          return statements.rewrap({ owner, key_id, before, ring_key: now.id, wrapped: again })
        })
        if (anew.length === 0) continue
        await own.write((transaction) => transaction.run(anew))
        return anew.length
      }
      return 0
    },
  }
  return vault
}

/** A vault that keeps everything in clear: for a bench that measures what sealing costs, never for a house in use. */
export const clearVault: Vault = {
  seal: (_owner, _place, bytes) => ({ key_id: null, bytes, keep: [] }),
  open: (_owner, _place, { bytes }) => bytes,
  sealText: (_owner, _place, text) => ({ text, keep: [] }),
  openText: (_owner, _place, text) => Promise.resolve(text),
  destroy: () => ({ sql: 'select 1', parameters: [] }),
  forget: () => ({ sql: 'select 1', parameters: [] }),
  ringKey: () => '',
  rewrap: () => Promise.resolve(0),
}

const nameOf = (owner: string, keyId: string, suite: Suite | undefined): string =>
  `${owner}\n${keyId}\n${suite?.name}`

function plainOf(
  key: SuiteKey,
  owner: string,
  place: Place,
  keyId: string,
  bytes: Uint8Array,
): Buffer {
  const plain = opened(key, [...place, owner, keyId], bytes)
  if (plain === undefined) throw new SealBroken(`${place[0]} does not open`, owner)
  return plain
}

const keyPlace = (owner: string, id: string, ringKey: string): Place => [
  'data-key',
  owner,
  id,
  ringKey,
]

/** The last so many, oldest dropped first. */
function remembering<T>(): {
  get(name: string): T | undefined
  set(name: string, of: T): void
  drop(name: string): void
} {
  const held = new Map<string, T>()
  return {
    get: (name) => held.get(name),
    drop: (name) => void held.delete(name),
    set(name, of) {
      held.delete(name)
      held.set(name, of)
      if (held.size > REMEMBERED_MAX) held.delete(held.keys().next().value!)
    },
  }
}
