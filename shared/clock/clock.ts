// The one place where a process asks what time it is. Instants are integers of UTC milliseconds.
import type { Instant } from '../identity/identity.js'

/** A clock: the wall's instant, and a monotonic reading in milliseconds that nothing steps. */
export type Clock = {
  now(): Instant
  monotonic(): number
  /**
   * The milliseconds that this process has lived through, whatever a hand turns: the patience with what
   * is real in every story (brokers, feeds). The system's clock gives its monotonic reading.
   */
  lived(): number
  /**
   * Calls `wake` when the wall reaches `at` (or soon after). A clock turned by hand calls it when it
   * is turned there. Returns how to call it off. A wake-up is a hint: what is due is found on record.
   */
  wakeAt(at: Instant, wake: () => void): () => void
  /** A stretch that this clock passes at one turn of a hand was lived by nobody: it shows no outage. */
  readonly turnedByHand?: boolean
}
