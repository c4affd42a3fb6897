// An agency's written opinion, as the record keeps it: its kind, its digest and what follows from
// it. Its words lie in the content store. Pure.
import type { Claim } from '../pack/pack.js'
import type { Id, Instant } from '../../../shared/identity/identity.js'
import type { SignedBy } from '../../../shared/identity/signing-key.js'
import type { Evidence } from '../paper/paper.js'

/** The five kinds (同意, 修改后同意, 不同意, 不涉及本机关, 其他答复). */
export type OpinionKind =
  'consent' | 'consent_with_changes' | 'objection' | 'not_concerned' | 'other_reply'

/** A verdict that closes a consultation without anything further. */
export const closesTheConsultation = (kind: OpinionKind): boolean =>
  kind === 'consent' || kind === 'not_concerned'

/** An opinion as it was handed in. */
export type Opinion = {
  readonly kind: OpinionKind
  /** SHA-256 of the canonical opinion (proto/DIGESTS.md), hex. */
  readonly digest: string
  /** Whether it states reasons (objection) or the changes asked for (consent with changes). */
  readonly hasReasons: boolean
  readonly claims: readonly Claim[]
  readonly askInstead?: Id<'agency'>
}

/** An opinion on record. */
export type Given = Opinion & {
  readonly admittedAt: Instant
  /** Caller line of whoever handed it in, or recorded it where it came on paper. */
  readonly givenBy: string
  /** Where the agency signed it: with which key, and the digest of what is kept of it. */
  readonly signed?: SignedBy
  /** Where it was handed in on paper: then `admittedAt` is when that was. */
  readonly paper?: {
    readonly evidence: Evidence
    readonly recordedAt: Instant
    readonly recordedBy: 'releasing' | 'consulted' | 'authority'
    /** Recorded by another than its agency: until then the agency's own word takes its place, whatever was cleared on it. */
    readonly openUntil?: Instant
  }
}

/** Whether it lacks what its kind must state: then a known "no" (or "not like this") is on record, but defective. */
export function isDefective(opinion: Opinion): boolean {
  return (
    (opinion.kind === 'objection' || opinion.kind === 'consent_with_changes') && !opinion.hasReasons
  )
}
