// Whether the clock can be trusted: the wall is compared with the monotonic clock within one run, and
// with the persisted mark at a start. A jump stops deeming until a person has confirmed the clock. Pure.
import type { Instant } from '../../../shared/identity/identity.js'

/** A jump of the wall against the monotonic clock above this is not a slewing clock. */
export const JUMP_MS = 5_000

/** Causes of doubt. */
export type ClockDoubt = 'wall-jumped' | 'wall-behind-mark'

export type Stretch = { readonly from: Instant; readonly to: Instant }

export type ClockReading = { readonly wall: Instant; readonly monotonic: number }

/** What two readings of one run say: undefined where they agree. */
export function jumpBetween(before: ClockReading, now: ClockReading): number | undefined {
  const drift = now.wall - before.wall - (now.monotonic - before.monotonic)
  return Math.abs(drift) > JUMP_MS ? drift : undefined
}

/** Whether a start finds its wall behind the mark of the last run: then somebody must look at the clock. */
export const isBehindMark = (mark: Instant, now: Instant, toleratedMs: number): boolean =>
  now < mark - toleratedMs

/**
 * The stretch after a reading that the wall of `now` tells of and the monotonic clock does not: nobody
 * lived it here. Between a mark of an earlier run, read at this run's start, and now it is the downtime.
 */
export function notLived(
  kept: ClockReading,
  now: ClockReading,
  toleratedMs: number,
): Stretch | undefined {
  const to = wallOf(kept.monotonic, now)
  return to - kept.wall > toleratedMs ? { from: kept.wall, to } : undefined
}

/** What the wall of `now` would have said at a monotonic instant. */
export const wallOf = (monotonic: number, now: ClockReading): Instant =>
  Math.round(now.wall - (now.monotonic - monotonic))
