// One notification of one letter by one hook: tried, tried again later and later, and ended once, as
// delivered or as given up; the end goes on record. Pure.
import type { Id, Instant } from '../../../shared/identity/identity.js'

export type NotificationEnded = {
  readonly type: 'NotificationEnded'
  readonly letterId: Id<'letter'>
  readonly hookId: Id<'hook'>
  readonly delivered: boolean
  readonly attempts: number
  /** Stable word of the last failure; absent: there was none. */
  readonly failure?: string
  readonly endedAt: Instant
}

export type Notification = { readonly ended: boolean }

export const unended: Notification = { ended: false }

export type Outcome = {
  readonly letterId: Id<'letter'>
  readonly hookId: Id<'hook'>
  readonly delivered: boolean
  readonly attempts: number
  readonly failure: string
  readonly now: Instant
}

/** Ends it: once, whoever was first. */
export function decide({ ended }: Notification, outcome: Outcome): readonly NotificationEnded[] {
  if (ended) return []
  const { failure, now, ...facts } = outcome
  const why = failure === '' ? {} : { failure }
  return [{ type: 'NotificationEnded', ...facts, ...why, endedAt: now }]
}

export const evolve = (_state: Notification, _event: NotificationEnded): Notification => ({
  ended: true,
})

const MINUTE = 60_000
const HOUR = 60 * MINUTE
/** How long after the first, the second … attempt the next one comes; after the last of them it is given up. */
const DELAYS = [MINUTE, 5 * MINUTE, 30 * MINUTE, 2 * HOUR, 6 * HOUR, 12 * HOUR, 24 * HOUR]

export const ATTEMPTS_MAX = DELAYS.length + 1

/** How long to wait after so many failed attempts; undefined: no longer. */
export const delayAfter = (attempts: number): number | undefined => DELAYS[attempts - 1]
