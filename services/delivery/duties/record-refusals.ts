// Refused calls go on record, a minute's worth at a time: an entry for each caller, call and reason,
// however many calls there were.
import type { Clock } from '../../../shared/clock/clock.js'
import type { Dossiers } from '../../../shared/dossier/dossier.js'
import type { Duty } from '../../../shared/duties/duties.js'
import { callerLine } from '../../../shared/identity/identity.js'
import type { RefusedReport } from '../../../shared/rpc/door.js'
import { tally, type CallsRefused } from '../attempts/attempts.js'

const STRETCH_MS = 60_000
const ENTRIES_MAX = 200 // a round: calls wait for one batch at most
const STREAM = 'calls'
const OURS = 'huiqian.delivery.v1.'

export type Refusals = {
  readonly duty: Duty
  /** Counts a refusal, if it was of a call of this service. */
  count(report: RefusedReport): void
  /** Records what is counted so far, however young: before a stop. */
  flush(): Promise<void>
}

export function recordRefusals(
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
      if (!method.startsWith(OURS)) return
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
