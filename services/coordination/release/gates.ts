// The five gates between a draft and its publication. A release is cleared when all are open on the
// same digest; asked why it is not, each shut gate says what keeps it shut and who can open it. Pure.
import { missingApprovals } from '../approval/approval.js'
import { isSettled, type Consultation } from '../consultation/consultation.js'
import { openDeclarations } from '../declaration/declaration.js'
import {
  openDispute,
  overruledBy,
  ruledAgainst,
  ruledOn,
  settledByRuling,
} from '../dispute/dispute.js'
import { isFirm } from '../consultation/deadline.js'
import { mustConfirm, presentConfirmations } from '../joint/joint.js'
import type { Grounded, Pack } from '../pack/pack.js'
import { isUndecided } from '../paper/paper.js'
import type { ClearedBy } from './events.js'
import { holdingRemarks, presentConsultations, type Release } from './state.js'

export type GateKind = 'origin' | 'secrecy_review' | 'approval' | 'confirmations' | 'consultations'

/** Why a gate is shut. */
export type ObstacleReason =
  | 'secrecy-review-missing'
  | 'letters-not-issued'
  | 'not-received'
  | 'no-mailbox'
  | 'opinion-awaited'
  | 'objection'
  | 'defective-objection'
  | 'changes-asked'
  | 'changes-declined'
  | 'in-dispute'
  | 'ruled-with-changes'
  | 'ruled-against'
  | 'no-verdict'
  | 'silence-without-effect'
  | 'late-remark'
  | 'paper-service-undecided'
  | 'affected-claim'
  | 'confirmation-awaited'
  | 'not-accurate'
  | 'approval-missing'

export type Obstacle = {
  readonly reason: ObstacleReason
  /** Consultation, remark, confirmation, declaration or dispute; of a missing approval the digest of its organ. */
  readonly subject?: string
  readonly agency?: string
  /** Instant at which it opens by itself if nothing comes. */
  readonly opensAt?: number
}

export type Gate = {
  readonly kind: GateKind
  readonly open: boolean
  readonly rule: Grounded
  readonly obstacles: readonly Obstacle[]
}

/** All five gates of the present version. */
export function gatesOf(release: Release, pack: Pack): Gate[] {
  return [
    gate('origin', pack.origin, []), // another's information is refused at submission
    gate(
      'secrecy_review',
      pack.secrecyReview,
      release.secrecyReview === undefined ? [{ reason: 'secrecy-review-missing' }] : [],
    ),
    gate('approval', pack.approval, approvalObstacles(release)),
    gate('confirmations', pack.confirmations, confirmationObstacles(release, pack)),
    gate('consultations', pack.consultation, consultationObstacles(release, pack)),
  ]
}

/** Whether every gate is open. */
export const allOpen = (gates: readonly Gate[]): boolean => gates.every(({ open }) => open)

function gate(kind: GateKind, rule: Grounded, obstacles: readonly Obstacle[]): Gate {
  return { kind, open: obstacles.length === 0, rule, obstacles }
}

// A publisher that the law of a special category does not name is refused at submission.
const approvalObstacles = (release: Release): Obstacle[] =>
  missingApprovals(release).map(({ organDigest }) => ({
    reason: 'approval-missing',
    subject: organDigest,
  }))

// Silence never confirms: not asked, not answered and contradicted all keep the gate shut.
function confirmationObstacles(release: Release, pack: Pack): Obstacle[] {
  const present = presentConfirmations(release)
  return mustConfirm(release, pack).flatMap((agency): Obstacle[] => {
    const asked = present.find((one) => one.agency === agency)
    if (asked?.status === 'confirmed' || settledByRuling(release, agency) !== undefined) return []
    return [
      {
        reason: asked?.status === 'contradicted' ? 'not-accurate' : 'confirmation-awaited',
        ...(asked === undefined ? {} : { subject: asked.id }),
        agency,
      },
    ]
  })
}

function consultationObstacles(release: Release, pack: Pack): Obstacle[] {
  const obstacles: Obstacle[] = []
  if (!release.issued) obstacles.push({ reason: 'letters-not-issued' })
  for (const consultation of presentConsultations(release)) {
    // Who was ruled on is overruled, or the ruling itself keeps the gate shut.
    if (isSettled(consultation) || ruledOn(release, consultation.agency)) continue
    obstacles.push({
      ...obstacleOf(consultation, pack),
      subject: consultation.id,
      agency: consultation.agency,
    })
  }
  for (const remark of holdingRemarks(release))
    obstacles.push({ reason: 'late-remark', subject: remark.id, agency: remark.agency })
  for (const { id, agency } of openDeclarations(release))
    obstacles.push({ reason: 'affected-claim', subject: id, agency })
  obstacles.push(...disputeObstacles(release))
  return obstacles
}

function disputeObstacles(release: Release): Obstacle[] {
  const open = openDispute(release)
  if (open !== undefined)
    return [{ reason: 'in-dispute', subject: open.id, agency: open.coordinator }]
  const against = ruledAgainst(release.disputes, release.draftDigest)
  if (against === undefined) return []
  const changes = against.ruling?.disposition === 'release_with_changes'
  const reason = changes ? 'ruled-with-changes' : 'ruled-against'
  return [{ reason, subject: against.id, agency: against.coordinator }]
}

function obstacleOf(consultation: Consultation, pack: Pack): Obstacle {
  switch (consultation.status) {
    case 'issued':
      return {
        reason: isUndecided(consultation.paper) ? 'paper-service-undecided' : 'not-received',
      }
    case 'undelivered':
      return { reason: isUndecided(consultation.paper) ? 'paper-service-undecided' : 'no-mailbox' }
    case 'running':
      // While the deadline waits for a notice nobody can say when, and nothing opens by itself.
      return pack.silence.effect === 'deemed_consent' &&
        consultation.deadline !== undefined &&
        isFirm(consultation.deadline)
        ? { reason: 'opinion-awaited', opensAt: consultation.deadline.at }
        : { reason: 'opinion-awaited' }
    case 'answered':
      if (consultation.opinion?.kind === 'objection') return { reason: 'objection' }
      return { reason: consultation.changesDeclined ? 'changes-declined' : 'changes-asked' }
    case 'defective':
      if (consultation.opinion?.kind === 'objection') return { reason: 'defective-objection' }
      // It does not say which: no consent either way.
      return { reason: consultation.changesDeclined ? 'changes-declined' : 'changes-asked' }
    case 'no_verdict':
      return { reason: 'no-verdict' }
    case 'expired':
      return { reason: 'silence-without-effect' }
    case 'deemed':
    case 'superseded':
    case 'withdrawn':
      return { reason: 'letters-not-issued' } // not reached: settled, or not of the present version
  }
}

/** What an open consultations gate rests on. */
export function basisOf(release: Release): ClearedBy[] {
  return [
    ...notAskedAgain(release),
    ...presentConsultations(release).map((consultation): ClearedBy => {
      const { id: consultationId, agency, status, opinion } = consultation
      if (status === 'deemed') return { consultationId, how: 'deemed' }
      if (isSettled(consultation))
        return {
          consultationId,
          how: opinion?.kind === 'not_concerned' ? 'not_concerned' : 'express',
        }
      const dispute = overruledBy(release, agency)
      return { consultationId, how: 'by_ruling', ...(dispute && { disputeId: dispute.id }) }
    }),
  ]
}

// Their consent was to the text before: this one rests on the ruling alone.
function notAskedAgain({ versions, version, disputes, consultations }: Release): ClearedBy[] {
  const disputeId = versions.find((one) => one.version === version)?.byRulingOf
  const dispute = disputes.find(({ id }) => id === disputeId)
  if (dispute === undefined) return []
  return Object.values(consultations)
    .filter((consultation) => consultation.version === dispute.version)
    .map(({ id }) => ({ consultationId: id, how: 'by_ruling', disputeId: dispute.id }))
}
