// Readings of a draft: who read it, when, and where it stood before them. Each release has a dossier of its own
// for them, so that a reading is on record and never in the way of a decision. Pure.
import type { Instant } from '../../shared/identity/identity.js'

export type Readings = { readonly count: number }

/** Where it was read: the release itself, a file of it, two versions side by side, a letter, the file of a dispute. */
export type ReadWhere = 'release' | 'file' | 'comparison' | 'letter' | 'dispute'

export type ReadingEvent = {
  readonly type: 'DraftRead'
  /** The caller's line: which system of which agency. */
  readonly reader: string
  readonly version: number
  readonly readAt: Instant
  /** Absent in readings of before 2026-11-26. */
  readonly where?: ReadWhere
}

export const noReadings: Readings = { count: 0 }
export const evolveReadings = ({ count }: Readings, _event: ReadingEvent): Readings => ({
  count: count + 1,
})
