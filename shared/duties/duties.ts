// What must happen unasked. A duty looks at the record for what is due; it remembers nothing. Its
// rounds are armed for the next due instant, run one at a time, again at once while they do something,
// and later after a failure.
import type { Clock } from '../clock/clock.js'
import type { Instant } from '../identity/identity.js'
import { roundsOf } from './rounds.js'

const STOP_MS = 10_000

export type Duty = {
  /** A verb phrase: `deem-consents`. */
  readonly name: string
  /** The next instant at which something may be due; undefined: nothing in sight. Asked before each round and after `nudge`. */
  nextAt(): Promise<Instant | undefined>
  /** Does what is due, one batch; gives how much it did (it is run again at once while that is above 0). */
  round(): Promise<number>
}

export type DutyReport = {
  readonly name: string
  /** Consecutive failures. */
  readonly failures: number
  readonly lastError?: string
  /** When it last found or left nothing due. */
  readonly lastSuccess?: Instant
}

/** The rounds of a service's duties: armed for the next due instant, one round at a time each, stopped in bounded time. */
export type Duties = {
  start(): void
  /** Something was recorded that may make a duty due earlier. */
  nudge(): void
  /** Runs every duty until none has anything due at the clock's present instant. Rejects with the first failure. */
  settle(): Promise<number>
  /** For health and metrics. */
  report(): readonly DutyReport[]
  stop(): Promise<void>
}

export type DutiesOptions = {
  readonly clock: Clock
  /** Told of each failure, with the duty's name; it is tried again. */
  readonly onError: (duty: string, error: unknown) => void
  /** How long `stop` waits for rounds that are at work. */
  readonly stopMs?: number
}

/** The rounds of a service. Nothing runs before `start` or `settle`. */
export function duties(list: readonly Duty[], options: DutiesOptions): Duties {
  const names = new Set(list.map(({ name }) => name))
  if (names.size !== list.length) throw new Error('two duties of the same name')
  const all = list.map((duty) => roundsOf(duty, options))
  return {
    start: () => all.forEach((one) => one.start()),
    nudge: () => all.forEach((one) => one.nudge()),
    async settle() {
      let total = 0
      for (;;) {
        let done = 0
        for (const one of all) done += await one.settle()
        if (done === 0) return total
        total += done // what one did may have made another's due
      }
    },
    report: () => all.map((one) => one.report()),
    async stop() {
      let timer: NodeJS.Timeout | undefined
      const late = new Promise<'late'>((resolve) => {
        timer = setTimeout(() => resolve('late'), options.stopMs ?? STOP_MS)
      })
      await Promise.all(all.map((one) => one.stop(late)))
      clearTimeout(timer)
    },
  }
}
