// The record of the service's own clock: doubts, their confirmation by a person, and the stretches
// in which it could not take replies. Pure; one dossier, `clock:house`.
import type { Instant } from '../../../shared/identity/identity.js'
import type { Downtime } from '../consultation/silence.js'
import type { ClockDoubt } from './clock-watch.js'

export type HouseClock = {
  readonly doubts: readonly ClockDoubt[]
  /** Oldest first; those that ended long ago are left out of the state, not of the record. */
  readonly downtimes: readonly Downtime[]
}

export type HouseClockEvent =
  | {
      readonly type: 'ClockDoubted'
      readonly cause: ClockDoubt
      readonly at: Instant
      /** By how much the wall differs, milliseconds. */
      readonly drift: number
    }
  | {
      readonly type: 'ClockConfirmed'
      readonly by: string
      readonly at: Instant
      readonly reasonDigest: string
      readonly cleared: readonly ClockDoubt[]
    }
  | {
      readonly type: 'DowntimeRecorded'
      readonly from: Instant
      readonly to: Instant
      /** Absent in records made before causes were told apart: the process was down. */
      readonly cause?: DowntimeCause
      /** Who put it on record, where a person did, and what it was (in the content store). */
      readonly by?: string
      readonly noteDigest?: string
    }

/**
 * - process-down: nothing ran · storage: it ran and the storage did not answer
 * - stalled: it ran and did nothing for so long (frozen, starved) · clock-jumped: the wall passed over it
 *   (a machine that slept looks like this), and nobody can show that a reply could have been taken
 * - recorded: a person put on record what the service could not see, for the way to it was cut
 */
export type DowntimeCause = 'process-down' | 'storage' | 'stalled' | 'clock-jumped' | 'recorded'

const KEPT_DOWNTIMES = 1_000

export const noHouseClock: HouseClock = { doubts: [], downtimes: [] }

export function evolveHouseClock(state: HouseClock, event: HouseClockEvent): HouseClock {
  switch (event.type) {
    case 'ClockDoubted':
      return state.doubts.includes(event.cause)
        ? state
        : { ...state, doubts: [...state.doubts, event.cause] }
    case 'ClockConfirmed':
      return { ...state, doubts: state.doubts.filter((doubt) => !event.cleared.includes(doubt)) }
    case 'DowntimeRecorded': {
      const { from, to, cause } = event
      const downtime = { from, to, ...(cause === 'recorded' ? { recorded: true as const } : {}) }
      return { ...state, downtimes: [...state.downtimes, downtime].slice(-KEPT_DOWNTIMES) }
    }
  }
}
