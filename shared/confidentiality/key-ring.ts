// The keys that seal data keys: outside the database, behind this port, so that a cryptographic module of
// the operator's can stand here. Whoever has the database alone reads nothing.
import type { SuiteKey } from './suites.js'

/** A key that encrypts keys. */
export type RingKey = { readonly id: string; readonly key: SuiteKey }

export type KeyRing = {
  /** The one that new data keys are sealed with. */
  current(): RingKey
  /** An earlier one, or the current one, for the suite that sealed with it; undefined: it is not there. */
  find(id: string, suite: SuiteKey['suite']): RingKey | undefined
  /** Looks again whether a key was added. */
  refresh(): void
}
