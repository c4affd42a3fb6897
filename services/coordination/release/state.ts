// How a release stands: the fold of its events. Pure.
import type { Id, Instant } from '../../../shared/identity/identity.js'
import type { Approval } from '../approval/approval.js'
import type { Referral } from '../breach/referral.js'
import { disagrees, type Consultation } from '../consultation/consultation.js'
import type { RemarkCause } from '../consultation/events.js'
import type { Given } from '../consultation/opinion.js'
import { openDeclarations, type Declaration } from '../declaration/declaration.js'
import { openDispute, ruledAgainst, ruledOn, type Dispute, type Party } from '../dispute/dispute.js'
import { contradictions, type Confirmations } from '../joint/joint.js'
import {
  noNegotiation,
  type Negotiation,
  type StandingInstruction,
} from '../negotiation/negotiation.js'
import type { Affected, Breach, ClearedBy, DisclosureAttribute, OriginKind } from './events.js'
import type { TakenOver } from '../standing/take-over.js'
import { noParticulars, type Particulars } from './particulars.js'

export type LateRemark = {
  readonly id: Id<'remark'>
  readonly consultationId: Id<'consultation'>
  readonly agency: Id<'agency'>
  readonly opinion: Given
  readonly holds: boolean
  readonly cause: RemarkCause
  readonly decision?: 'release_stands' | 'taken_up'
  readonly decisionDigest?: string
  readonly decidedAt?: Instant
  /** The version it was decided on for. */
  readonly decidedOn?: number
}

/** A version of the draft, whether or not it is the present one. */
export type DraftVersion = {
  readonly version: number
  readonly digest: string
  readonly at: Instant
  readonly byRulingOf?: Id<'dispute'>
}

/** A clearance that a reversal or a new version has ended: what was published under it was cleared. */
export type EndedClearance = {
  readonly version: number
  readonly digest: string
  readonly from: Instant
  readonly until: Instant
}

export type Release = {
  readonly id: Id<'release'>
  /** False until it was submitted: there is no such release then. */
  readonly exists: boolean
  readonly releasingAgency: Id<'agency'>
  readonly submittedBy: string
  readonly submittedAt: Instant
  readonly pack: string
  readonly packDigest: string
  readonly origin: OriginKind
  readonly attribute: DisclosureAttribute
  readonly version: number
  readonly draftDigest: string
  /** Every version, oldest first. */
  readonly versions: readonly DraftVersion[]
  readonly judgementDigest: string
  readonly affected: readonly Affected[]
  /** What was declared beside the draft: co-producers, approvals, categories, dates. */
  readonly particulars: Particulars
  /** Confirmations of every version, by id. */
  readonly confirmations: Confirmations
  readonly approvals: readonly Approval[]
  /** By whom parts in it were taken over: both names stay on record. */
  readonly takenOver: TakenOver
  /** Agencies that say they are affected too, or were named as the ones to ask. */
  readonly declarations: readonly Declaration[]
  /** The secrecy review of the present version. */
  readonly secrecyReview?: { readonly reviewedOn: string; readonly digest: string }
  readonly documentNumber: string
  /** What the agency gave as the number of the first letters, while these wait for the secrecy review. */
  readonly askedNumber?: string
  /** Whether the letters of the present version were written. */
  readonly issued: boolean
  /** Consultations of every version, by id. */
  readonly consultations: Readonly<Record<string, Consultation>>
  readonly remarks: readonly LateRemark[]
  /** Whether negotiation is open on the present version. */
  readonly negotiating: boolean
  /** What is on record of it. */
  readonly negotiation: Negotiation
  /** As the agency gave it; absent: the pack's default stands. */
  readonly standingInstruction?: StandingInstruction
  /** Disputes of every version, oldest first. */
  readonly disputes: readonly Dispute[]
  readonly cleared?: {
    readonly version: number
    readonly digest: string
    readonly at: Instant
    readonly basis: readonly ClearedBy[]
  }
  readonly endedClearances: readonly EndedClearance[]
  readonly withdrawn?: { readonly at: Instant; readonly reasonDigest: string }
  /** Since when nobody can read what it said any more. */
  readonly contentDestroyedAt?: Instant
  /** The first publication: it ends the release. */
  readonly published?: Publication
  /** What was published after it: each is a fact with its own breaches (art. 8). */
  readonly furtherPublications: readonly Publication[]
  /** Referrals of its breaches, oldest first. */
  readonly referrals: readonly Referral[]
}

export type Publication = {
  readonly at: Instant
  readonly digest: string
  readonly whereDigest: string
  readonly breaches: readonly Breach[]
  readonly recordedAt: Instant
}

/** A release of which nothing is recorded yet. */
export const noRelease = (id: Id<'release'>): Release => ({
  id,
  exists: false,
  releasingAgency: '',
  submittedBy: '',
  submittedAt: 0,
  pack: '',
  packDigest: '',
  origin: 'made',
  attribute: 'active',
  version: 0,
  draftDigest: '',
  versions: [],
  judgementDigest: '',
  affected: [],
  particulars: noParticulars,
  confirmations: {},
  approvals: [],
  takenOver: {},
  declarations: [],
  documentNumber: '',
  issued: false,
  consultations: {},
  remarks: [],
  negotiating: false,
  negotiation: noNegotiation,
  disputes: [],
  endedClearances: [],
  referrals: [],
  furtherPublications: [],
})

export type ReleaseStatus =
  | 'submitted'
  | 'consulting'
  | 'negotiation'
  | 'in_dispute'
  | 'ruled'
  | 'cleared'
  | 'held'
  | 'published'
  | 'withdrawn'

/** How it stands, in one word. */
export function statusOf(release: Release): ReleaseStatus {
  if (release.published !== undefined) return 'published'
  if (release.withdrawn !== undefined) return 'withdrawn'
  if (release.cleared !== undefined) return isHeld(release) ? 'held' : 'cleared'
  if (!release.issued) return 'submitted'
  if (openDispute(release) !== undefined) return 'in_dispute'
  if (ruledAgainst(release.disputes, release.draftDigest) !== undefined) return 'ruled'
  return release.negotiating ? 'negotiation' : 'consulting'
}

/** Consultations of the present version, in the order of their letters. */
export function presentConsultations(release: Release): Consultation[] {
  return Object.values(release.consultations).filter(({ version }) => version === release.version)
}

/** Remarks that hold the release: nobody has decided on them, or they were taken up and no new version carries them yet. */
export function holdingRemarks({ remarks, version }: Release): LateRemark[] {
  return remarks.filter(
    ({ holds, decision, decidedOn }) =>
      holds && (decision === undefined || (decision === 'taken_up' && decidedOn === version)),
  )
}

/** Held by a remark, or by an agency that says it is affected too: nobody has answered them. */
const isHeld = (release: Release): boolean =>
  holdingRemarks(release).length > 0 || openDeclarations(release).length > 0

/** Withdrawn or published: silence has no effect any more, and nothing is found about it but facts. */
export const hasEnded = ({ withdrawn, published }: Release): boolean =>
  withdrawn !== undefined || published !== undefined

/** Who disagrees with the present version and has not been ruled on: the parties of a dispute about it. */
export function disputants(release: Release): Party[] {
  const consulted = presentConsultations(release)
    .filter(disagrees)
    .map(({ id, agency, opinion }): Party => ({
      agency,
      consultationId: id,
      position: opinion?.kind === 'objection' ? 'objection' : 'consent_with_changes',
    }))
  const producing = contradictions(release).map(({ id, agency }): Party => ({
    agency,
    consultationId: id,
    position: 'contradiction',
  }))
  return [...consulted, ...producing].filter(({ agency }) => !ruledOn(release, agency))
}

/** Whether there is something to negotiate: somebody disagrees, and no ruling forbids the text anyhow. */
export const isDisputed = (release: Release): boolean =>
  ruledAgainst(release.disputes, release.draftDigest) === undefined &&
  disputants(release).length > 0
