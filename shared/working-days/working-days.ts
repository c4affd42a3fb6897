// Working days in China: which days are worked, who said so, and when a period of them ends. Pure: the
// instruments arrive as values, instants as arguments. This is the room's door.
export { dateOf, dayIfDate, dayIn, dayOfDate, isWeekend, weekdayOf, yearOf } from './day.js'
export type { Day, LocalDate } from './day.js'
export { dayOf, endOfDay, instantAt, isInstant, startOfDay } from './shanghai.js'
export { beijingTime, formatInstant, parseInstant } from './instant.js'
export { COUNTRY, isRegion, layersOf, regionOf } from './region.js'
export type { Region } from './region.js'
export { citationOf, inOrder, kindOf, knownSince } from './instrument.js'
export type { Instrument, InstrumentKind, Operation } from './instrument.js'
export { checkInstrument, parseInstrument } from './instrument-form.js'
export { compile, dayInfo, isWorkingDay, yearState } from './calendar.js'
export type { Calendar, CalendarView, DayInfo, DayKind, YearState } from './calendar.js'
export { calendarsOf } from './calendars.js'
export type { Calendars } from './calendars.js'
export { addWorkingDays, BY_LAW, countWorkingDays, deadlineInstant } from './counting.js'
export {
  nextWorkingDay,
  PERIOD_DAYS_MAX,
  previousWorkingDay,
  provisionalYears,
} from './counting.js'
export { remaining, workingDaysBefore } from './counting.js'
export type { Counting, Remaining } from './counting.js'
export { deadlineOf, explain } from './deadline.js'
export type { Deadline, ExplainedDay, Part } from './deadline.js'
export { describeDay } from './describe-day.js'
export { noticeAlarm } from './notice-alarm.js'
export type { NoticeAlarm } from './notice-alarm.js'
export { recompute } from './recompute.js'
export type { Recomputed, RunningPeriod } from './recompute.js'
export { canonicalInstrument, digestOf, revisionAfter, revisionAsOf } from './revision.js'
export type { CalendarRevision } from './revision.js'
export { loadInstruments } from './year-instruments.js'
export type { CalendarFile } from './year-instruments.js'
