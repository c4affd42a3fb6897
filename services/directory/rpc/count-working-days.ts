import type {
  CountWorkingDaysRequest,
  CountWorkingDaysResponse,
} from '../../../gen/huiqian/directory/v1/calendar.js'
import { unary } from '../../../shared/rpc/rpc.js'
import {
  countWorkingDays as count,
  dayOfDate,
  provisionalYears,
} from '../../../shared/working-days/working-days.js'
import { askedCalendar, type Calendars } from './asked-calendar.js'

/** How many working days lie after one date up to another. */
export const countWorkingDays = (calendars: Calendars) =>
  unary<CountWorkingDaysRequest, CountWorkingDaysResponse>(async (request) => {
    const after = dayOfDate(request.after, 'after')
    const to = dayOfDate(request.to, 'to')
    const { calendar } = await askedCalendar(calendars, request.view)
    const workingDays = count(calendar, after, to)
    const provisional = to > after && provisionalYears(calendar, after + 1, to).length > 0
    return { workingDays, provisional }
  })
