// The second clock: by when information is to be disclosed, or an application answered. Twenty working
// days of active disclosure run through the consultation (政府信息公开条例 2019 art. 26); on application the
// time of consultations does not count (art. 33), as the union of their intervals. Pure.
import type { Instant } from '../../../shared/identity/identity.js'
import {
  dateOf,
  dayOf,
  endOfDay,
  nextWorkingDay,
  provisionalYears,
  type Calendar,
  type Day,
} from '../../../shared/working-days/working-days.js'

/** A stretch of days; the first is not counted, as with every period: it was still the agency's own. */
export type Interval = { readonly after: Day; readonly to: Day }

/** One consultation as far as this clock needs it. */
export type Asked = {
  readonly askedOn: Day
  /** The day on which it was answered, deemed or ended; absent: it is open. */
  readonly endedOn?: Day
  /** The last day that its agency has for a reply, if it says nothing; absent for one that has ended. */
  readonly latest?: Day
}

export type ClockCommand = {
  readonly calendar: Calendar
  /** The day that it counts from; that day is not counted. */
  readonly from: Day
  readonly within: number
  readonly consultationExcluded: boolean
  readonly asked: readonly Asked[]
  readonly now: Instant
  /** Nothing runs any more: published or withdrawn. */
  readonly ended: boolean
}

export type Clock = {
  readonly lastDay: string
  readonly dueAt: Instant
  /** Working days that do not count, up to the last day. */
  readonly excludedDays: number
  readonly cannotFit: boolean
  readonly overdue: boolean
  readonly provisional: boolean
}

/** The clock as things stand. Throws where the calendar has no such year. */
export function publicationClock(command: ClockCommand): Clock {
  const { calendar, from, within, consultationExcluded, asked, now, ended } = command
  const today = dayOf(now)
  const soFar = asked.map(({ askedOn, endedOn }) => ({ after: askedOn, to: endedOn ?? today }))
  const stands = lastDayOf(calendar, from, within, consultationExcluded ? soFar : [])
  const dueAt = endOfDay(stands.day)
  const open = asked.filter(({ endedOn }) => endedOn === undefined)
  return {
    lastDay: dateOf(stands.day),
    dueAt,
    excludedDays: stands.excluded,
    cannotFit: !ended && open.length > 0 && !fits(command, open),
    overdue: !ended && now >= dueAt,
    provisional: provisionalYears(calendar, from, stands.day).length > 0,
  }
}

/** Whether the clock is still running when the last open consultation has ended, if every agency uses its whole period. */
function fits(command: ClockCommand, open: readonly Asked[]): boolean {
  const { calendar, from, within, consultationExcluded, asked, now } = command
  const today = dayOf(now)
  const ends = ({ endedOn, latest }: Asked): Day => endedOn ?? Math.max(latest ?? today, today)
  const latest = Math.max(...open.map(ends))
  const until = asked.map((one) => ({ after: one.askedOn, to: ends(one) }))
  const projected = lastDayOf(calendar, from, within, consultationExcluded ? until : [])
  return latest <= projected.day
}

/** The n-th working day after a day, passing over the working days of the intervals: each once, however many cover it. */
export function lastDayOf(
  calendar: Calendar,
  from: Day,
  within: number,
  excluded: readonly Interval[],
): { readonly day: Day; readonly excluded: number } {
  let [day, counted, passed] = [from, 0, 0]
  while (counted < within) {
    day = nextWorkingDay(calendar, day)
    if (excluded.some(({ after, to }) => after < day && day <= to)) passed++
    else counted++
  }
  return { day, excluded: passed }
}
