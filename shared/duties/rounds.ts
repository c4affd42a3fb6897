// The rounds of one duty.
import type { Instant } from '../identity/identity.js'
import type { DutiesOptions, Duty, DutyReport } from './duties.js'

const RETRY_MS = 100
const RETRY_MS_MAX = 30_000
const HELD_MS = 1_000 // a round that does nothing although something is due: asked again, not spun
const NUDGES_APART_MS = 20
const ROUNDS_MAX = 100_000

export type Rounds = {
  start(): void
  nudge(): void
  settle(): Promise<number>
  report(): DutyReport
  /** Ends after the round that is at work, or when `late` says that it took too long. */
  stop(late: Promise<'late'>): Promise<void>
}

export function roundsOf(duty: Duty, { clock, onError }: DutiesOptions): Rounds {
  let working: Promise<unknown> | undefined
  let started = false
  let stopped = false
  let disarm = (): void => undefined
  let timer: NodeJS.Timeout | undefined // a retry, or a nudge that waits for others
  let nudged = false
  let failures = 0
  let lastError: string | undefined
  let lastSuccess: Instant | undefined
  let everDone = 0
  let toldDone = 0 // what `settle` has told of

  /** One at a time: whoever comes while another is at work waits for it. */
  const alone = async <T>(work: () => Promise<T>): Promise<T> => {
    while (working !== undefined) await working.catch(() => undefined) // its own caller was told
    const mine = work()
    working = mine
    try {
      return await mine
    } finally {
      working = undefined
    }
  }

  /** Does what is due now, round after round. */
  const doWhatIsDue = async (): Promise<number> => {
    let total = 0
    for (let round = 0; round < ROUNDS_MAX && !stopped; round++) {
      const at = await duty.nextAt()
      if (at === undefined || at > clock.now()) return succeeded(total)
      const done = await duty.round()
      if (done === 0) return succeeded(total)
      total += done
      everDone += done
      await new Promise((resolve) => setImmediate(resolve)) // replies wait for one batch at most
    }
    if (stopped) return total
    throw new Error(`${duty.name} did something in each of ${ROUNDS_MAX} rounds and is not done`)
  }

  const succeeded = (total: number): number => {
    failures = 0
    lastError = undefined
    lastSuccess = clock.now()
    return total
  }

  const failed = (error: unknown): void => {
    failures += 1
    lastError = error instanceof Error ? error.name : typeof error
    onError(duty.name, error)
    later(Math.min(RETRY_MS * 2 ** (failures - 1), RETRY_MS_MAX))
  }

  const later = (milliseconds: number): void => {
    if (stopped || !started) return
    clearTimeout(timer)
    timer = setTimeout(() => {
      timer = undefined
      wake()
    }, milliseconds).unref()
  }

  const arm = async (): Promise<void> => {
    const at = await duty.nextAt()
    disarm()
    if (at === undefined || stopped) return
    if (at > clock.now()) disarm = clock.wakeAt(at, wake)
    else later(HELD_MS)
  }

  const wake = (): void => {
    if (stopped) return
    nudged = false
    disarm()
    alone(workAndArm).then(lookAgainIfNudged, failed)
  }

  const workAndArm = async (): Promise<number> => {
    const done = await doWhatIsDue()
    if (started) await arm()
    return done
  }

  const lookAgainIfNudged = (): void => {
    if (nudged) later(NUDGES_APART_MS) // something was recorded while it was at work
  }

  return {
    start() {
      started = true
      wake()
    },
    nudge() {
      if (!started || stopped || nudged) return
      nudged = true
      if (working === undefined && failures === 0) later(NUDGES_APART_MS)
    },
    async settle() {
      if (stopped) return 0
      try {
        await alone(workAndArm)
        lookAgainIfNudged()
        // With what a wake did meanwhile: it, too, may have made another duty's due.
        const done = everDone - toldDone
        toldDone = everDone
        return done
      } catch (error) {
        failed(error)
        throw error
      }
    },
    report: () => ({
      name: duty.name,
      failures,
      ...(lastError !== undefined && { lastError }),
      ...(lastSuccess !== undefined && { lastSuccess }),
    }),
    async stop(late) {
      stopped = true
      disarm()
      clearTimeout(timer)
      const ended = await Promise.race([working?.catch(() => undefined), late])
      if (ended === 'late') onError(duty.name, new Error('its round did not end in time'))
    },
  }
}
