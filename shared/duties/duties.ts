// What must happen unasked. A duty looks at the record for what is due; it remembers nothing.
import type { Instant } from '../identity/identity.js'

export type Duty = {
  /** A verb phrase: `deem-consents`. */
  readonly name: string
  /** The next instant at which something may be due; undefined: nothing in sight. Asked after each round and after `nudge`. */
  nextAt(): Promise<Instant | undefined>
  /** Does what is due, one batch; gives how much it did (it is run again at once while that is above 0). */
  round(): Promise<number>
}

/** The rounds of a service's duties: armed for the next due instant, one round at a time each, stopped in bounded time. */
export type Duties = {
  start(): void
  /** Something was recorded that may make a duty due earlier. */
  nudge(): void
  /** Runs every duty until none has anything due at the clock's present instant. */
  settle(): Promise<number>
  /** For health and metrics: last success, consecutive failures and the last error's name of each duty. */
  report(): readonly {
    readonly name: string
    readonly failures: number
    readonly lastError?: string
  }[]
  stop(): Promise<void>
}
