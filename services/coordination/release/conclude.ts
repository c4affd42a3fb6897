// How a release ends: late remarks decided on, withdrawal, publication and the breaches that a
// publication shows (协调 art. 6, 8). A publication is a fact and never refused. Pure.
import { Refusal } from '../../../shared/refusal/refusal.js'
import type { Instant } from '../../../shared/identity/identity.js'
import type { Declaration } from '../declaration/declaration.js'
import { disputeEnded, ruledAgainst } from '../dispute/dispute.js'
import { ruleOf, type Pack } from '../pack/pack.js'
import type { Breach, ReleaseEvent } from './events.js'
import { Deciding, mustBeOpen } from './release.js'
import type { LateRemark, Release } from './state.js'

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
  mustBeOpen(release, pack, { zh: '处理意见', en: 'have remarks decided on' })
  const remark = release.remarks.find(({ id }) => id === command.remarkId)
  if (remark === undefined) throw new Refusal('not-found', 'NOT_FOUND', 'house/relation')
  const secret = remark.opinion.claims.includes('secrecy')
  if (secret && command.decision === 'release_stands' && !command.secrecyBodyView)
    throw new Refusal('malformed', 'FIELD_MISSING', ruleOf(pack, pack.lateRemarks), {
      field: 'secrecy_body_view',
      why_zh: '该意见涉及保密，须先有保密部门的意见。',
      why_en: 'The remark claims secrecy: the view of the secrecy body must be on record.',
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
  mustBeOpen(release, pack, { zh: '撤回', en: 'be withdrawn' })
  return [
    ...disputeEnded(release, 'release-withdrawn', command.now),
    { type: 'ReleaseWithdrawn', withdrawnAt: command.now, reasonDigest: command.reasonDigest },
  ]
}

/** What a withdrawn release said is destroyed, once its letters have been posted: for good, and only its owner may. */
export function destroyContent(
  release: Release,
  command: { readonly now: Instant; readonly lettersWaiting: boolean },
): readonly ReleaseEvent[] {
  const field = 'release_id'
  if (release.withdrawn === undefined)
    throw new Refusal('out-of-order', 'CONTENT_IN_USE', 'house/confidentiality', { field })
  if (release.contentDestroyedAt !== undefined) return []
  if (command.lettersWaiting)
    throw new Refusal('out-of-order', 'LETTERS_ON_THE_WAY', 'house/confidentiality', { field })
  return [{ type: 'ContentDestroyed', destroyedAt: command.now }]
}

/**
 * A publication is recorded with the breaches that it shows: facts, never guilt (art. 8). What is published again, elsewhere,
 * later or with other content, is another fact; the very same told twice is one.
 */
export function recordPublication(
  release: Release,
  command: {
    readonly publishedAt: Instant
    readonly now: Instant
    readonly digest: string
    readonly whereDigest: string
  },
): readonly ReleaseEvent[] {
  const { published, furtherPublications } = release
  const onRecord = published === undefined ? [] : [published, ...furtherPublications]
  const { publishedAt, digest, whereDigest } = command
  if (
    onRecord.some(
      (one) => one.at === publishedAt && one.digest === digest && one.whereDigest === whereDigest,
    )
  )
    return []
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

/** As the record stands for the instant of the publication: what changed after it makes no breach of it. */
function breachesOf(
  release: Release,
  { publishedAt, digest }: { readonly publishedAt: Instant; readonly digest: string },
): Breach[] {
  const breaches: Breach[] = []
  const { withdrawn, remarks, declarations } = release
  const clearance = clearanceAt(release, publishedAt)
  if (withdrawn !== undefined && withdrawn.at <= publishedAt) breaches.push('withdrawn')
  if (clearance === undefined) breaches.push('not-cleared')
  else if (
    remarks.some((remark) => holdsAt(remark, clearance.version, publishedAt)) ||
    declarations.some((declaration) => isOpenAt(declaration, publishedAt))
  )
    breaches.push('held')
  if (digest !== (clearance?.digest ?? release.draftDigest)) breaches.push('other-content')
  const ruled = release.disputes.filter(({ ruling }) => (ruling?.at ?? Infinity) <= publishedAt)
  if (ruledAgainst(ruled, digest) !== undefined) breaches.push('against-ruling')
  return breaches
}

function clearanceAt({ cleared, endedClearances }: Release, at: Instant) {
  if (cleared !== undefined && cleared.at <= at) return cleared
  return endedClearances.find(({ from, until }) => from <= at && at < until)
}

function isOpenAt({ declaredAt, answeredAt }: Declaration, at: Instant): boolean {
  return declaredAt <= at && (answeredAt === undefined || answeredAt > at)
}

function holdsAt(remark: LateRemark, version: number, at: Instant): boolean {
  const { holds, opinion, decision, decidedAt, decidedOn } = remark
  if (!holds || opinion.admittedAt > at) return false
  if (decidedAt === undefined || decidedAt > at) return true
  return decision === 'taken_up' && decidedOn === version
}
