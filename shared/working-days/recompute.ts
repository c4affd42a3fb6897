// What a changed calendar does to periods that are still running: shown before it is applied. What an
// agency was told is never shortened (the notice of 22 March 2019 would have moved 2 May to 30 April).
import type { Instant } from '../identity/identity.js'
import type { Calendar } from './calendar.js'
import type { Counting } from './counting.js'
import { deadlineOf, type Deadline } from './deadline.js'

/** A running period, as it was told. */
export type RunningPeriod = {
  readonly id: string
  readonly receivedAt: Instant
  readonly n: number
  readonly counting: Counting
  /** The deadline that was told. */
  readonly told: Instant
}

export type Recomputed = {
  readonly id: string
  readonly told: Instant
  /** What the changed calendar gives. */
  readonly computed: Deadline
  /** The later of the two. */
  readonly kept: Instant
  /** `shorter`: the calendar would shorten it, and what was told is kept. */
  readonly change: 'same' | 'later' | 'shorter'
}

/** Each running period with its deadline by the changed calendar of its region. */
export function recompute(
  periods: readonly RunningPeriod[],
  calendarOf: (period: RunningPeriod) => Calendar,
): Recomputed[] {
  return periods.map((period) => {
    const { id, receivedAt, n, counting, told } = period
    const computed = deadlineOf(calendarOf(period), receivedAt, n, counting)
    const kept = Math.max(told, computed.deadline)
    const difference = computed.deadline - told
    const change = difference === 0 ? 'same' : difference > 0 ? 'later' : 'shorter'
    return { id, told, computed, kept, change }
  })
}
