// Refused calls go on record, a minute's worth at a time: an entry for each caller, call and reason,
// however many calls there were.
import type { Clock } from '../clock/clock.js'
import type { Dossiers } from '../dossier/dossier.js'
import type { Duty } from './duties.js'
import { callerLine } from '../identity/identity.js'
import type { RefusedReport } from '../rpc/door.js'
import { tally, type CallsRefused } from './attempts.js'

const STRETCH_MS = 60_000
const ENTRIES_MAX = 200 // a round: calls wait for one batch at most
const STREAM = 'calls'

export type Refusals = {
  readonly duty: Duty
  /** Counts a refusal, if it was of a call of this service. */
  count(report: RefusedReport): void
  /** Records what is counted so far, however young: before a stop. */
  flush(): Promise<void>
}

/** `ours` is the package whose calls are counted: `huiqian.delivery.v1.`. */
export function recordRefusals(
  ours: string,
  attempts: Dossiers<object, CallsRefused>,
  clock: Clock,
  /** Told of the first of a stretch: the duty is due a stretch later. */
  onFirst: () => void,
): Refusals {
  const counted = tally()
  const record = async (): Promise<number> => {
    const events = counted.take(ENTRIES_MAX)
    if (events.length === 0) return 0
    await attempts.change(STREAM, { now: clock.now() }, () => events)
    return events.length
  }
  return {
    count({ caller, method, reason, at }) {
      if (!method.startsWith(ours)) return
      const first = counted.since() === undefined
      counted.count({ caller: caller ? callerLine(caller) : '', method, reason, at })
      if (first) onFirst()
    },
    duty: {
      name: 'record-refusals',
      nextAt: () => {
        const since = counted.since()
        return Promise.resolve(since === undefined ? undefined : since + STRETCH_MS)
      },
      round: record,
    },
    async flush() {
      while ((await record()) > 0);
    },
  }
}
