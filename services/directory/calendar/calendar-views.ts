// The calendars of each revision, compiled when they are first asked for and kept for the newest asked.
import {
  calendarsOf,
  type Calendar,
  type Calendars,
  type CalendarView,
} from '../../../shared/working-days/working-days.js'
import type { Revision } from './calendar.js'

const REVISIONS_KEPT = 8

export type CalendarViews = (revision: Revision, view: CalendarView) => Calendar

export function calendarViews(): CalendarViews {
  const kept = new Map<string, Calendars>()
  return ({ digest, instruments }, view) => {
    const calendars = kept.get(digest) ?? calendarsOf(instruments)
    kept.delete(digest)
    kept.set(digest, calendars)
    for (const oldest of kept.keys()) {
      if (kept.size <= REVISIONS_KEPT) break
      kept.delete(oldest)
    }
    return calendars(view)
  }
}
