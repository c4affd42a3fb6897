// Instants on the wire: google.protobuf.Timestamp in whole milliseconds, and no others.
import type { Timestamp } from '../../gen/google/protobuf/timestamp.js'
import type { Instant } from '../identity/identity.js'
import { missing, unusable } from './fields.js'

const EARLIEST_SECOND = -62_135_596_800 // 0001-01-01, as the contract of Timestamp has it
const LATEST_SECOND = 253_402_300_799 // 9999-12-31

/** An instant as it goes on the wire. */
export function timestampOf(instant: Instant): Timestamp {
  const seconds = Math.floor(instant / 1000)
  return { seconds, nanos: (instant - seconds * 1000) * 1_000_000 }
}

/** An instant from the wire, already checked by whoever sent it: feeds and answers of our own services. */
export function instantOf({ seconds, nanos }: Timestamp): Instant {
  return seconds * 1000 + Math.floor(nanos / 1_000_000)
}

/** A timestamp of a request: canonical, in whole milliseconds. */
export function timestampField(
  value: Timestamp | undefined,
  field: string,
  rule = 'house/fields',
): Instant {
  if (value === undefined) throw missing(field, rule)
  const { seconds, nanos } = value
  const inRange = seconds >= EARLIEST_SECOND && seconds <= LATEST_SECOND
  const canonical = nanos >= 0 && nanos < 1_000_000_000 && nanos % 1_000_000 === 0
  if (!inRange || !canonical)
    throw unusable(field, `${seconds}.${nanos}`, rule, {
      zh: '应为规范的时间戳，精确到整毫秒。',
      en: 'It must be a canonical timestamp in whole milliseconds.',
    })
  return instantOf(value)
}
