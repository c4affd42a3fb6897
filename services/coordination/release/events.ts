// What can happen to a release (政府信息发布事项), in the words of the regulation. Events hold ids,
// enumerations, instants and digests; words lie in the content store. Pure.
import type { Id, Instant } from '../../../shared/identity/identity.js'
import type { ApprovalEvent } from '../approval/approval.js'
import type { BreachEvent } from '../breach/referral.js'
import type { Trigger } from '../consultation/consultation.js'
import type { ConsultationEvent } from '../consultation/events.js'
import type { DeclarationEvent } from '../declaration/declaration.js'
import type { JointEvent } from '../joint/joint.js'
import type { TakeOverEvent } from '../standing/take-over.js'
import type { ParticularsEvent } from './particulars.js'
import type { DisputeEvent } from '../dispute/dispute.js'
import type { NegotiationEvent } from '../negotiation/negotiation.js'

export type OriginKind = 'made' | 'held' | 'assigned_by_law'
export type DisclosureAttribute = 'active' | 'on_application'

/** An affected agency as it was named by the releasing agency; the reason lies in the judgement's content. */
export type Affected = { readonly agency: Id<'agency'>; readonly trigger: Trigger }

/** One addressee of the consultation letters of a version. */
export type Issued = {
  readonly consultationId: Id<'consultation'>
  readonly letterId: Id<'letter'>
  readonly agency: Id<'agency'>
  readonly trigger: Trigger
}

/** What a clearance rests on: consent, deemed consent and a ruling told apart for ever. */
export type ClearedBy = {
  readonly consultationId: Id<'consultation'>
  readonly how: 'express' | 'deemed' | 'not_concerned' | 'by_ruling'
  /** The dispute, where a ruling overruled the agency or let a text be released that it was not asked about. */
  readonly disputeId?: Id<'dispute'>
}

export type ReleaseEvent =
  | ConsultationEvent
  | ParticularsEvent
  | TakeOverEvent
  | JointEvent
  | ApprovalEvent
  | DeclarationEvent
  | BreachEvent
  | NegotiationEvent
  | DisputeEvent
  | {
      readonly type: 'ReleaseSubmitted'
      readonly releasingAgency: Id<'agency'>
      readonly submittedBy: string
      readonly submittedAt: Instant
      readonly pack: string
      readonly packDigest: string
      readonly origin: OriginKind
      readonly attribute: DisclosureAttribute
      readonly draftDigest: string
      /** Digest of the judgement: whom it affects and why, or why nobody; contact, signatory, basis of the origin. */
      readonly judgementDigest: string
      readonly affected: readonly Affected[]
      /** The number of the agency's own registry for the letters, where they leave only after the secrecy review. */
      readonly askedNumber?: string
    }
  | {
      readonly type: 'SecrecyReviewRecorded'
      readonly version: number
      readonly reviewedOn: string
      readonly reviewDigest: string
    }
  | {
      readonly type: 'LettersIssued'
      readonly version: number
      readonly issuedAt: Instant
      readonly documentNumber: string
      /** `version`: one more addressee of the letter that the version has. */
      readonly numberFrom: 'agency' | 'allotted' | 'version'
      readonly letters: readonly Issued[]
    }
  | {
      readonly type: 'DraftRevised'
      readonly version: number
      readonly revisedAt: Instant
      readonly draftDigest: string
      readonly judgementDigest: string
      readonly affected: readonly Affected[]
      /** The dispute whose ruling it carries out: such a text is not consulted again. */
      readonly byRulingOf?: Id<'dispute'>
    }
  | {
      readonly type: 'LateRemarkDecided'
      readonly remarkId: Id<'remark'>
      readonly decision: 'release_stands' | 'taken_up'
      readonly decisionDigest: string
      readonly decidedAt: Instant
    }
  | {
      readonly type: 'ReleaseCleared'
      readonly version: number
      readonly digest: string
      readonly clearedAt: Instant
      readonly basis: readonly ClearedBy[]
    }
  | {
      readonly type: 'ClearanceReversed'
      readonly version: number
      readonly cause:
        | 'deemed-consent-reversed'
        | 'deeming-corrected'
        | 'opinion-replaced-in-time'
        | 'affected-agency-consulted'
      readonly reversedAt: Instant
    }
  | {
      readonly type: 'ReleaseWithdrawn'
      readonly withdrawnAt: Instant
      readonly reasonDigest: string
    }
  | {
      /** What a withdrawn release said is no more; what was done stays on record. */
      readonly type: 'ContentDestroyed'
      readonly destroyedAt: Instant
    }
  | {
      readonly type: 'ReleasePublished'
      readonly publishedAt: Instant
      readonly recordedAt: Instant
      readonly digest: string
      readonly whereDigest: string
    }
  | {
      readonly type: 'BreachRecorded'
      readonly breaches: readonly Breach[]
    }

/** Facts that a publication shows (协调 art. 8). */
export type Breach = 'not-cleared' | 'held' | 'withdrawn' | 'other-content' | 'against-ruling'
