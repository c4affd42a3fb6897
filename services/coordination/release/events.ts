// What can happen to a release (政府信息发布事项), in the words of the regulation. Events hold ids,
// enumerations, instants and digests; words lie in the content store. Pure.
import type { Id, Instant } from '../../../shared/identity/identity.js'
import type { ConsultationEvent, Trigger } from '../consultation/consultation.js'

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

/** What a clearance rests on: consent and deemed consent told apart for ever. */
export type ClearedBy = {
  readonly consultationId: Id<'consultation'>
  readonly how: 'express' | 'deemed' | 'not_concerned'
}

export type ReleaseEvent =
  | ConsultationEvent
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
      readonly numberFrom: 'agency' | 'allotted'
      readonly letters: readonly Issued[]
    }
  | {
      readonly type: 'DraftRevised'
      readonly version: number
      readonly revisedAt: Instant
      readonly draftDigest: string
      readonly judgementDigest: string
      readonly affected: readonly Affected[]
    }
  | {
      readonly type: 'NegotiationOpened'
      readonly version: number
      readonly consultationId: Id<'consultation'>
      readonly openedAt: Instant
    }
  | {
      readonly type: 'NegotiationEnded'
      readonly version: number
      readonly cause: 'objections-withdrawn' | 'draft-revised'
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
      readonly cause: 'deemed-consent-reversed' | 'opinion-replaced-in-time'
      readonly reversedAt: Instant
    }
  | {
      readonly type: 'ReleaseWithdrawn'
      readonly withdrawnAt: Instant
      readonly reasonDigest: string
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
export type Breach = 'not-cleared' | 'held' | 'withdrawn' | 'other-content'
