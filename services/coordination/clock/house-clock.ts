// The record of what the house says of itself: doubts about its clock, their confirmation, the stretches in which it
// could not take replies, the policy packs that it follows. Pure; one dossier, `clock:house`.
import type { Instant } from '../../../shared/identity/identity.js'
import type { Downtime } from '../consultation/silence.js'
import type { ClockDoubt } from './clock-watch.js'

/** What one operator may not do alone. */
export type ByTwo = 'confirm-clock' | 'record-outage' | 'adopt-pack'

/** What one operator wants done, in words known by their digest: a second one does it in the same words. */
export type Proposal = {
  readonly act: ByTwo
  readonly digest: string
  readonly by: string
}

export type HouseClock = {
  readonly proposals: readonly Proposal[]
  /** Digests of the configured policy packs that two operators have adopted. */
  readonly adopted: readonly string[]
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
      /** Who proposed it in the same words; absent in records of before 2026-11-26. */
      readonly proposedBy?: string
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
      /** Who proposed it in the same words, and what the proposal was known by. */
      readonly proposal?: Proposal
    }
  | {
      readonly type: 'PackAdopted'
      /** `<id>@<version>`, and the digest of its words. */
      readonly pack: string
      readonly digest: string
      readonly by: string
      readonly proposedBy: string
      readonly at: Instant
    }
  | ({ readonly type: 'ActProposed'; readonly at: Instant } & Proposal)

/**
 * - process-down: nothing ran · storage: it ran and the storage did not answer
 * - stalled: it ran and did nothing for so long (frozen, starved) · clock-jumped: the wall passed over it
 *   (a machine that slept looks like this), and nobody can show that a reply could have been taken
 * - recorded: a person put on record what the service could not see, for the way to it was cut
 */
export type DowntimeCause = 'process-down' | 'storage' | 'stalled' | 'clock-jumped' | 'recorded'

const KEPT_DOWNTIMES = 1_000

const KEPT_PROPOSALS = 20

export const noHouseClock: HouseClock = {
  ...{ proposals: [], adopted: [], doubts: [], downtimes: [] },
}

/** Who else than `by` has proposed this very act: absent, and it is for a second operator to do it. */
export const proposedByAnother = (
  { proposals }: HouseClock,
  { act, digest, by }: Proposal,
): Proposal | undefined =>
  proposals.find((one) => one.act === act && one.digest === digest && one.by !== by)

/** The event of a proposal; none where the same operator has made it already. */
export const proposing = (
  { proposals }: HouseClock,
  proposal: Proposal,
  at: Instant,
): readonly HouseClockEvent[] =>
  proposals.some((one) => isSame(one, proposal)) ? [] : [{ type: 'ActProposed', at, ...proposal }]

const isSame = (one: Proposal, other: Proposal): boolean =>
  one.act === other.act && one.digest === other.digest && one.by === other.by

/** Proposals without those that an event settles, or that were made before what they are about. */
const without = (
  { proposals }: HouseClock,
  settled: (one: Proposal) => boolean,
): readonly Proposal[] => proposals.filter((one) => !settled(one))

export function evolveHouseClock(state: HouseClock, event: HouseClockEvent): HouseClock {
  switch (event.type) {
    case 'ClockDoubted':
      return state.doubts.includes(event.cause)
        ? state
        : {
            ...state,
            doubts: [...state.doubts, event.cause],
            // Whoever proposed to confirm the clock has not looked since.
            proposals: without(state, ({ act }) => act === 'confirm-clock'),
          }
    case 'ClockConfirmed':
      return {
        ...state,
        doubts: state.doubts.filter((doubt) => !event.cleared.includes(doubt)),
        proposals: without(state, ({ act }) => act === 'confirm-clock'),
      }
    case 'ActProposed': {
      const { act, digest, by } = event
      const proposals = [...state.proposals, { act, digest, by }]
      return { ...state, proposals: proposals.slice(-KEPT_PROPOSALS) }
    }
    case 'PackAdopted':
      return {
        ...state,
        adopted: [...state.adopted, event.digest],
        proposals: without(
          state,
          ({ act, digest }) => act === 'adopt-pack' && digest === event.digest,
        ),
      }
    case 'DowntimeRecorded': {
      const { from, to, cause, proposal } = event
      const downtime = { from, to, ...(cause === 'recorded' ? { recorded: true as const } : {}) }
      return {
        ...state,
        downtimes: [...state.downtimes, downtime].slice(-KEPT_DOWNTIMES),
        proposals: without(
          state,
          ({ act, digest }) => act === 'record-outage' && digest === proposal?.digest,
        ),
      }
    }
  }
}
