// One agency's written opinion on one version of a release (征求意见): coordination rules, art. 6.
// Pure. Every instant arrives inside a command; nothing here reads a clock or a table.
import type { Id, Instant } from '../../../shared/identity/identity.js'
import type { DeadlineRecord } from './deadline.js'
import type { Completes, ConsultationEvent } from './events.js'
import type { Given } from './opinion.js'
import { evolvePaper, receivedBesidePaper, type PaperService } from '../paper/paper.js'

/**
 * - issued: the letter is written, not received: no clock · undelivered: no designated mailbox: no clock
 * - running: received; silence so far (also past the deadline, while the effect of silence waits)
 * - answered: a verdict · defective: a known "no" without reasons · no_verdict: an other reply
 * - deemed: silent until the deadline · expired: the same, under a pack that gives silence no effect
 * - superseded: a newer version was put to the agency · withdrawn: so was the release
 */
export type ConsultationStatus =
  | 'issued'
  | 'undelivered'
  | 'running'
  | 'answered'
  | 'defective'
  | 'no_verdict'
  | 'deemed'
  | 'expired'
  | 'superseded'
  | 'withdrawn'

export type Trigger = 'concerns' | 'may_affect_work'

export type Consultation = {
  readonly id: Id<'consultation'>
  readonly letterId: Id<'letter'>
  readonly agency: Id<'agency'>
  readonly version: number
  readonly trigger: Trigger
  readonly status: ConsultationStatus
  readonly issuedAt: Instant
  readonly receivedAt?: Instant
  readonly deadline?: DeadlineRecord
  /** The standing opinion, defective or without a verdict too. */
  readonly opinion?: Given
  /** True where the standing opinion came after the deadline, to complete or withdraw what stood. */
  readonly afterDeadline?: boolean
  readonly deemedAt?: Instant
  readonly deemedRecordedAt?: Instant
  readonly remindedAt: readonly Instant[]
  /** When a newer version, or the withdrawal of the release, ended it. */
  readonly endedAt?: Instant
  /** The releasing agency declined the changes that the standing opinion asks for. */
  readonly changesDeclined?: { readonly at: Instant; readonly reasonDigest: string }
  /** Service on paper; absent: none was recorded. */
  readonly paper?: PaperService
  /** Where there is a service on paper: the receipt of the same letter by wire. */
  readonly wireReceivedAt?: Instant
  /** The letters of its reminders; one that was not delivered reminded nobody. */
  readonly reminderLetters: readonly ReminderLetter[]
}

export type ReminderLetter = {
  readonly letterId: Id<'letter'>
  /** When it entered the agency's mailbox; absent: not that we heard of. */
  readonly receivedAt?: Instant
}

/** Folds one event into a consultation. */
export function evolveConsultation(state: Consultation, event: ConsultationEvent): Consultation {
  switch (event.type) {
    case 'LetterReceived':
      if (state.paper !== undefined) return receivedBesidePaper(state, event)
      return {
        ...state,
        receivedAt: event.receivedAt,
        ...(event.deadline === undefined ? {} : { deadline: event.deadline }),
        // A reply may come before we hear of the receipt: what was answered stays answered.
        status:
          state.status === 'issued' || state.status === 'undelivered' ? 'running' : state.status,
      }
    case 'LetterUndelivered':
      return state.status === 'issued' ? { ...state, status: 'undelivered' } : state
    case 'OpinionGiven':
      if (event.withoutEffect === true) return { ...state, opinion: event.opinion }
      return stands(state, event, event.opinion.kind === 'other_reply' ? 'no_verdict' : 'answered')
    case 'DefectiveObjectionFiled':
      return stands(state, event, 'defective')
    case 'LateRemarkFiled':
      return state
    case 'ReminderIssued':
      return {
        ...state,
        remindedAt: [...state.remindedAt, event.dueAt],
        reminderLetters: [...state.reminderLetters, { letterId: event.letterId }],
      }
    case 'ReminderDelivered': {
      const { letterId, receivedAt } = event
      return {
        ...state,
        reminderLetters: state.reminderLetters.map((letter) =>
          letter.letterId === letterId ? { letterId, receivedAt } : letter,
        ),
      }
    }
    case 'ConsentDeemed':
      return {
        ...state,
        status: 'deemed',
        deemedAt: event.effectiveAt,
        deemedRecordedAt: event.recordedAt,
      }
    case 'SilenceRecorded':
      return { ...state, status: 'expired', deemedRecordedAt: event.recordedAt }
    case 'DeemedConsentReversed': {
      const { deemedAt: _effect, deemedRecordedAt: _recorded, ...rest } = state
      return { ...rest, status: 'running' }
    }
    case 'DeemingCorrected':
      return {
        ...state,
        deadline: event.deadline,
        ...(state.status === 'deemed' ? { deemedAt: event.deadline.at } : {}),
        deemedRecordedAt: event.recordedAt,
      }
    case 'DeadlineMoved':
      return { ...state, deadline: event.deadline }
    case 'ChangesDeclined': {
      const { declinedAt: at, reasonDigest } = event
      return { ...state, changesDeclined: { at, reasonDigest } }
    }
    case 'PaperServiceRecorded':
    case 'PaperServiceContested':
    case 'PaperServiceDecided':
      return evolvePaper(state, event)
  }
}

function stands(
  { afterDeadline: _before, changesDeclined: _declined, ...state }: Consultation,
  { opinion, completes }: { readonly opinion: Given; readonly completes?: Completes },
  status: ConsultationStatus,
): Consultation {
  const after = completes === undefined ? {} : { afterDeadline: true }
  return { ...state, status, opinion, ...after }
}

/** Whether it awaits nothing any more: a newer version was put to the agency, or the release was withdrawn. */
export const hasEndedWithItsRound = ({ status }: Consultation): boolean =>
  status === 'superseded' || status === 'withdrawn'

/** Whether its agency has given a yes or a not-concerned, or is deemed to consent. */
export function isSettled(consultation: Consultation): boolean {
  if (consultation.status === 'deemed') return true
  if (consultation.status !== 'answered') return false
  const kind = consultation.opinion?.kind
  return kind === 'consent' || kind === 'not_concerned'
}

/** Whether a "no" of the agency stands, with or without reasons. */
export function objects(consultation: Consultation): boolean {
  return (
    (consultation.status === 'answered' || consultation.status === 'defective') &&
    consultation.opinion?.kind === 'objection'
  )
}

/** Whether it is negotiated: a "no" stands, or a yes to changes that were declined. */
export const disagrees = (consultation: Consultation): boolean =>
  objects(consultation) || (consultation.changesDeclined !== undefined && !isSettled(consultation))
