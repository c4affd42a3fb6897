// Whether the clock can be trusted: the wall is compared with the monotonic clock within one run, and
// with the persisted mark at a start. A jump stops deeming until a person has confirmed the clock. Pure.
import type { Instant } from '../../../shared/identity/identity.js'

/** A jump of the wall against the monotonic clock above this is not a slewing clock. */
export const JUMP_MS = 5_000

/** Causes of doubt. */
export type ClockDoubt = 'wall-jumped' | 'wall-behind-mark'

export type ClockReading = { readonly wall: Instant; readonly monotonic: number }

/** What two readings of one run say: undefined where they agree. */
export function jumpBetween(before: ClockReading, now: ClockReading): number | undefined {
  const drift = now.wall - before.wall - (now.monotonic - before.monotonic)
  return Math.abs(drift) > JUMP_MS ? drift : undefined
}

/** What a start finds beside the mark of the last run. */
export function foundAtStart(
  mark: Instant | undefined,
  now: Instant,
  toleratedMs: number,
): { downtime?: { from: Instant; to: Instant }; doubt?: ClockDoubt } {
  if (mark === undefined) return {}
  if (now < mark - toleratedMs) return { doubt: 'wall-behind-mark' }
  return now - mark > toleratedMs ? { downtime: { from: mark, to: now } } : {}
}
