// Instants as a clerk reads them: Beijing time.
import type { Timestamp } from '../../../gen/google/protobuf/timestamp.js'
import { instantOf } from '../../../shared/rpc/timestamps.js'
import { beijingTime } from '../../../shared/working-days/working-days.js'

/** Beijing time to the second; a dash where nothing is on record. */
export const timeText = (at: Timestamp | undefined): string =>
  at === undefined ? '—' : beijingTime(instantOf(at))
