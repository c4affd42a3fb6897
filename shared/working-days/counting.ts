// How a period is counted. 民法典 art. 201: the starting day is not counted; art. 203: where the last
// day is a day off, the period ends on the first day after it that is none, at 24:00, or when the
// office closes; art. 204: a rule or an agreement may say otherwise. So how to count is data.
import type { Instant } from '../identity/identity.js'
import { Refusal } from '../refusal/refusal.js'
import { yearAbsent, yearState, type Calendar } from './calendar.js'
import { dayIn, yearOf, type Day } from './day.js'
import { dayOf, isInstant, startOfDay } from './shanghai.js'

/** How a period is counted, as a policy pack says it. */
export type Counting = {
  readonly unit: 'working_day' | 'calendar_day'
  /** Whether the day of receipt counts. */
  readonly dayZero: 'excluded' | 'included'
  /** A receipt on a day off: of that day, or of the next working day. */
  readonly receiptOnRestDay: 'as_received' | 'next_working_day'
  /** `24:00`, or when the office closes, `HH:MM`. */
  readonly end: string
}

/** The law's own way (民法典 201, 203), in working days. */
export const BY_LAW: Counting = {
  unit: 'working_day',
  dayZero: 'excluded',
  receiptOnRestDay: 'as_received',
  end: '24:00',
}

/** A longer period is surely a mistake; none of the law's is longer than a year. */
export const PERIOD_DAYS_MAX = 1000

/** Where a period lies. */
export type Span = {
  readonly receipt: Day
  /** The first day that may be counted. */
  readonly start: Day
  /** The last day that is counted; before `last` only where the end rolled over days off. */
  readonly nominal: Day
  readonly last: Day
  /** From here to `last` the answer rests on the calendar. */
  readonly from: Day
}

/** Where a period of `n` days lies that starts with a receipt. */
export function spanOf(calendar: Calendar, receivedAt: Instant, n: number, by: Counting): Span {
  checkReceipt(receivedAt)
  checkLength(n)
  const receipt = dayOf(receivedAt)
  const deemed = by.receiptOnRestDay === 'next_working_day'
  const from = deemed || by.dayZero === 'included' ? receipt : receipt + 1
  const zero = deemed ? firstWorkingFrom(calendar, receipt) : receipt
  const start = by.dayZero === 'included' ? zero : zero + 1
  const working = by.unit === 'working_day'
  const nominal = working ? nthWorkingFrom(calendar, start, n) : start + n - 1
  const last = working ? nominal : firstWorkingFrom(calendar, nominal)
  checkYears(calendar, from, last)
  return { receipt, start, nominal, last, from }
}

/** The n-th working day (from 1) on or after a day. A year missing before it is a refusal. */
export function nthWorkingFrom(calendar: Calendar, day: Day, n: number): Day {
  const { base, rank, select } = calendar
  const before = rank[day - base]
  const index = before === undefined ? undefined : select[before + n - 1]
  if (index === undefined) throw yearAbsent(firstAbsentFrom(calendar, day))
  checkYears(calendar, day, base + index)
  return base + index
}

const firstWorkingFrom = (calendar: Calendar, day: Day): Day => nthWorkingFrom(calendar, day, 1)

function firstAbsentFrom(calendar: Calendar, day: Day): number {
  let year = yearOf(day)
  while (yearState(calendar, year) !== 'absent') year++
  return year
}

/** Refuses where a year between two days is absent. */
export function checkYears(calendar: Calendar, from: Day, to: Day): void {
  for (let year = yearOf(from), last = yearOf(to); year <= last; year++)
    if (!calendar.years.has(year)) throw yearAbsent(year)
}

/** The provisional years between two days. */
export function provisionalYears(calendar: Calendar, from: Day, to: Day): number[] {
  const years: number[] = []
  for (let year = yearOf(from), last = yearOf(to); year <= last; year++)
    if (calendar.years.get(year) === 'provisional') years.push(year)
  return years
}

/**
 * The year whose notice is still out while the stretch touches 29 to 31 December before it: next
 * year's notice may yet change those days, so no effect of silence may rest on them.
 */
export function awaitedNotice(calendar: Calendar, from: Day, to: Day): number | null {
  for (let year = yearOf(from), last = yearOf(to); year <= last; year++) {
    const touches = from <= dayIn(year, 12, 31) && to >= dayIn(year, 12, 29)
    if (touches && yearState(calendar, year + 1) !== 'notified') return year + 1
  }
  return null
}

function checkReceipt(receivedAt: Instant): void {
  if (isInstant(receivedAt)) return
  const params = { field: 'receivedAt', value: String(receivedAt) }
  throw new Refusal('malformed', 'INSTANT_MALFORMED', 'house/calendar', params)
}

/** No days, or fewer, would be no time to answer: refused. */
function checkLength(n: number): void {
  if (Number.isInteger(n) && n >= 1 && n <= PERIOD_DAYS_MAX) return
  const params = { field: 'workingDays', value: String(n), limit: PERIOD_DAYS_MAX }
  throw new Refusal('malformed', 'PERIOD_LENGTH', '民法典/201', params)
}

/** The n-th working day after a day; the day itself is not counted. */
export function addWorkingDays(calendar: Calendar, day: Day, n: number): Day {
  checkLength(n)
  return nthWorkingFrom(calendar, day + 1, n)
}

/** How many working days lie after one day up to and including another. */
export function countWorkingDays(calendar: Calendar, after: Day, to: Day): number {
  if (to < after)
    throw new Refusal('malformed', 'PERIOD_REVERSED', 'house/calendar', { field: 'to' })
  if (to === after) return 0
  checkYears(calendar, after + 1, to)
  const { base, rank } = calendar
  return (rank[to + 1 - base] ?? 0) - (rank[after + 1 - base] ?? 0)
}

/** The first working day after a day. */
export const nextWorkingDay = (calendar: Calendar, day: Day): Day =>
  nthWorkingFrom(calendar, day + 1, 1)

/** The k-th working day before a day: when to remind of what ends on it. */
export function workingDaysBefore(calendar: Calendar, day: Day, k: number): Day {
  checkLength(k)
  const { base, rank, select } = calendar
  const until = rank[day - base]
  const index = until === undefined ? undefined : select[until - k]
  if (index === undefined) throw yearAbsent(lastAbsentBefore(calendar, day))
  checkYears(calendar, base + index, day - 1)
  return base + index
}

function lastAbsentBefore(calendar: Calendar, day: Day): number {
  let year = yearOf(day - 1)
  while (yearState(calendar, year) !== 'absent') year--
  return year
}

/** The last working day before a day. */
export const previousWorkingDay = (calendar: Calendar, day: Day): Day =>
  workingDaysBefore(calendar, day, 1)

export type Remaining = {
  /** Milliseconds until the deadline; 0 once it has passed. */
  readonly milliseconds: number
  /** Working days after today, the last day included. */
  readonly workingDays: number
  readonly passed: boolean
}

/** What is left of a period. The deadline's last day is the day of its last millisecond. */
export function remaining(calendar: Calendar, now: Instant, deadline: Instant): Remaining {
  if (now >= deadline) return { milliseconds: 0, workingDays: 0, passed: true }
  const workingDays = countWorkingDays(calendar, dayOf(now), dayOf(deadline - 1))
  return { milliseconds: deadline - now, workingDays, passed: false }
}

/**
 * The end of `n` working days by the law's own way, and nothing else: for where very many are
 * computed at once. Equal to `deadlineOf(…).deadline`.
 */
export function deadlineInstant(calendar: Calendar, receivedAt: Instant, n: number): Instant {
  const { base, rank, select, whole } = calendar
  const before = rank[dayOf(receivedAt) + 1 - base]
  const index = whole && before !== undefined ? select[before + n - 1] : undefined
  if (index !== undefined && n >= 1 && n <= PERIOD_DAYS_MAX && isInstant(receivedAt))
    return startOfDay(base + index + 1)
  return startOfDay(spanOf(calendar, receivedAt, n, BY_LAW).last + 1)
}
