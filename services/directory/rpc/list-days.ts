import type {
  ListDaysRequest,
  ListDaysResponse,
} from '../../../gen/huiqian/directory/v1/calendar.js'
import { Refusal } from '../../../shared/refusal/refusal.js'
import { unusable } from '../../../shared/rpc/fields.js'
import { unary } from '../../../shared/rpc/rpc.js'
import { dayInfo, dayOfDate, provisionalYears } from '../../../shared/working-days/working-days.js'
import { askedCalendar, type Calendars } from './asked-calendar.js'
import { dayMessage } from './calendar-message.js'

const DAYS_MAX = 400

/** Each day of a stretch: what it is and who said so. */
export const listDays = (calendars: Calendars) =>
  unary<ListDaysRequest, ListDaysResponse>(async (request) => {
    const from = dayOfDate(request.from, 'from')
    const to = dayOfDate(request.to, 'to')
    if (to < from)
      throw new Refusal('malformed', 'PERIOD_REVERSED', 'house/calendar', { field: 'to' })
    const length = to - from + 1
    if (length > DAYS_MAX)
      throw unusable('to', request.to, 'house/calendar', {
        zh: `一次至多 ${DAYS_MAX} 天。`,
        en: `At most ${DAYS_MAX} days at once.`,
      })
    const { calendar } = await askedCalendar(calendars, request.view)
    const days = Array.from({ length }, (_, index) => dayMessage(dayInfo(calendar, from + index)))
    return { days, provisional: provisionalYears(calendar, from, to).length > 0 }
  })
