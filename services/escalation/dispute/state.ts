// How a dispute stands: the fold of its events. Pure.
import type { Id, Instant } from '../../../shared/identity/identity.js'
import type { SignedBy } from '../../../shared/identity/signing-key.js'
import { Refusal } from '../../../shared/refusal/refusal.js'
import type { Advice, CandidateKind, Disposition, FiledFacts, ReviewRole } from './events.js'

export type DisputeStatus = 'filed' | 'accepted' | 'returned' | 'ruled' | 'ended'

/** A written view that was asked for (会同部门意见). */
export type CoReview = {
  readonly id: Id<'co-review'>
  readonly role: ReviewRole
  /** Empty: the level lacks it. */
  readonly body: string
  readonly party: boolean
  readonly reasonDigest?: string
  readonly askedAt: Instant
  readonly given?: {
    readonly at: Instant
    readonly advice: Advice
    readonly viewDigest: string
    readonly by: string
  }
  readonly remindedAt: readonly Instant[]
  readonly remindAt?: Instant
}

export type Ruling = {
  readonly id: Id<'ruling'>
  readonly disposition: Disposition
  readonly draftDigest: string
  readonly digest: string
  readonly documentNumber: string
  readonly coordinator: Id<'agency'>
  readonly ruledAt: Instant
  /** Where the coordinator signed it: with which key, and the digest of what is kept of it. */
  readonly signed?: SignedBy
}

/** Who had the dispute before, and why it has it no more. */
export type Former = {
  readonly agency: Id<'agency'>
  readonly how: 'redirected' | 'handed-up'
  readonly until: Instant
  readonly reasonDigest: string
}

export type Dispute = Omit<FiledFacts, 'to'> & {
  readonly id: Id<'dispute'>
  /** False until it was taken over from coordination: there is no such dispute then. */
  readonly exists: boolean
  readonly status: DisputeStatus
  /** Which candidate its coordinator is; none: it was handed up. */
  readonly to: CandidateKind | undefined
  /** Since when its coordinator has it. */
  readonly since: Instant
  readonly former: readonly Former[]
  readonly acceptedAt?: Instant
  readonly coReviews: Readonly<Record<string, CoReview>>
  /** When its coordinator was reminded of it, and is next. */
  readonly remindedAt: readonly Instant[]
  readonly remindAt: Instant
  readonly returned?: { readonly reasonDigest: string; readonly at: Instant }
  readonly ruling?: Ruling
  readonly ended?: { readonly cause: string; readonly at: Instant }
}

/** A dispute of which nothing is recorded yet. */
export const noDispute = (id: Id<'dispute'>): Dispute => ({
  id,
  exists: false,
  status: 'filed',
  releaseId: '',
  version: 0,
  draftDigest: '',
  releasingAgency: '',
  pack: '',
  rule: '',
  parties: [],
  candidates: [],
  to: undefined,
  coordinator: '',
  onStandingInstruction: false,
  levelRoles: [],
  coReviewRequired: false,
  remindEvery: 0,
  documentNumber: '',
  rounds: [],
  consulted: [],
  fileDigest: '',
  filedAt: 0,
  since: 0,
  former: [],
  coReviews: {},
  remindedAt: [],
  remindAt: 0,
})

/** Whether its coordinator still has to decide. */
export const isOpen = ({ exists, status }: Dispute): boolean =>
  exists && (status === 'filed' || status === 'accepted')

/** Whether an agency holds a position in the dispute: it never coordinates or reviews it. */
export const isParty = ({ releasingAgency, parties }: Dispute, agency: string): boolean =>
  agency === releasingAgency || parties.some((party) => party.agency === agency)

/** Views that are asked for and not given yet. */
export const awaitedViews = ({ coReviews }: Dispute): CoReview[] =>
  Object.values(coReviews).filter(({ body, given }) => body !== '' && given === undefined)

/** What an agency has to do with a dispute; of several the weightiest. */
export type PartIn = 'coordinator' | 'releasing' | 'party' | 'review_body'

/** The part of each agency that has one: everybody else knows nothing of it. */
export function partsIn(dispute: Dispute): ReadonlyMap<string, PartIn> {
  const parts = new Map<string, PartIn>()
  if (!dispute.exists) return parts
  for (const { body } of Object.values(dispute.coReviews))
    if (body !== '') parts.set(body, 'review_body')
  for (const { agency } of dispute.parties) parts.set(agency, 'party')
  parts.set(dispute.releasingAgency, 'releasing')
  parts.set(dispute.coordinator, 'coordinator')
  return parts
}

/** When somebody is to be reminded next; none: nobody waits. */
export function nextReminder(dispute: Dispute): Instant | undefined {
  if (!isOpen(dispute)) return undefined
  return Math.min(
    dispute.remindAt,
    ...awaitedViews(dispute).flatMap(({ remindAt }) => remindAt ?? []),
  )
}

const STATUSES: Readonly<Record<DisputeStatus, { zh: string; en: string }>> = {
  filed: { zh: '提起而未受理', en: 'filed and not accepted' },
  accepted: { zh: '受理', en: 'accepted' },
  returned: { zh: '退回协商', en: 'returned to negotiation' },
  ruled: { zh: '作出处理意见', en: 'ruled on' },
  ended: { zh: '终结', en: 'ended' },
}

/** Refuses what can no longer be done once the dispute is over. */
export function mustBeOpen(dispute: Dispute): void {
  if (isOpen(dispute)) return
  const { zh, en } = STATUSES[dispute.status]
  throw new Refusal('out-of-order', 'DISPUTE_OVER', dispute.rule, { status_zh: zh, status_en: en })
}

/** Refuses what only an accepted dispute allows. */
export function mustBeAccepted(dispute: Dispute): void {
  mustBeOpen(dispute)
  if (dispute.status !== 'accepted')
    throw new Refusal('out-of-order', 'DISPUTE_NOT_ACCEPTED', dispute.rule)
}
