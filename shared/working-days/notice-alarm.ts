// Is next year's notice on record? Past ones came between 25 October and 16 December.
import type { Instant } from '../identity/identity.js'
import { yearState, type Calendar } from './calendar.js'
import { dayIn, yearOf } from './day.js'
import { dayOf } from './shanghai.js'

export type NoticeAlarm = {
  readonly level: 'none' | 'warning' | 'alarm'
  /** The year whose notice is looked for. */
  readonly year: number
}

/** A warning from 1 December, an alarm from 20 December, and ever after until the notice is in. */
export function noticeAlarm(now: Instant, calendar: Calendar): NoticeAlarm {
  const today = dayOf(now)
  const year = yearOf(today)
  if (yearState(calendar, year) !== 'notified') return { level: 'alarm', year }
  if (yearState(calendar, year + 1) === 'notified') return { level: 'none', year: year + 1 }
  if (today >= dayIn(year, 12, 20)) return { level: 'alarm', year: year + 1 }
  return { level: today >= dayIn(year, 12, 1) ? 'warning' : 'none', year: year + 1 }
}
