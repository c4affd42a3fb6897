// Readings of a draft: who read it and when. Each release has a dossier of its own for them, so that
// a reading is on record and never in the way of a decision. Pure.
import type { Instant } from '../../shared/identity/identity.js'

export type Readings = { readonly count: number }

export type ReadingEvent = {
  readonly type: 'DraftRead'
  readonly reader: string
  readonly version: number
  readonly readAt: Instant
}

export const noReadings: Readings = { count: 0 }
export const evolveReadings = ({ count }: Readings, _event: ReadingEvent): Readings => ({
  count: count + 1,
})
