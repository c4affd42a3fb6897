// The end of a period of working days, as the calls that compute one tell it.
import type { Timestamp } from '../../../gen/google/protobuf/timestamp.js'
import type { Deadline as DeadlineMessage } from '../../../gen/huiqian/common/v1/common.js'
import type { Instant } from '../../../shared/identity/identity.js'
import { Refusal } from '../../../shared/refusal/refusal.js'
import { timestampField, timestampOf } from '../../../shared/rpc/timestamps.js'
import {
  deadlineOf,
  isInstant,
  PERIOD_DAYS_MAX,
  type ExplainedDay,
} from '../../../shared/working-days/working-days.js'
import type { AskedCalendar } from './asked-calendar.js'
import { dayMessage } from './calendar-message.js'

export type Period = { readonly receivedAt: Instant; readonly workingDays: number }

/** The period that a request names. */
export function periodOf(request: {
  receivedAt: Timestamp | undefined
  workingDays: number
}): Period {
  const { workingDays } = request
  const receivedAt = timestampField(request.receivedAt, 'received_at')
  if (!isInstant(receivedAt))
    throw new Refusal('malformed', 'INSTANT_MALFORMED', 'house/calendar', {
      field: 'received_at',
      value: new Date(receivedAt).toISOString(),
    })
  if (workingDays < 1 || workingDays > PERIOD_DAYS_MAX)
    throw new Refusal('malformed', 'PERIOD_LENGTH', '民法典/201', {
      field: 'working_days',
      value: workingDays,
      limit: PERIOD_DAYS_MAX,
    })
  return { receivedAt, workingDays }
}

export function deadlineMessage(
  { calendar, revision }: AskedCalendar,
  { receivedAt, workingDays }: Period,
  days: readonly ExplainedDay[],
): DeadlineMessage {
  const end = deadlineOf(calendar, receivedAt, workingDays)
  return {
    at: timestampOf(end.deadline),
    lastDay: end.lastDay,
    counted: [...end.counted],
    calendarRevision: revision.number,
    provisional: end.provisional,
    awaitsNoticeOf: end.awaitsNotice ?? 0,
    days: days.map((day) =>
      dayMessage(day, {
        counted: day.counted,
        ordinal: day.ordinal ?? 0,
        receipt: day.date === end.receivedOn,
      }),
    ),
    region: end.region,
  }
}
