// The calendar as the directory's record has it: a line of revisions, each adding instruments, none
// ever changed. What was published when and what we recorded when are kept apart. Pure.
import type { Instant } from '../../../shared/identity/identity.js'
import { Refusal } from '../../../shared/refusal/refusal.js'
import {
  citationOf,
  digestOf,
  knownSince,
  revisionAsOf,
  type CalendarRevision,
  type Instrument,
  type LocalDate,
} from '../../../shared/working-days/working-days.js'
import { importNotice } from './import-notice.js'

export type CalendarEvent = {
  readonly type: 'CalendarRevised'
  /** From 1. */
  readonly number: number
  /** What it added. */
  readonly instruments: readonly Instrument[]
  /** Of all instruments together. */
  readonly digest: string
  readonly author: string
}

export type Revision = CalendarRevision & {
  /** Numbers or titles of what it added. */
  readonly added: readonly string[]
}

/** Oldest first. */
export type CalendarState = { readonly revisions: readonly Revision[] }

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

export const empty: CalendarState = { revisions: [] }

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
      const { number, digest } = importNotice(previous, instrument, now, author)
      return [{ type: 'CalendarRevised', number, instruments: [instrument], digest, author }]
    }
  }
}

export function evolve(
  { revisions }: CalendarState,
  { number, instruments, digest, author }: CalendarEvent,
  recordedAt: Instant,
): CalendarState {
  const before = revisions.at(-1)?.instruments ?? []
  const all = [...before, ...instruments]
  const added = instruments.map(citationOf)
  const revision = { number, recordedAt, author, instruments: all, digest, added }
  return { revisions: [...revisions, revision] }
}

/** The revision that was newest at an instant; the newest of all where none is named. */
export function revisionAt({ revisions }: CalendarState, recordedBy?: Instant): Revision {
  const newest = revisions.at(-1)
  if (newest === undefined) throw new Error('the calendar has no revision: it was not opened')
  if (recordedBy === undefined) return newest
  return revisionNumbered({ revisions }, revisionAsOf(revisions, recordedBy).number)
}

/** A revision by its number. */
export function revisionNumbered({ revisions }: CalendarState, number: number): Revision {
  const found = revisions.find((one) => one.number === number)
  if (found) return found
  throw new Refusal('malformed', 'REVISION_UNKNOWN', 'house/calendar', {
    field: 'number',
    value: number,
  })
}
