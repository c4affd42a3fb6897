// Instants on the wire: google.protobuf.Timestamp in whole milliseconds.
import type { Timestamp } from '../../../gen/google/protobuf/timestamp.js'
import type { Instant } from '../../../shared/identity/identity.js'
import { Refusal } from '../../../shared/refusal/refusal.js'
import { isInstant } from '../../../shared/working-days/working-days.js'

export const timestampOf = (at: Instant): Timestamp => ({
  seconds: Math.floor(at / 1000),
  nanos: (((at % 1000) + 1000) % 1000) * 1_000_000,
})

/** The instant of a timestamp that may be absent. */
export function instantIfGiven(stamp: Timestamp | undefined, field: string): Instant | undefined {
  if (stamp === undefined) return undefined
  const at = stamp.seconds * 1000 + stamp.nanos / 1_000_000
  if (!isInstant(at) || stamp.nanos < 0 || stamp.nanos >= 1_000_000_000)
    throw new Refusal('malformed', 'INSTANT_MALFORMED', 'house/wire', {
      field,
      value: `${stamp.seconds}s ${stamp.nanos}ns`,
    })
  return at
}

/** The instant of a timestamp that must be given. */
export function instantOf(stamp: Timestamp | undefined, field: string): Instant {
  const at = instantIfGiven(stamp, field)
  if (at === undefined)
    throw new Refusal('malformed', 'FIELD_MISSING', 'house/wire', { field, why: '' })
  return at
}
