// The end of a period with everything it rests on: the days counted, the instruments, and whether an
// effect may be built on it; and the same day by day, for people.
import type { Instant } from '../identity/identity.js'
import { dayInfo, type Calendar, type DayInfo } from './calendar.js'
import { awaitedNotice, BY_LAW, provisionalYears, spanOf } from './counting.js'
import type { Counting, Span } from './counting.js'
import { dateOf, yearOf, type LocalDate } from './day.js'
import { citationOf } from './instrument.js'
import type { Region } from './region.js'
import { instantAt } from './shanghai.js'

export type Deadline = {
  readonly region: Region
  /** Beijing date of the receipt. */
  readonly receivedOn: LocalDate
  readonly lastDay: LocalDate
  /** What is admitted before it is in time. */
  readonly deadline: Instant
  /** Every day counted. */
  readonly counted: readonly LocalDate[]
  /** A year of the period has no notice yet: no effect of silence may rest on this. */
  readonly provisional: boolean
  readonly provisionalYears: readonly number[]
  /** The year whose notice may still change 29 to 31 December of this period; null for none. */
  readonly awaitsNotice: number | null
  /** Number or title of every instrument behind the answer: of its years, and of its days. */
  readonly instruments: readonly string[]
}

/** The end of a period of `n` days that starts with a receipt. */
export function deadlineOf(
  calendar: Calendar,
  receivedAt: Instant,
  n: number,
  by: Counting = BY_LAW,
): Deadline {
  const span = spanOf(calendar, receivedAt, n, by)
  const provisional = provisionalYears(calendar, span.from, span.last)
  return {
    region: calendar.region,
    receivedOn: dateOf(span.receipt),
    lastDay: dateOf(span.last),
    deadline: instantAt(span.last, by.end, 'end'),
    counted: countedOf(calendar, span, by),
    provisional: provisional.length > 0,
    provisionalYears: provisional,
    awaitsNotice: awaitedNotice(calendar, span.from, span.last),
    instruments: instrumentsOf(calendar, span),
  }
}

function countedOf(calendar: Calendar, span: Span, by: Counting): LocalDate[] {
  const counted: LocalDate[] = []
  if (by.unit === 'calendar_day')
    for (let day = span.start; day <= span.nominal; day++) counted.push(dateOf(day))
  else {
    const { base, rank, select } = calendar
    for (let k = rank[span.start - base] ?? 0, index = select[k]; index !== undefined;) {
      if (base + index > span.last) break
      counted.push(dateOf(base + index))
      index = select[++k]
    }
  }
  return counted
}

function instrumentsOf(calendar: Calendar, span: Span): string[] {
  const named = new Set<string>()
  for (let year = yearOf(span.from), last = yearOf(span.last); year <= last; year++) {
    const notice = calendar.notices.get(year)
    if (notice) named.add(citationOf(notice))
  }
  for (let day = span.receipt; day <= span.last; day++) {
    const entry = calendar.entries.get(day)
    if (entry) named.add(citationOf(entry.by))
  }
  return [...named]
}

/** Why a day does not count, or what it is in the count. */
export type Part = 'receipt' | 'counted' | 'day-off' | 'before-start' | 'rolled-over' | 'end'

export type ExplainedDay = DayInfo & {
  readonly counted: boolean
  /** Which day of the period it is, from 1; null where it does not count. */
  readonly ordinal: number | null
  /** `end` is a last day that is reached only by rolling over days off. */
  readonly part: Part
}

/** Every day from the receipt to the last, with what it is and who said so. */
export function explain(
  calendar: Calendar,
  receivedAt: Instant,
  n: number,
  by: Counting = BY_LAW,
): ExplainedDay[] {
  const span = spanOf(calendar, receivedAt, n, by)
  const days: ExplainedDay[] = []
  let ordinal = 0
  for (let day = span.receipt; day <= span.last; day++) {
    const info = receiptInfo(calendar, span, day)
    const countable = by.unit === 'calendar_day' || info.working
    const counted = day >= span.start && day <= span.nominal && countable
    const part = counted ? 'counted' : partOf(span, day)
    days.push({ ...info, counted, ordinal: counted ? ++ordinal : null, part })
  }
  return days
}

function partOf(span: Span, day: number): Part {
  if (day === span.receipt) return 'receipt'
  if (day < span.start) return 'before-start'
  if (day <= span.nominal) return 'day-off'
  return day === span.last ? 'end' : 'rolled-over'
}

/** The day of receipt may lie before the first year that the calendar has: nothing rests on it. */
function receiptInfo(calendar: Calendar, span: Span, day: number): DayInfo {
  if (day >= span.from || calendar.years.has(yearOf(day))) return dayInfo(calendar, day)
  const bare = { ...calendar, years: new Map([[yearOf(day), 'provisional' as const]]) }
  return dayInfo(bare, day)
}
