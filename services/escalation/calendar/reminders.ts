// When somebody who is waited for is reminded: so many working days on, at nine in the morning. Pure.
import type { Instant } from '../../../shared/identity/identity.js'
import { Refusal } from '../../../shared/refusal/refusal.js'
import {
  addWorkingDays,
  calendarsOf,
  dayOf,
  instantAt,
  type CalendarRevision,
} from '../../../shared/working-days/working-days.js'

const AT = '09:00' // house rule, as for reminders of consultations

/** Reminders by one revision of the calendar. */
export type Reminders = {
  /** The reminder after so many working days of a region. */
  after(at: Instant, workingDays: number, region: string): Instant
}

export function remindersBy(revision: CalendarRevision): Reminders {
  const calendars = calendarsOf(revision.instruments)
  return {
    after(at, workingDays, region) {
      try {
        return instantAt(addWorkingDays(calendars({ region }), dayOf(at), workingDays), AT)
      } catch (error) {
        if (error instanceof Refusal && error.reason === 'CALENDAR_YEAR_ABSENT')
          return withoutCalendar.after(at, workingDays, region)
        throw error
      }
    },
  }
}

/** Where no calendar says it: by plain weeks. Nothing hangs on a reminder but that it comes. */
export const withoutCalendar: Reminders = {
  after: (at, workingDays) =>
    instantAt(dayOf(at) + workingDays + 2 * Math.ceil(workingDays / 5), AT),
}
