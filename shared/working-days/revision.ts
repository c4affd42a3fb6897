// Revisions: what the calendar was when. An instrument is published on one day and recorded by us on
// another; the two are kept apart, and no revision is ever changed.
import { createHash } from 'node:crypto'
import type { Instant } from '../identity/identity.js'
import { Refusal } from '../refusal/refusal.js'
import { inOrder, type Instrument } from './instrument.js'

export type CalendarRevision = {
  /** From 1. */
  readonly number: number
  readonly recordedAt: Instant
  /** Who recorded it, as a caller line. */
  readonly author: string
  /** All instruments of this state. */
  readonly instruments: readonly Instrument[]
  /** SHA-256 over the canonical instruments, in hexadecimal. */
  readonly digest: string
}

/** A revision that follows another, or the first. */
export function revisionAfter(
  previous: CalendarRevision | undefined,
  instruments: readonly Instrument[],
  recordedAt: Instant,
  author: string,
): CalendarRevision {
  const number = (previous?.number ?? 0) + 1
  return { number, recordedAt, author, instruments, digest: digestOf(instruments) }
}

/** SHA-256, in hexadecimal, over the RFC 8785 form of the instruments in their order. */
export function digestOf(instruments: readonly Instrument[]): string {
  return createHash('sha256')
    .update(canonical(inOrder(instruments).map(plain)))
    .digest('hex')
}

/** The RFC 8785 form of an instrument. */
export const canonicalInstrument = (instrument: Instrument): string => canonical(plain(instrument))

function plain(one: Instrument) {
  const { number, title, issuer, issuedOn, publishedOn, url, region, notifies, provides } = one
  const operations = one.operations.map(({ date, op, name }) => ({ date, op, name }))
  const facts = { number, title, issuer, issuedOn, publishedOn, url, region }
  return { ...facts, notifies, provides, operations }
}

// Only strings, whole numbers, null, lists and plain objects occur: for these RFC 8785 is JSON with
// its keys in order.
function canonical(value: unknown): string {
  return JSON.stringify(value, (_key, part: unknown) =>
    part !== null && typeof part === 'object' && !Array.isArray(part)
      ? Object.fromEntries(Object.entries(part).sort(([one], [other]) => (one < other ? -1 : 1)))
      : part,
  )
}

/** The newest revision recorded at or before an instant. */
export function revisionAsOf(
  revisions: readonly CalendarRevision[],
  recordedBy: Instant,
): CalendarRevision {
  const found = revisions.findLast(({ recordedAt }) => recordedAt <= recordedBy)
  if (found) return found
  const params = { field: 'recorded_by', value: new Date(recordedBy).toISOString() }
  throw new Refusal('malformed', 'REVISION_UNKNOWN', 'house/calendar', params)
}
