// Readings of a dispute's content: who read it and when. Each dispute has a dossier of its own for them, so
// that a reading is on record and never in the way of a decision. Pure.
import type { Id, Instant } from '../../shared/identity/identity.js'

export type Readings = { readonly count: number }

export type ReadingEvent = {
  readonly type: 'DisputeRead'
  readonly disputeId: Id<'dispute'>
  /** Absent in readings of before 2026-11-26. */
  readonly releaseId?: Id<'release'>
  readonly version?: number
  readonly reader: string
  readonly readAt: Instant
}

export const noReadings: Readings = { count: 0 }
export const evolveReadings = ({ count }: Readings, _event: ReadingEvent): Readings => ({
  count: count + 1,
})
