// What can happen to one consultation: its events lie in the dossier of the release. Pure.
import type { Id, Instant } from '../../../shared/identity/identity.js'
import type { PaperEvent } from '../paper/paper.js'
import type { DeadlineRecord } from './deadline.js'
import type { Given } from './opinion.js'

/** What an opinion after the deadline completes or withdraws. */
export type Completes = 'objection' | 'defective' | 'no_verdict' | 'changes' | 'silence'

/**
 * Why a reply is a remark and no opinion: late · cleared: in time, but the version was cleared before it came ·
 * overtaken: its agency's later reply was decided first · clock-in-doubt: it came to a deemed consultation while
 * nobody could say what time it was
 */
export type RemarkCause = 'late' | 'cleared' | 'overtaken' | 'clock-in-doubt'

/** What happened to one consultation. They lie in the dossier of the release. */
export type ConsultationEvent =
  | PaperEvent
  | {
      readonly type: 'LetterReceived'
      readonly consultationId: Id<'consultation'>
      readonly receivedAt: Instant
      /** Absent where the calendar has no such year yet: received, and no effect of silence until it has. */
      readonly deadline?: DeadlineRecord
    }
  | { readonly type: 'LetterUndelivered'; readonly consultationId: Id<'consultation'> }
  | {
      readonly type: 'OpinionGiven'
      readonly consultationId: Id<'consultation'>
      readonly opinion: Given
      /** It takes the place of an earlier opinion of this agency. */
      readonly replaces: boolean
      /** After the deadline: what it completes or withdraws. */
      readonly completes?: Completes
      /** Admitted in time, committed later than the settling time allows for. */
      readonly storedLate?: boolean
      /** Without a verdict, under a pack where such a reply is as good as silence. */
      readonly withoutEffect?: boolean
      /** It stood as a remark until its deadline turned out to be later. */
      readonly fromRemark?: Id<'remark'>
    }
  | {
      readonly type: 'DefectiveObjectionFiled'
      readonly consultationId: Id<'consultation'>
      readonly opinion: Given
      readonly replaces: boolean
      readonly completes?: Completes
      readonly storedLate?: boolean
      readonly fromRemark?: Id<'remark'>
    }
  | {
      readonly type: 'LateRemarkFiled'
      readonly consultationId: Id<'consultation'>
      readonly remarkId: Id<'remark'>
      readonly opinion: Given
      /** It claims what the pack lets hold the release, or the clock was in doubt. */
      readonly holds: boolean
      readonly cause: RemarkCause
    }
  | {
      readonly type: 'ReminderIssued'
      readonly consultationId: Id<'consultation'>
      readonly letterId: Id<'letter'>
      /** 1 for the first reminder of the pack. */
      readonly ordinal: number
      readonly dueAt: Instant
    }
  | {
      readonly type: 'ReminderDelivered'
      readonly consultationId: Id<'consultation'>
      readonly letterId: Id<'letter'>
      /** When it entered the agency's mailbox. */
      readonly receivedAt: Instant
    }
  | {
      readonly type: 'ConsentDeemed'
      readonly consultationId: Id<'consultation'>
      /** The deadline: the effect is the law's, not the duty's. */
      readonly effectiveAt: Instant
      readonly recordedAt: Instant
    }
  | {
      readonly type: 'SilenceRecorded'
      readonly consultationId: Id<'consultation'>
      readonly effectiveAt: Instant
      readonly recordedAt: Instant
    }
  | {
      readonly type: 'DeemedConsentReversed'
      readonly consultationId: Id<'consultation'>
      readonly cause: ReversalCause
    }
  | {
      /** The deadline was later than what silence was judged by, and passed in silence too: the effect stands, from the later instant. */
      readonly type: 'DeemingCorrected'
      readonly consultationId: Id<'consultation'>
      readonly cause: MoveCause
      readonly from: Instant
      /** Of the corrected deadline, which the effect has from now on. */
      readonly deadline: DeadlineRecord
      readonly recordedAt: Instant
      readonly notice?: string
      readonly minutes?: number
    }
  | {
      readonly type: 'DeadlineMoved'
      readonly consultationId: Id<'consultation'>
      readonly cause: MoveCause
      /** The deadline before; absent where there was none yet. */
      readonly from?: Instant
      readonly deadline: DeadlineRecord
      /** Minutes of outage on the last day, where that is the cause. */
      readonly minutes?: number
      /** Numbers of the notices, where the calendar is the cause. */
      readonly notice?: string
      /** It comes with the reversal of what silence had become. */
      readonly reverses?: true
    }
  | {
      readonly type: 'ChangesDeclined'
      readonly consultationId: Id<'consultation'>
      readonly declinedAt: Instant
      readonly reasonDigest: string
    }

/** Why a deadline moves. */
export type MoveCause = 'outage' | 'calendar-revision'

/**
 * Why a deemed consent does not stand: a reply that was in time, by wire or on paper; a service on paper that is contested
 * or rejected; a deadline that was later, by the calendar or for an outage.
 */
export type ReversalCause =
  'admitted-in-time' | 'paper-reply' | 'paper-contested' | 'paper-rejected' | MoveCause
