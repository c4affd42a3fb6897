// The calendar as the directory's record has it: a line of revisions, each adding instruments, none
// ever changed. A notice takes two persons: one proposes it, another confirms the same words. What was
// published when and what we recorded when are kept apart. Pure.
import { createHash } from 'node:crypto'
import type { Instant } from '../../../shared/identity/identity.js'
import { Refusal } from '../../../shared/refusal/refusal.js'
import {
  canonicalInstrument,
  citationOf,
  dateOf,
  dayOf,
  digestOf,
  knownSince,
  revisionAsOf,
  type CalendarRevision,
  type Instrument,
  type LocalDate,
} from '../../../shared/working-days/working-days.js'
import { importNotice, previewImport } from './import-notice.js'

export type CalendarEvent =
  | {
      readonly type: 'CalendarRevised'
      /** From 1. */
      readonly number: number
      /** What it added. */
      readonly instruments: readonly Instrument[]
      /** Of all instruments together. */
      readonly digest: string
      /** Who confirmed it. */
      readonly author: string
      /** Who proposed it; absent: the first revision of a new directory, or a record made before notices took two persons. */
      readonly proposedBy?: string
    }
  | {
      readonly type: 'NoticeProposed'
      readonly instrument: Instrument
      /** Of the instrument's canonical form: what a second person confirms. */
      readonly digest: string
      readonly proposedBy: string
    }

/** A notice that waits for a second person. */
export type NoticeProposal = {
  readonly instrument: Instrument
  readonly digest: string
  readonly proposedBy: string
  readonly proposedAt: Instant
}

export type Revision = CalendarRevision & {
  /** Numbers or titles of what it added. */
  readonly added: readonly string[]
}

export type CalendarState = {
  /** Oldest first. */
  readonly revisions: readonly Revision[]
  /** At most one by region and name: a changed notice takes the place of the one before. */
  readonly proposals: readonly NoticeProposal[]
}

export type CalendarCommand =
  /** The first revision of a new directory; on any other it changes nothing. */
  | {
      readonly type: 'OpenCalendar'
      readonly instruments: readonly Instrument[]
      readonly author: string
      /** Only instruments published by this date: for a story in another year. */
      readonly publishedBy?: LocalDate
    }
  | {
      readonly type: 'ImportNotice'
      readonly instrument: Instrument
      readonly author: string
      readonly now: Instant
    }

export const empty: CalendarState = { revisions: [], proposals: [] }

export function decide(state: CalendarState, command: CalendarCommand): CalendarEvent[] {
  const previous = state.revisions.at(-1)
  switch (command.type) {
    case 'OpenCalendar': {
      if (previous !== undefined) return []
      const { publishedBy, author } = command
      const instruments = command.instruments.filter(
        (one) => publishedBy === undefined || knownSince(one) <= publishedBy,
      )
      const digest = digestOf(instruments)
      return [{ type: 'CalendarRevised', number: 1, instruments, digest, author }]
    }
    case 'ImportNotice': {
      const { instrument, author, now } = command
      const waits = proposalOf(state, instrument)
      if (waits === undefined) {
        previewImport(previous?.instruments ?? [], instrument, dateOf(dayOf(now)))
        const digest = instrumentDigest(instrument)
        return [{ type: 'NoticeProposed', instrument, digest, proposedBy: author }]
      }
      const { proposedBy } = waits
      if (proposedBy === author)
        throw new Refusal('out-of-order', 'NOTICE_NEEDS_SECOND_OPERATOR', 'house/two-persons', {
          field: 'confirm',
          operator: author,
        })
      const { number, digest } = importNotice(previous, instrument, now, author)
      return [
        { type: 'CalendarRevised', number, instruments: [instrument], digest, author, proposedBy },
      ]
    }
  }
}

export function evolve(
  state: CalendarState,
  event: CalendarEvent,
  recordedAt: Instant,
): CalendarState {
  const { revisions, proposals } = state
  switch (event.type) {
    case 'NoticeProposed': {
      const { instrument, digest, proposedBy } = event
      const proposal = { instrument, digest, proposedBy, proposedAt: recordedAt }
      const others = proposals.filter((one) => !isSameNotice(one.instrument, instrument))
      return { revisions, proposals: [...others, proposal] }
    }
    case 'CalendarRevised': {
      const { number, instruments, digest, author } = event
      const before = revisions.at(-1)?.instruments ?? []
      const added = instruments.map(citationOf)
      const revision = {
        ...{ number, recordedAt, author, digest, added },
        instruments: [...before, ...instruments],
      }
      return {
        revisions: [...revisions, revision],
        proposals: proposals.filter(
          (one) => !instruments.some((added) => isSameNotice(one.instrument, added)),
        ),
      }
    }
  }
}

// Its number (or title) and region say which notice it is; its words may still differ.
const isSameNotice = (one: Instrument, other: Instrument): boolean =>
  one.region === other.region && citationOf(one) === citationOf(other)

/** SHA-256 of an instrument's canonical form, in hexadecimal: the words that two persons agree on. */
export const instrumentDigest = (instrument: Instrument): string =>
  createHash('sha256').update(canonicalInstrument(instrument)).digest('hex')

/** The proposal of exactly these words that waits for a second person. */
export const proposalOf = (
  { proposals }: Pick<CalendarState, 'proposals'>,
  instrument: Instrument,
): NoticeProposal | undefined => {
  const digest = instrumentDigest(instrument)
  return proposals.find((one) => one.digest === digest)
}

/** The revision that was newest at an instant; the newest of all where none is named. */
export function revisionAt(
  { revisions }: Pick<CalendarState, 'revisions'>,
  recordedBy?: Instant,
): Revision {
  const newest = revisions.at(-1)
  if (newest === undefined) throw new Error('the calendar has no revision: it was not opened')
  if (recordedBy === undefined) return newest
  return revisionNumbered({ revisions }, revisionAsOf(revisions, recordedBy).number)
}

/** A revision by its number. */
export function revisionNumbered(
  { revisions }: Pick<CalendarState, 'revisions'>,
  number: number,
): Revision {
  const found = revisions.find((one) => one.number === number)
  if (found) return found
  throw new Refusal('malformed', 'REVISION_UNKNOWN', 'house/calendar', {
    field: 'number',
    value: number,
  })
}
