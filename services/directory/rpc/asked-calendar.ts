// The calendar that a call asks: of a region, by what was published or recorded when.
import type { CalendarView as ViewMessage } from '../../../gen/huiqian/directory/v1/calendar.js'
import { timestampField } from '../../../shared/rpc/timestamps.js'
import { dayOfDate, regionOf, type Calendar } from '../../../shared/working-days/working-days.js'
import { THE_CALENDAR } from '../announces.js'
import { revisionAt, type Revision } from '../calendar/calendar.js'
import type { Directory } from '../directory.js'

export type AskedCalendar = { readonly calendar: Calendar; readonly revision: Revision }
export type Calendars = Pick<Directory, 'calendars' | 'calendarViews'>

export async function askedCalendar(
  { calendars, calendarViews }: Calendars,
  view: ViewMessage | undefined,
): Promise<AskedCalendar> {
  const region = regionOf(view?.region ?? '', 'view.region')
  const publishedBy = view?.publishedBy === '' ? undefined : view?.publishedBy
  if (publishedBy !== undefined) dayOfDate(publishedBy, 'view.published_by')
  const recordedBy =
    view?.recordedBy === undefined ? undefined : timestampField(view.recordedBy, 'view.recorded_by')
  const { state } = await calendars.read(THE_CALENDAR)
  const revision = revisionAt(state, recordedBy)
  const calendar = calendarViews(revision, {
    region,
    ...(publishedBy !== undefined && { publishedBy }),
  })
  return { calendar, revision }
}
