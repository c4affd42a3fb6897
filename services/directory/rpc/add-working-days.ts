import type {
  AddWorkingDaysRequest,
  AddWorkingDaysResponse,
} from '../../../gen/huiqian/directory/v1/calendar.js'
import { unary } from '../../../shared/rpc/rpc.js'
import { askedCalendar, type Calendars } from './asked-calendar.js'
import { deadlineMessage, periodOf } from './deadline-message.js'

/** The end of a period of working days from a receipt. */
export const addWorkingDays = (calendars: Calendars) =>
  unary<AddWorkingDaysRequest, AddWorkingDaysResponse>(async (request) => {
    const period = periodOf(request)
    const asked = await askedCalendar(calendars, request.view)
    return { deadline: deadlineMessage(asked, period, []) }
  })
