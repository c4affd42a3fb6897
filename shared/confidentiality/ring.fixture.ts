// A key ring in memory, for tests of what is sealed: turned by hand.
import { seededMint } from '../identity/seeded-mint.js'
import type { KeyRing } from './key-ring.js'
import { SECRET_BYTES, SUITES, type SuiteName } from './suites.js'
import { openVault, type OpenVault } from './vault.js'

export type RingInHand = KeyRing & {
  /** Adds a key and makes it the current one. */
  turn(suite?: SuiteName): string
  drop(id: string): void
}

export function ringInHand(seed = 'ring', first: SuiteName = 'aes-256-gcm'): RingInHand {
  const mint = seededMint(seed)
  const secrets = new Map<string, Uint8Array>()
  let current = { id: '', suite: first }
  const ring: RingInHand = {
    current: () => ring.find(current.id, SUITES[current.suite])!,
    find(id, suite) {
      const secret = secrets.get(id)
      return secret && { id, key: suite.key(secret) }
    },
    refresh: () => undefined,
    turn(suite = current.suite) {
      const id = `k-${secrets.size + 1}`
      secrets.set(id, mint.bytes(SECRET_BYTES))
      current = { id, suite }
      return id
    },
    drop: (id) => void secrets.delete(id),
  }
  ring.turn()
  return ring
}

/** What a host hands to a service: a vault over a ring of the test's own. */
export const vaultInHand =
  (seed: string): OpenVault =>
  (database) =>
    openVault(database, ringInHand(seed), seededMint(`vault of ${seed}`))
