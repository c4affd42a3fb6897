// The ruling (处理意见): on the text that was read and no other, with its grounds, and after those were
// heard who must be. Pure.
import type { Id, Instant } from '../../../shared/identity/identity.js'
import type { SignedBy } from '../../../shared/identity/signing-key.js'
import { Refusal } from '../../../shared/refusal/refusal.js'
import { unheardBodies } from './co-review.js'
import type { DisputeEvent, Disposition, LevelRole } from './events.js'
import { mustBeAccepted, type Dispute } from './state.js'

export type RuleCommand = {
  readonly rulingId: Id<'ruling'>
  readonly disposition: Disposition
  /** Digest of the version in dispute that the coordinator read. */
  readonly readDigest: string
  /** Digest of the text that may be released with its changes; empty with every other disposition. */
  readonly changedDigest: string
  readonly rulingDigest: string
  readonly documentNumber: string
  readonly numberFrom: 'agency' | 'allotted'
  readonly dissenting: readonly Id<'agency'>[]
  readonly ruledBy: string
  /** Where the coordinator signed it. */
  readonly signed?: SignedBy | undefined
  readonly now: Instant
  /** Full name of an agency, for the refusal that names who was not heard. */
  readonly name: (agency: string) => string
}

export function issueRuling(dispute: Dispute, command: RuleCommand): readonly DisputeEvent[] {
  mustBeAccepted(dispute)
  const { disposition, readDigest, changedDigest, now } = command
  if (readDigest !== dispute.draftDigest)
    throw new Refusal('malformed', 'DIGEST_MISMATCH', dispute.rule, {
      field: 'draft_digest',
      expected: dispute.draftDigest,
      given: readDigest,
    })
  if (disposition === 'release_with_changes' && changedDigest === dispute.draftDigest)
    throw new Refusal('malformed', 'DRAFT_UNCHANGED', dispute.rule, { field: 'ruling.text' })
  mustHaveHeard(dispute, command.name)
  const { rulingId, rulingDigest, documentNumber, numberFrom, dissenting, ruledBy } = command
  const { signed } = command
  const { releaseId, version, coordinator } = dispute
  return [
    {
      ...{ type: 'RulingIssued', releaseId, rulingId, version, disposition },
      draftDigest: mayBeReleased(dispute, disposition, changedDigest),
      ...{ rulingDigest, documentNumber, numberFrom, dissenting, coordinator, ruledBy },
      ruledAt: now,
      ...(signed && { signed }),
    },
  ]
}

function mayBeReleased(dispute: Dispute, disposition: Disposition, changed: string): string {
  switch (disposition) {
    case 'release':
      return dispute.draftDigest
    case 'release_with_changes':
      return changed
    case 'do_not_release':
    case 'back_to_negotiation':
      return ''
  }
}

const ROLES: Readonly<Record<LevelRole, { zh: string; en: string }>> = {
  legal: { zh: '法制', en: 'legal' },
  secrecy: { zh: '保密', en: 'secrecy' },
  supervision: { zh: '监察', en: 'supervision' },
}

function mustHaveHeard(dispute: Dispute, name: (agency: string) => string): void {
  const unheard = unheardBodies(dispute)
  if (unheard.length === 0) return
  const named = (language: 'zh' | 'en') =>
    unheard
      .map(({ role, body }) => {
        const word = ROLES[role][language]
        if (body !== undefined) return `${word}（${name(body)}）`
        return language === 'zh' ? `${word}（未征求）` : `${word} (not asked)`
      })
      .join(language === 'zh' ? '、' : ', ')
  throw new Refusal('out-of-order', 'CO_REVIEW_MISSING', dispute.rule, {
    bodies_zh: named('zh'),
    bodies_en: named('en'),
  })
}
