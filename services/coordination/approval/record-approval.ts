// An approval comes on record, for the present version and no other (协调 art. 7 para 1). Pure.
import { Refusal } from '../../../shared/refusal/refusal.js'
import type { Id, Instant } from '../../../shared/identity/identity.js'
import type { Evidence } from '../paper/paper.js'
import { ruleOf, type Pack } from '../pack/pack.js'
import type { ReleaseEvent } from '../release/events.js'
import { Deciding, mustBeOpen } from '../release/release.js'
import type { Release } from '../release/state.js'

export type RecordApproval = {
  readonly approvalId: Id<'approval'>
  readonly organDigest: string
  readonly approvedOn: string
  readonly copy: Evidence
  readonly wordsDigest: string
  /** Digest of the draft that is approved. */
  readonly draftDigest: string
  readonly recordedBy: string
  readonly now: Instant
  /** Beijing date of now. */
  readonly today: string
  /** For the message: the organs that were declared. */
  readonly declared: readonly string[]
}

/** Records an approval; one of an organ that was never declared would open nothing, and is refused. */
export function recordApproval(
  release: Release,
  pack: Pack,
  command: RecordApproval,
): readonly ReleaseEvent[] {
  const { organDigest, approvedOn, copy, wordsDigest, draftDigest, recordedBy } = command
  const rule = ruleOf(pack, pack.approval)
  mustBeOpen(release, pack, { zh: '记录批准', en: 'have an approval recorded' })
  if (approvedOn > command.today)
    throw new Refusal('malformed', 'FIELD_VALUE', rule, {
      field: 'approval.approved_on',
      value: approvedOn,
      why_zh: '批准日期不能在将来；未经批准不得发布。',
      why_en: 'It lies in the future; an approval is one that has been given.',
    })
  const needed = release.particulars.approvalsNeeded
  if (needed.length > 0 && !needed.some((need) => need.organDigest === organDigest))
    throw new Refusal('malformed', 'APPROVAL_NOT_DECLARED', rule, {
      field: 'approval.organ',
      declared: command.declared.join('、'),
    })
  if (draftDigest !== release.draftDigest)
    throw new Refusal('out-of-order', 'VERSION_SUPERSEDED', rule, {
      field: 'draft_digest',
      given: draftDigest,
      version: release.version,
    })
  const deciding = new Deciding(release, pack, command.now)
  deciding.add([
    {
      type: 'ApprovalRecorded',
      approvalId: command.approvalId,
      version: release.version,
      ...{ organDigest, approvedOn, copy, wordsDigest, draftDigest, recordedBy },
      recordedAt: command.now,
    },
  ])
  return deciding.end()
}
