// A letter served on paper, as the record keeps it (协调 art. 6 para 2): its receipt is a fact that the
// releasing agency records with evidence, that the consulted agency may contest, and that the competent
// authority decides on where it is in doubt. Pure.
import type { Id, Instant } from '../../../shared/identity/identity.js'
import { laterOf, type DeadlineRecord } from '../consultation/deadline.js'
import type { Consultation } from '../consultation/consultation.js'

/**
 * - taken: the clock runs from the receipt · late_on_record: recorded later than the pack allows: no clock until it is confirmed
 * - contested by the consulted agency: no clock until it is confirmed
 * - confirmed by the competent authority: the clock runs · rejected by it: there was no such receipt
 */
export type PaperStatus = 'taken' | 'late_on_record' | 'contested' | 'confirmed' | 'rejected'

/** A file that somebody uploaded and bound to the release. */
export type Evidence = { readonly digest: string; readonly uploader: Id<'agency'> }

export type PaperService = {
  readonly status: PaperStatus
  readonly receivedAt: Instant
  readonly recordedAt: Instant
  readonly evidence: Evidence
  /** Who signed for it, in the content store. */
  readonly signedByDigest: string
  /** Why it is contested, confirmed or rejected, in the content store. */
  readonly reasonDigest?: string
  /** Since when it waits for the competent authority; absent: it does not. */
  readonly waitsSince?: Instant
  readonly decidedBy?: Id<'agency'>
  /** How the consultation stood without this receipt. */
  readonly before: 'issued' | 'undelivered'
  /** The latest deadline that was told before a service fell: what was told is never shortened. */
  readonly told?: DeadlineRecord
}

/** A receipt from which the clock runs, and its deadline; absent where the calendar has no such year yet. */
export type Clock = { readonly receivedAt: Instant; readonly deadline?: DeadlineRecord }

export type PaperEvent =
  | {
      readonly type: 'PaperServiceRecorded'
      readonly consultationId: Id<'consultation'>
      readonly receivedAt: Instant
      readonly recordedAt: Instant
      readonly recordedBy: string
      readonly evidence: Evidence
      readonly signedByDigest: string
      /** Recorded later than the pack allows. */
      readonly late: boolean
      readonly deadline?: DeadlineRecord
      /** Who is to decide on it; absent: it is not in doubt, or there is no such authority. */
      readonly authority?: Id<'agency'>
    }
  | {
      readonly type: 'PaperServiceContested'
      readonly consultationId: Id<'consultation'>
      readonly contestedAt: Instant
      readonly contestedBy: string
      readonly reasonDigest: string
      readonly authority?: Id<'agency'>
      /** A certain receipt that is left: by wire. */
      readonly clock?: Clock
    }
  | {
      readonly type: 'PaperServiceDecided'
      readonly consultationId: Id<'consultation'>
      readonly confirmed: boolean
      readonly decidedAt: Instant
      readonly decidedBy: string
      readonly authority: Id<'agency'>
      readonly reasonDigest: string
      /** The receipt that is certain now; absent: none. */
      readonly clock?: Clock
    }

/** Whether it waits for the competent authority. */
export const isUndecided = (paper: PaperService | undefined): boolean =>
  paper?.status === 'late_on_record' || paper?.status === 'contested'

/** Folds one event into a consultation. */
export function evolvePaper(state: Consultation, event: PaperEvent): Consultation {
  switch (event.type) {
    case 'PaperServiceRecorded': {
      const { receivedAt, recordedAt, evidence, signedByDigest, late } = event
      const paper: PaperService = {
        ...{ receivedAt, recordedAt, evidence, signedByDigest },
        status: late ? 'late_on_record' : 'taken',
        before: state.status === 'undelivered' ? 'undelivered' : 'issued',
        ...(late ? { waitsSince: recordedAt } : {}),
        ...toldBy(state),
      }
      return late ? { ...state, paper } : withClock({ ...state, paper }, event)
    }
    case 'PaperServiceContested': {
      const { reasonDigest, contestedAt } = event
      return fallingBack(state, event.clock, {
        ...{ status: 'contested', reasonDigest, waitsSince: contestedAt },
      })
    }
    case 'PaperServiceDecided': {
      const { reasonDigest, authority: decidedBy, confirmed } = event
      const decided = {
        reasonDigest,
        decidedBy,
        status: confirmed ? 'confirmed' : 'rejected',
      } as const
      if (!confirmed) return fallingBack(state, event.clock, decided)
      const { paper } = state
      if (paper === undefined) return state
      const { waitsSince: _waits, ...rest } = paper
      const next = { ...state, paper: { ...rest, ...decided, ...toldBy(state) } }
      return event.clock === undefined ? next : withClock(next, event.clock)
    }
  }
}

/** The latest deadline that the agency was told so far. */
function toldBy({ deadline, paper }: Consultation): { readonly told?: DeadlineRecord } {
  if (deadline === undefined) return paper?.told === undefined ? {} : { told: paper.told }
  return { told: neverEarlier(deadline, paper) }
}

/** A deadline, or the one that was told before, whichever is later. */
export const neverEarlier = (
  deadline: DeadlineRecord,
  paper: PaperService | undefined,
): DeadlineRecord => (paper?.told === undefined ? deadline : laterOf(deadline, paper.told))

function withClock(state: Consultation, { receivedAt, deadline }: Clock): Consultation {
  const { deadline: _before, ...rest } = state
  return {
    ...rest,
    receivedAt,
    ...(deadline === undefined ? {} : { deadline: neverEarlier(deadline, state.paper) }),
    // What was answered before the receipt was on record stays answered.
    status: state.status === 'issued' || state.status === 'undelivered' ? 'running' : state.status,
  }
}

/** Without the receipt on paper there is the one by wire, or none. What was answered stays answered. */
function fallingBack(
  state: Consultation,
  clock: Clock | undefined,
  change: Pick<PaperService, 'status'> & Partial<PaperService>,
): Consultation {
  if (state.paper === undefined) return state
  const { waitsSince: _waits, ...paper } = state.paper
  const next = { ...state, paper: { ...paper, ...change, ...toldBy(state) } }
  // The clock rests on the receipt by wire already: nothing falls back.
  if (clock === undefined && state.wireReceivedAt !== undefined) return next
  const {
    receivedAt: _receivedAt,
    deadline: _deadline,
    deemedRecordedAt: _recorded,
    ...bare
  } = next
  const open = state.status === 'running' || state.status === 'expired'
  const fallen = open ? { ...bare, status: paper.before } : bare
  return clock === undefined ? fallen : withClock(fallen, clock)
}

/** Of two certain receipts the earlier starts the clock; the deadline that was told stays. */
export function receivedBesidePaper(
  state: Consultation,
  { receivedAt, deadline }: { readonly receivedAt: Instant; readonly deadline?: DeadlineRecord },
): Consultation {
  const received = { ...state, wireReceivedAt: receivedAt }
  if (state.receivedAt !== undefined)
    return { ...received, receivedAt: Math.min(state.receivedAt, receivedAt) }
  return {
    ...received,
    receivedAt,
    ...(deadline === undefined ? {} : { deadline: neverEarlier(deadline, state.paper) }),
    status: state.status === 'issued' || state.status === 'undelivered' ? 'running' : state.status,
  }
}
