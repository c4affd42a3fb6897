// What can happen to a dispute (协调事项), in the words of the regulation. Events hold ids, enumerations,
// instants and digests; words lie in the content store. Nothing here happens by the mere passing of time
// but reminders: no outcome is ever deemed. Pure.
import type { Id, Instant } from '../../../shared/identity/identity.js'
import type { SignedBy } from '../../../shared/identity/signing-key.js'

/** Which candidate a dispute is filed with (协调 art. 6 para 3). */
export type CandidateKind = 'superior_organ' | 'competent_authority' | 'common_superior'

/** The bodies of a level that study a dispute (法制、保密、监察). */
export const LEVEL_ROLES = ['legal', 'secrecy', 'supervision'] as const
export type LevelRole = (typeof LEVEL_ROLES)[number]

/** In which role a body is asked: one of its level, or another that the coordinator adds. */
export type ReviewRole = LevelRole | 'other'

/** What a body advises. */
export type Advice = 'release' | 'release_with_changes' | 'do_not_release' | 'none'

/** What the coordinator decides (处理意见). */
export type Disposition =
  'release' | 'release_with_changes' | 'do_not_release' | 'back_to_negotiation'

/** Why a dispute ended without its coordinator. */
export type EndingCause = 'draft-revised' | 'release-withdrawn' | 'nothing-in-dispute'

export type Party = {
  readonly agency: Id<'agency'>
  /** Stable kind of its opinion; empty for the releasing agency. */
  readonly opinion: string
}

/** A candidate as the directory stood at the filing; without an agency there is none. Its reasons lie in the file. */
export type Candidate = { readonly kind: CandidateKind; readonly agency: string }

export type RoundFacts = { readonly heldAt: Instant; readonly kind: string }

/** The file of a dispute, as coordination closed it. */
export type FiledFacts = {
  readonly releaseId: Id<'release'>
  readonly version: number
  readonly draftDigest: string
  readonly releasingAgency: Id<'agency'>
  readonly pack: string
  /** The article it is filed under: `协调/6.3`. */
  readonly rule: string
  readonly parties: readonly Party[]
  readonly candidates: readonly Candidate[]
  readonly to: CandidateKind
  readonly coordinator: Id<'agency'>
  readonly onStandingInstruction: boolean
  /** The bodies that the pack names. */
  readonly levelRoles: readonly LevelRole[]
  /** Whether the competent authority must hear them. */
  readonly coReviewRequired: boolean
  /** A reminder each so many working days. */
  readonly remindEvery: number
  readonly documentNumber: string
  readonly rounds: readonly RoundFacts[]
  /** Everybody who was consulted on the version. */
  readonly consulted: readonly Id<'agency'>[]
  readonly fileDigest: string
  readonly filedAt: Instant
}

/** One body that is asked, or that the level lacks. */
export type Asked = {
  readonly coReviewId: Id<'co-review'>
  readonly role: ReviewRole
  /** Empty where it is missing. */
  readonly body: string
  /** A party gives a position, not a review. */
  readonly party: boolean
  /** Why it is asked besides those of the level. */
  readonly reasonDigest?: string
  /** When it is reminded first; none where it is missing. */
  readonly remindAt?: Instant
}

type OfRelease = { readonly releaseId: Id<'release'> }

export type DisputeEvent =
  | (FiledFacts & {
      readonly type: 'DisputeReceived'
      readonly receivedAt: Instant
      readonly remindAt: Instant
    })
  | (OfRelease & {
      readonly type: 'DisputeRedirected'
      readonly to: CandidateKind
      readonly coordinator: Id<'agency'>
      readonly reasonDigest: string
      readonly redirectedAt: Instant
      readonly remindAt: Instant
    })
  | (OfRelease & {
      readonly type: 'DisputeHandedUp'
      readonly coordinator: Id<'agency'>
      readonly reasonDigest: string
      readonly handedUpAt: Instant
      readonly remindAt: Instant
    })
  | (OfRelease & {
      readonly type: 'DisputeAccepted'
      readonly coordinator: Id<'agency'>
      readonly acceptedAt: Instant
    })
  | (OfRelease & {
      readonly type: 'DisputeReturned'
      readonly reasonDigest: string
      readonly returnedAt: Instant
    })
  | (OfRelease & {
      readonly type: 'CoReviewRequested'
      readonly asked: readonly Asked[]
      readonly askedAt: Instant
    })
  | {
      readonly type: 'CoReviewGiven'
      readonly coReviewId: Id<'co-review'>
      readonly advice: Advice
      readonly viewDigest: string
      readonly givenBy: string
      readonly givenAt: Instant
    }
  | (OfRelease & {
      readonly type: 'RulingIssued'
      readonly rulingId: Id<'ruling'>
      readonly version: number
      readonly disposition: Disposition
      /** Digest of the draft that may be released; empty: none may. */
      readonly draftDigest: string
      readonly rulingDigest: string
      readonly documentNumber: string
      readonly numberFrom: 'agency' | 'allotted'
      readonly dissenting: readonly Id<'agency'>[]
      readonly coordinator: Id<'agency'>
      readonly ruledBy: string
      readonly ruledAt: Instant
      /** Where the coordinator signed it: with which key, and the digest of what is kept of it. */
      readonly signed?: SignedBy
    })
  | (OfRelease & {
      readonly type: 'DisputeEnded'
      readonly cause: EndingCause
      readonly endedAt: Instant
    })
  | {
      readonly type: 'ReminderIssued'
      readonly agency: Id<'agency'>
      /** The view that is awaited; none: the coordinator is reminded of the dispute. */
      readonly coReviewId?: Id<'co-review'>
      readonly ordinal: number
      readonly remindedAt: Instant
      readonly nextAt: Instant
    }
