// Computes the deadline of a consultation by its pack and the consulted agency's calendar, with every
// day and its reason, as it goes on record when the letter is received. Pure.
import type { Instant } from '../../../shared/identity/identity.js'
import {
  calendarsOf,
  dateOf,
  dayOf,
  dayOfDate,
  deadlineOf,
  explain,
  instantAt,
  isWorkingDay,
  nextWorkingDay,
  workingDaysBefore,
  type Calendar,
  type Calendars,
  type CalendarRevision,
  type Counting,
} from '../../../shared/working-days/working-days.js'
import { Refusal } from '../../../shared/refusal/refusal.js'
import type { DeadlineDay, DeadlineRecord } from '../consultation/deadline.js'
import { packName, type Pack } from '../pack/pack.js'

const KEPT_MAX = 1_000

/** Deadlines by one revision of the calendar. */
export type Deadlines = {
  readonly revision: number
  /** The calendar of a region by this revision. */
  calendar(region: string): Calendar
  /** The deadline of a letter received at an instant; undefined where the calendar has no such year yet. */
  of(receivedAt: Instant, pack: Pack, region: string): DeadlineRecord | undefined
  /** The same deadline at the end of the next working day: for an outage on the last day. */
  nextWorkingDay(deadline: DeadlineRecord, pack: Pack): DeadlineRecord | undefined
  /** The end of the so-manieth working day after the day of an instant; undefined where the calendar has no such year yet. */
  endAfterWorkingDays(from: Instant, days: number, region: string): Instant | undefined
  /** A deadline at the end of the first working day after an instant. */
  endOfFirstWorkingDayAfter(
    at: Instant,
    like: DeadlineRecord,
    pack: Pack,
  ): DeadlineRecord | undefined
  /** The end of the n-th working day after an instant, 24:00; undefined where the calendar has no such year. */
  endOfWorkingDayAfter(at: Instant, n: number, region: string): Instant | undefined
  /** The same deadline, moved on where its last day was reached by rolling and is no working day any more. */
  rolledOn(deadline: DeadlineRecord, pack: Pack): DeadlineRecord | undefined
  /** Deadlines by what was published up to a date (included). */
  asPublishedBy(date: string): Deadlines
}

/** Deadlines by a revision. Compiling is the calendar's; each region is compiled once. */
export function deadlinesBy(revision: CalendarRevision): Deadlines {
  return deadlinesOf(revision.number, calendarsOf(revision.instruments))
}

function deadlinesOf(revision: number, calendars: Calendars, publishedBy?: string): Deadlines {
  const calendarOf = (region: string): Calendar =>
    calendars({ region, ...(publishedBy === undefined ? {} : { publishedBy }) })
  // Letters received on one day in one region under one pack have one deadline: computed once.
  const computed = new Map<string, DeadlineRecord | undefined>()
  const ofDay = (receivedAt: Instant, pack: Pack, region: string): DeadlineRecord | undefined => {
    const key = `${packName(pack)} ${region} ${dayOf(receivedAt)}`
    if (!computed.has(key)) {
      if (computed.size >= KEPT_MAX) computed.clear()
      computed.set(key, compute(receivedAt, pack, region))
    }
    return computed.get(key)
  }
  const compute = (receivedAt: Instant, pack: Pack, region: string): DeadlineRecord | undefined =>
    unlessYearAbsent(() => {
      const calendar = calendarOf(region)
      const by = countingOf(pack)
      const found = deadlineOf(calendar, receivedAt, pack.reply.within, by)
      return {
        at: found.deadline,
        lastDay: found.lastDay,
        days: explain(calendar, receivedAt, pack.reply.within, by).map(shortDay),
        revision,
        region,
        provisional: found.provisional,
        ...(found.awaitsNotice === null ? {} : { awaitsNotice: found.awaitsNotice }),
        reminders: remindersOf(calendar, found.lastDay, pack),
      }
    })
  return {
    revision,
    calendar: calendarOf,
    of(receivedAt, pack, region) {
      const found = ofDay(receivedAt, pack, region)
      if (found === undefined) return undefined
      const ahead = found.reminders.filter((at) => at > receivedAt) // never before the receipt
      return ahead.length === found.reminders.length ? found : { ...found, reminders: ahead }
    },
    endAfterWorkingDays: (from, days, region) =>
      unlessYearAbsent(() => deadlineOf(calendarOf(region), from, days).deadline),
    nextWorkingDay: (deadline, pack) =>
      unlessYearAbsent(() => moveTo(calendarOf(deadline.region), deadline, deadline.lastDay, pack)),
    endOfFirstWorkingDayAfter: (at, like, pack) =>
      unlessYearAbsent(() => moveTo(calendarOf(like.region), like, dateOf(dayOf(at)), pack)),
    endOfWorkingDayAfter: (at, n, region) =>
      unlessYearAbsent(() => deadlineOf(calendarOf(region), at, n).deadline),
    rolledOn: (deadline, pack) =>
      unlessYearAbsent(() => {
        const calendar = calendarOf(deadline.region)
        const rolled = deadline.days.length > 0 && deadline.days.at(-1)?.ordinal === 0
        const worked = isWorkingDay(calendar, dayOfDate(deadline.lastDay))
        return rolled && !worked ? moveTo(calendar, deadline, deadline.lastDay, pack) : deadline
      }),
    asPublishedBy: (date) => deadlinesOf(revision, calendars, date),
  }
}

const countingOf = ({ reply }: Pack): Counting => ({
  unit: reply.unit,
  dayZero: reply.dayZero,
  receiptOnRestDay: reply.receiptOnRestDay,
  end: reply.end,
})

/** The deadline one working day after a date; its days say what lies between. */
function moveTo(
  calendar: Calendar,
  deadline: DeadlineRecord,
  after: string,
  pack: Pack,
): DeadlineRecord {
  const from = dayOfDate(after)
  const day = nextWorkingDay(calendar, from)
  const asked = deadlineOf(calendar, instantAt(from, '12:00'), 1)
  const rolled = explain(calendar, instantAt(from, '12:00'), 1)
    .filter(({ date }) => !deadline.days.some((known) => known.date === date))
    .map((day) => ({ ...shortDay(day), ordinal: 0 }))
  return {
    ...deadline,
    at: instantAt(day, pack.reply.end),
    lastDay: dateOf(day),
    days: [...deadline.days, ...rolled],
    provisional: deadline.provisional || asked.provisional,
    ...(asked.awaitsNotice === null ? {} : { awaitsNotice: asked.awaitsNotice }),
  }
}

/** Reminders at the pack's hour, so many working days before the last day. */
function remindersOf(calendar: Calendar, lastDay: string, { reminders }: Pack): Instant[] {
  const instants: Instant[] = []
  for (const before of reminders.workingDaysBefore) {
    const day = unlessYearAbsent(() => workingDaysBefore(calendar, dayOfDate(lastDay), before))
    if (day !== undefined) instants.push(instantAt(day, reminders.at))
  }
  return instants.sort((one, other) => one - other)
}

function shortDay(day: ReturnType<typeof explain>[number]): DeadlineDay {
  const { instrument } = day
  return {
    date: day.date,
    kind: day.kind,
    ordinal: day.ordinal ?? 0,
    ...(day.name === null ? {} : { name: day.name }),
    ...(instrument === null ? {} : { by: instrument }),
  }
}

// A year that the calendar does not have is doubt, not an error of the letter: its receipt stands.
export function unlessYearAbsent<T>(compute: () => T): T | undefined {
  try {
    return compute()
  } catch (error) {
    if (error instanceof Refusal && error.reason === 'CALENDAR_YEAR_ABSENT') return undefined
    throw error
  }
}
