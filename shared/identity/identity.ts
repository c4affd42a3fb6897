// Who and what is spoken of: typed ids and the kinds of caller. Pure; minting takes its time and
// its randomness as arguments.
import { v7 } from 'uuid'

/** The kinds of things that have an id, in alphabetical order. */
export type IdKind =
  | 'agency'
  | 'approval'
  | 'attachment'
  | 'co-review'
  | 'confirmation'
  | 'consultation'
  | 'declaration'
  | 'dispute'
  | 'hook'
  | 'letter'
  | 'mailbox'
  | 'pack'
  | 'referral'
  | 'release'
  | 'remark'
  | 'round'
  | 'ruling'
  | 'statement'
  | 'upload'

/** An id that cannot be handed over for another kind's. An agency's id is its credit code; the rest are UUIDv7. */
export type Id<Kind extends IdKind> = string & { readonly kind?: Kind }

/** UTC milliseconds. */
export type Instant = number

/** Whoever made a call, read from one URI SAN of the certificate it was made with. */
export type Caller =
  | {
      kind: 'agency'
      agency: Id<'agency'>
      system: string
      /** The agency's own mark of the officer at that system, where it named one by a token (proto/ACTS.md). It permits nothing. */
      officer?: string
      /** Agencies that it stands for, itself among them; filled in by a service that knows successors. Absent: itself alone. */
      standsFor?: readonly Id<'agency'>[]
    }
  | { kind: 'service'; name: string }
  /** 系统管理员: runs the house; decides nothing about who may enter, and audits nothing. */
  | { kind: 'operator'; name: string }
  /** 安全管理员: certificates and their revocation, and nothing else. */
  | { kind: 'security'; name: string }
  /** 审计管理员: reads, and changes nothing. */
  | { kind: 'auditor'; name: string }

export type CallerKind = Caller['kind']

/** Whose certificate it is, as one line: `agency/<credit code>/<system>`, `service/<name>` … */
export function systemLine(caller: Caller): string {
  return caller.kind === 'agency'
    ? `agency/${caller.agency}/${caller.system}`
    : `${caller.kind}/${caller.name}`
}

/** The caller as one line, for records: `systemLine`, and `#<officer>` where the system named one. */
export function callerLine(caller: Caller): string {
  const officer = caller.kind === 'agency' ? caller.officer : undefined
  return officer === undefined ? systemLine(caller) : `${systemLine(caller)}#${officer}`
}

/** Where ids and salts come from: the system's randomness, or a seed in tests. */
export type Mint = {
  /** A new id (UUIDv7), ordered by the instant given. */
  id<Kind extends IdKind>(at: Instant): Id<Kind>
  /** Fresh random bytes, for salts (16) and keys. */
  bytes(length: number): Uint8Array
}

/** A mint over any source of random bytes. */
export function mintFrom(random: (length: number) => Uint8Array): Mint {
  return {
    id: (at) => v7({ msecs: at, random: random(16) }),
    bytes: random,
  }
}
