// The five gates between a draft and its publication. A release is cleared when all are open on the
// same digest; asked why it is not, each shut gate says what keeps it shut and who can open it. Pure.
import { isSettled, type Consultation } from '../consultation/consultation.js'
import { isFirm } from '../consultation/deadline.js'
import type { Grounded, Pack } from '../pack/pack.js'
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
  | 'no-verdict'
  | 'silence-without-effect'
  | 'late-remark'

export type Obstacle = {
  readonly reason: ObstacleReason
  /** Consultation or remark. */
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
    gate('approval', pack.approval, []),
    gate('confirmations', pack.confirmations, []),
    gate('consultations', pack.consultation, consultationObstacles(release, pack)),
  ]
}

/** Whether every gate is open. */
export const allOpen = (gates: readonly Gate[]): boolean => gates.every(({ open }) => open)

function gate(kind: GateKind, rule: Grounded, obstacles: readonly Obstacle[]): Gate {
  return { kind, open: obstacles.length === 0, rule, obstacles }
}

function consultationObstacles(release: Release, pack: Pack): Obstacle[] {
  const obstacles: Obstacle[] = []
  if (!release.issued) obstacles.push({ reason: 'letters-not-issued' })
  for (const consultation of presentConsultations(release)) {
    if (isSettled(consultation)) continue
    obstacles.push({
      ...obstacleOf(consultation, pack),
      subject: consultation.id,
      agency: consultation.agency,
    })
  }
  for (const remark of holdingRemarks(release))
    obstacles.push({ reason: 'late-remark', subject: remark.id, agency: remark.agency })
  return obstacles
}

function obstacleOf(consultation: Consultation, pack: Pack): Obstacle {
  switch (consultation.status) {
    case 'issued':
      return { reason: 'not-received' }
    case 'undelivered':
      return { reason: 'no-mailbox' }
    case 'running':
      // While the deadline waits for a notice nobody can say when, and nothing opens by itself.
      return pack.silence.effect === 'deemed_consent' &&
        consultation.deadline !== undefined &&
        isFirm(consultation.deadline)
        ? { reason: 'opinion-awaited', opensAt: consultation.deadline.at }
        : { reason: 'opinion-awaited' }
    case 'answered':
      return consultation.opinion?.kind === 'objection'
        ? { reason: 'objection' }
        : { reason: 'changes-asked' }
    case 'defective':
      return consultation.opinion?.kind === 'objection'
        ? { reason: 'defective-objection' }
        : { reason: 'changes-asked' } // it does not say which: no consent either way
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
  return presentConsultations(release).map((consultation) => ({
    consultationId: consultation.id,
    how:
      consultation.status === 'deemed'
        ? 'deemed'
        : consultation.opinion?.kind === 'not_concerned'
          ? 'not_concerned'
          : 'express',
  }))
}
