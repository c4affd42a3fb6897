// What happens to one letter after it arrived: it is signed for (签收: a second grade of receipt, on
// which no clock hangs), read, or withdrawn by its sender. Pure; instants arrive in the command.
// Names of people are not in here: who signed lies in the letter table, the event holds a salted digest.
import type { LetterKind } from './letter-kind.js'
import type { Id, Instant } from '../../../shared/identity/identity.js'
import type { SignedBy } from '../../../shared/identity/signing-key.js'

export type LetterEvent =
  | {
      readonly type: 'ReceiptSigned'
      readonly releaseId: Id<'release'>
      readonly consultationId?: Id<'consultation'>
      readonly signedAt: Instant
      /** SHA-256(salt ‖ who signed, UTF-8), hex. */
      readonly signedBy: string
      /** Where the agency's own signature came with it: with which key, and the digest of what is kept of it. */
      readonly signed?: SignedBy
      /** The caller's line; absent in receipts of before 2026-11-26. */
      readonly by?: string
    }
  | { readonly type: 'LetterWithdrawn'; readonly withdrawnAt: Instant }
  | {
      readonly type: 'LetterRead'
      /** The caller's line: which system of the agency. */
      readonly reader: string
      readonly readAt: Instant
      /** What it was a letter of; absent in readings of before 2026-11-26. */
      readonly about?: ReadAbout
    }

/** Whose draft a letter may carry: the releasing agency is told of its readings. */
export type ReadAbout = {
  readonly releaseId: Id<'release'>
  readonly kind: LetterKind
  readonly version: number
}

export type LetterCommand =
  | {
      readonly type: 'SignReceipt'
      readonly releaseId: Id<'release'>
      readonly consultationId?: Id<'consultation'>
      readonly signedBy: string
      readonly signed?: SignedBy
      readonly by?: string
      readonly now: Instant
    }
  | { readonly type: 'WithdrawLetter'; readonly now: Instant }
  | {
      readonly type: 'ReadLetter'
      readonly reader: string
      readonly now: Instant
      readonly about?: ReadAbout
    }

export type Letter = {
  readonly signedAt: Instant | null
  readonly withdrawnAt: Instant | null
  /** Readers of the latest minute, each with the reading that stands for it. */
  readonly readers: Readonly<Record<string, Instant>>
}

/** Repeated reads by the same system within this time are one reading: a client that polls fills no record. */
export const ONE_READING_MS = 60_000

export const unopened: Letter = { signedAt: null, withdrawnAt: null, readers: {} }

export function decide(state: Letter, command: LetterCommand): readonly LetterEvent[] {
  switch (command.type) {
    case 'SignReceipt': {
      if (state.signedAt !== null) return [] // signed for once; the first signature stands
      const { releaseId, consultationId, signedBy, signed, by, now } = command
      const about = consultationId === undefined ? { releaseId } : { releaseId, consultationId }
      const how = { ...(signed && { signed }), ...(by !== undefined && { by }) }
      return [{ type: 'ReceiptSigned', ...about, signedAt: now, signedBy, ...how }]
    }
    case 'WithdrawLetter':
      if (state.withdrawnAt !== null) return []
      return [{ type: 'LetterWithdrawn', withdrawnAt: command.now }]
    case 'ReadLetter': {
      const last = state.readers[command.reader]
      if (last !== undefined && isSameReading(last, command.now)) return []
      const { reader, now: readAt, about } = command
      return [{ type: 'LetterRead', reader, readAt, ...(about && { about }) }]
    }
  }
}

export function evolve(state: Letter, event: LetterEvent): Letter {
  switch (event.type) {
    case 'ReceiptSigned':
      return { ...state, signedAt: event.signedAt }
    case 'LetterWithdrawn':
      return { ...state, withdrawnAt: event.withdrawnAt }
    case 'LetterRead': {
      const readers = Object.entries(state.readers).filter(([, at]) =>
        isSameReading(at, event.readAt),
      )
      return { ...state, readers: { ...Object.fromEntries(readers), [event.reader]: event.readAt } }
    }
  }
}

function isSameReading(first: Instant, now: Instant): boolean {
  return Math.abs(now - first) < ONE_READING_MS
}
