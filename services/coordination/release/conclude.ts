// How a release ends: late remarks decided on, withdrawal, publication and the breaches that a
// publication shows (协调 art. 6, 8). A publication is a fact and never refused. Pure.
import { Refusal } from '../../../shared/refusal/refusal.js'
import type { Instant } from '../../../shared/identity/identity.js'
import { ruleOf, type Pack } from '../pack/pack.js'
import type { Breach, ReleaseEvent } from './events.js'
import { Deciding, mustBeOpen } from './release.js'
import { statusOf, type Release } from './state.js'

/** The releasing agency decides on a remark that holds the release; on secrecy with the secrecy body's view on record. */
export function decideLateRemark(
  release: Release,
  pack: Pack,
  command: {
    readonly remarkId: string
    readonly decision: 'release_stands' | 'taken_up'
    readonly decisionDigest: string
    readonly secrecyBodyView: boolean
    readonly now: Instant
  },
): readonly ReleaseEvent[] {
  mustBeOpen(release, pack, '处理意见(be decided on)')
  const remark = release.remarks.find(({ id }) => id === command.remarkId)
  if (remark === undefined) throw new Refusal('not-found', 'NOT_FOUND', 'house/relation')
  const secret = remark.opinion.claims.includes('secrecy')
  if (secret && command.decision === 'release_stands' && !command.secrecyBodyView)
    throw new Refusal('malformed', 'FIELD_MISSING', ruleOf(pack, pack.lateRemarks), {
      field: 'secrecy_body_view',
      why: '该意见涉及保密，须先有保密部门的意见。The remark claims secrecy: the view of the secrecy body must be on record.',
    })
  const deciding = new Deciding(release, pack, command.now)
  deciding.add([
    {
      type: 'LateRemarkDecided',
      remarkId: remark.id,
      decision: command.decision,
      decisionDigest: command.decisionDigest,
      decidedAt: command.now,
    },
  ])
  return deciding.end()
}

/** Withdrawn at any time before publication. */
export function withdraw(
  release: Release,
  pack: Pack,
  command: { readonly now: Instant; readonly reasonDigest: string },
): readonly ReleaseEvent[] {
  mustBeOpen(release, pack, '撤回(be withdrawn)')
  return [
    { type: 'ReleaseWithdrawn', withdrawnAt: command.now, reasonDigest: command.reasonDigest },
  ]
}

/** A publication is recorded with the breaches that it shows: facts, never guilt (art. 8). */
export function recordPublication(
  release: Release,
  pack: Pack,
  command: {
    readonly publishedAt: Instant
    readonly now: Instant
    readonly digest: string
    readonly whereDigest: string
  },
): readonly ReleaseEvent[] {
  if (release.published !== undefined)
    throw new Refusal('out-of-order', 'RELEASE_ENDED', ruleOf(pack, pack.breach), {
      status: '发布(published)',
      act: '再次登记发布(be recorded as published again)',
    })
  const events: ReleaseEvent[] = [
    {
      type: 'ReleasePublished',
      publishedAt: command.publishedAt,
      recordedAt: command.now,
      digest: command.digest,
      whereDigest: command.whereDigest,
    },
  ]
  const breaches = breachesOf(release, command)
  if (breaches.length > 0) events.push({ type: 'BreachRecorded', breaches })
  return events
}

function breachesOf(
  release: Release,
  command: { readonly publishedAt: Instant; readonly digest: string },
): Breach[] {
  const breaches: Breach[] = []
  const status = statusOf(release)
  if (status === 'withdrawn') breaches.push('withdrawn')
  if (status === 'held') breaches.push('held')
  if (release.cleared === undefined || command.publishedAt < release.cleared.at)
    breaches.push('not-cleared')
  if (command.digest !== (release.cleared?.digest ?? release.draftDigest))
    breaches.push('other-content')
  return breaches
}
