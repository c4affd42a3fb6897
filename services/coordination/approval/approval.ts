// Approvals that a release needs before it (批准): coordination rules, art. 7 para 1. What was declared as
// needed keeps the gate shut until it is on record for the present version; silence never approves. Pure.
import type { Id, Instant } from '../../../shared/identity/identity.js'
import type { Evidence } from '../paper/paper.js'

/** An approval that was declared as needed; organ and basis lie in the content store. */
export type ApprovalNeed = {
  /** SHA-256 of the approving organ's name as it was declared: by it an approval is matched. */
  readonly organDigest: string
}

/** An approval on record. */
export type Approval = {
  readonly id: Id<'approval'>
  readonly version: number
  readonly organDigest: string
  /** Its date, YYYY-MM-DD. */
  readonly approvedOn: string
  /** Its uploaded copy. */
  readonly copy: Evidence
  /** Digest of its words: organ, number, scope. */
  readonly wordsDigest: string
  readonly recordedAt: Instant
  readonly recordedBy: string
}

export type ApprovalEvent = { readonly type: 'ApprovalRecorded' } & {
  readonly approvalId: Id<'approval'>
  readonly draftDigest: string
} & Omit<Approval, 'id'>

/** Folds one event into the approvals of a release. */
export function evolveApprovals(state: readonly Approval[], event: ApprovalEvent): Approval[] {
  const { type: _type, approvalId, draftDigest: _digest, ...rest } = event
  return [...state, { id: approvalId, ...rest }]
}

type Approved = {
  readonly version: number
  readonly approvals: readonly Approval[]
  readonly particulars: { readonly approvalsNeeded: readonly ApprovalNeed[] }
}

/** Approvals on record for the present version. */
export const presentApprovals = ({ approvals, version }: Approved): Approval[] =>
  approvals.filter((one) => one.version === version)

/** What is still missing for the present version. */
export function missingApprovals(release: Approved): ApprovalNeed[] {
  const present = presentApprovals(release)
  return release.particulars.approvalsNeeded.filter(
    ({ organDigest }) => !present.some((approval) => approval.organDigest === organDigest),
  )
}
