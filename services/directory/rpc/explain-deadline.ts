import type {
  ExplainDeadlineRequest,
  ExplainDeadlineResponse,
} from '../../../gen/huiqian/directory/v1/calendar.js'
import { unary } from '../../../shared/rpc/rpc.js'
import { explain } from '../../../shared/working-days/working-days.js'
import { askedCalendar, type Calendars } from './asked-calendar.js'
import { deadlineMessage, periodOf } from './deadline-message.js'

/** The end of a period with every day of it, and who said what the day is. */
export const explainDeadline = (calendars: Calendars) =>
  unary<ExplainDeadlineRequest, ExplainDeadlineResponse>(async (request) => {
    const period = periodOf(request)
    const asked = await askedCalendar(calendars, request.view)
    const days = explain(asked.calendar, period.receivedAt, period.workingDays)
    return { deadline: deadlineMessage(asked, period, days) }
  })
