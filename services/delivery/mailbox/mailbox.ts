// An agency's mailbox: the letters that entered it, numbered without gaps. A letter is received at
// the instant at which it enters the mailbox that its recipient designated (电子签名法 art. 11; 协调
// art. 6): no designated mailbox, no receipt, and no clock. Pure: instants and designations arrive.
//
// A mailbox grows for ever, so its state holds no letters: whoever decides has looked them up in the
// table first and says as of which version. What was touched since then is in a bounded window of
// recent ids: a letter found there, or a look-up older than the window, is overtaken and looked up anew.
import type { Id, Instant } from '../../../shared/identity/identity.js'
import { Refusal } from '../../../shared/refusal/refusal.js'
import type { LetterKind } from '../letter/letter-kind.js'

/** What a letter is, without what it says. */
export type LetterFacts = {
  readonly letterId: Id<'letter'>
  readonly kind: LetterKind
  readonly releaseId: Id<'release'>
  readonly consultationId?: Id<'consultation'>
  /** Version of the draft; 0: none. */
  readonly version: number
  readonly sender: Id<'agency'>
  readonly documentNumber?: string
  /** The service that posted it, and alone may withdraw it. */
  readonly postedBy: string
  /** SHA-256 of the letter's bytes as they are kept apart, hex. */
  readonly content: string
}

export type LetterArrived = LetterFacts & {
  readonly type: 'LetterArrived'
  /** Gapless in the mailbox, from 1. */
  readonly number: number
  readonly receivedAt: Instant
}

export type LetterUndelivered = LetterFacts & {
  readonly type: 'LetterUndelivered'
  readonly postedAt: Instant
}

export type WaitingLetterWithdrawn = {
  readonly type: 'WaitingLetterWithdrawn'
  readonly letterId: Id<'letter'>
  readonly withdrawnAt: Instant
}

export type MailboxEvent = LetterArrived | LetterUndelivered | WaitingLetterWithdrawn

/** The mailbox that an agency designated, and since when. */
export type Designation = { readonly address: string; readonly designatedAt: Instant }

/** `asOf`: the mailbox's version when the letters were looked up and found new, or found waiting. */
export type MailboxCommand =
  | {
      readonly type: 'PostLetters'
      readonly letters: readonly LetterFacts[]
      readonly asOf: number
      readonly designation: Designation | undefined
      readonly now: Instant
    }
  | {
      readonly type: 'DeliverWaiting'
      readonly letters: readonly LetterFacts[]
      readonly asOf: number
      readonly designation: Designation | undefined
      readonly now: Instant
    }
  | {
      readonly type: 'WithdrawWaiting'
      readonly letterId: Id<'letter'>
      readonly asOf: number
      readonly now: Instant
    }

export type Mailbox = {
  /** Events so far: the version. */
  readonly version: number
  /** Number of the newest letter; 0: none yet. */
  readonly lastNumber: number
  /** Ids of the letters of the latest events, in chunks so that adding one copies little. */
  readonly recent: readonly (readonly string[])[]
}

const CHUNK = 32
const CHUNKS_MAX = 33 // at least 1,024 ids whatever the newest chunk holds

export const emptyMailbox: Mailbox = { version: 0, lastNumber: 0, recent: [] }

/** Whether a letter can be received at `now`: an agency designated a mailbox, by then. */
export function receives(designation: Designation | undefined, now: Instant): boolean {
  return designation !== undefined && designation.designatedAt <= now
}

export function decide(state: Mailbox, command: MailboxCommand): readonly MailboxEvent[] {
  switch (command.type) {
    case 'PostLetters': {
      const { letters, now } = command
      untouched(state, command.asOf, letters)
      if (receives(command.designation, now)) return arrivals(state, letters, now)
      return letters.map((letter) => ({ ...letter, type: 'LetterUndelivered', postedAt: now }))
    }
    case 'DeliverWaiting': {
      const { letters, now } = command
      if (!receives(command.designation, now)) return []
      untouched(state, command.asOf, letters)
      return arrivals(state, letters, now) // received now, not when they were posted
    }
    case 'WithdrawWaiting': {
      const { letterId, asOf, now } = command
      untouched(state, asOf, [command])
      return [{ type: 'WaitingLetterWithdrawn', letterId, withdrawnAt: now }]
    }
  }
}

export function evolve(state: Mailbox, event: MailboxEvent): Mailbox {
  return {
    version: state.version + 1,
    lastNumber: event.type === 'LetterArrived' ? event.number : state.lastNumber,
    recent: withRecent(state.recent, event.letterId),
  }
}

function arrivals(state: Mailbox, letters: readonly LetterFacts[], now: Instant): LetterArrived[] {
  return letters.map((letter, index) => ({
    ...letter,
    type: 'LetterArrived',
    number: state.lastNumber + 1 + index,
    receivedAt: now,
  }))
}

// Refuses unless nothing was recorded about these letters since the look-up at version `asOf`.
function untouched(
  state: Mailbox,
  asOf: number,
  letters: readonly { readonly letterId: string }[],
): void {
  const since = recentIds(state.recent, state.version - asOf)
  if (since === undefined || letters.some(({ letterId }) => since.has(letterId)))
    throw new Refusal('overtaken', 'OVERTAKEN', 'house/posting')
}

// The ids of the last `count` events; undefined where the window does not reach back so far.
function recentIds(recent: Mailbox['recent'], count: number): ReadonlySet<string> | undefined {
  const ids = new Set<string>()
  let left = count
  for (let chunk = recent.length - 1; left > 0; chunk--) {
    const of = recent[chunk]
    if (of === undefined) return undefined
    for (const id of of.slice(-left)) ids.add(id)
    left -= of.length
  }
  return ids
}

function withRecent(recent: Mailbox['recent'], id: string): Mailbox['recent'] {
  const newest = recent.at(-1)
  if (newest !== undefined && newest.length < CHUNK)
    return [...recent.slice(0, -1), [...newest, id]]
  return [...recent.slice(-(CHUNKS_MAX - 1)), [id]]
}
