// How a release stands: the fold of its events. Pure.
import type { Id, Instant } from '../../../shared/identity/identity.js'
import { objects, type Consultation, type RemarkCause } from '../consultation/consultation.js'
import type { Given } from '../consultation/opinion.js'
import type { Affected, Breach, ClearedBy, DisclosureAttribute, OriginKind } from './events.js'

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
  readonly judgementDigest: string
  readonly affected: readonly Affected[]
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
  readonly cleared?: {
    readonly version: number
    readonly digest: string
    readonly at: Instant
    readonly basis: readonly ClearedBy[]
  }
  readonly endedClearances: readonly EndedClearance[]
  readonly withdrawn?: { readonly at: Instant; readonly reasonDigest: string }
  /** The first publication: it ends the release. */
  readonly published?: Publication
  /** What was published after it: each is a fact with its own breaches (art. 8). */
  readonly furtherPublications: readonly Publication[]
}

export type Publication = {
  readonly at: Instant
  readonly digest: string
  readonly whereDigest: string
  readonly breaches: readonly Breach[]
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
  judgementDigest: '',
  affected: [],
  documentNumber: '',
  issued: false,
  consultations: {},
  remarks: [],
  negotiating: false,
  endedClearances: [],
  furtherPublications: [],
})

export type ReleaseStatus =
  'submitted' | 'consulting' | 'negotiation' | 'cleared' | 'held' | 'published' | 'withdrawn'

/** How it stands, in one word. */
export function statusOf(release: Release): ReleaseStatus {
  if (release.published !== undefined) return 'published'
  if (release.withdrawn !== undefined) return 'withdrawn'
  if (release.cleared !== undefined) return holdingRemarks(release).length > 0 ? 'held' : 'cleared'
  if (!release.issued) return 'submitted'
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

/** Withdrawn or published: silence has no effect any more, and nothing is found about it but facts. */
export const hasEnded = ({ withdrawn, published }: Release): boolean =>
  withdrawn !== undefined || published !== undefined

/** Whether somebody objects to the present version. */
export const isDisputed = (release: Release): boolean => presentConsultations(release).some(objects)
