// The calendar of a region as it follows from the instruments known: a fold in the order of their
// publication, layer by layer, into tables of whole numbers. Compiled once, never changed.
import { dateOf, dayOfDate, dayIn, isWeekend, weekdayOf, yearOf } from './day.js'
import type { Day, LocalDate } from './day.js'
import { citationOf, inOrder, knownSince, type Instrument } from './instrument.js'
import { COUNTRY, layersOf, regionOf, type Region } from './region.js'
import { Refusal } from '../refusal/refusal.js'

export type YearState = 'notified' | 'provisional' | 'absent'
export type DayKind = 'weekday' | 'weekend' | 'holiday' | 'make-up'

/** What an instrument says of a day. */
export type Entry = { readonly op: 'off' | 'work'; readonly name: string; readonly by: Instrument }

export type Calendar = {
  readonly region: Region
  /** The instruments it was compiled from, in the order of their publication. */
  readonly instruments: readonly Instrument[]
  /** Years it has; any other is absent. */
  readonly years: ReadonlyMap<number, Exclude<YearState, 'absent'>>
  /** Which instrument made a year notified. */
  readonly notices: ReadonlyMap<number, Instrument>
  readonly entries: ReadonlyMap<Day, Entry>
  /** The day that the tables begin with. */
  readonly base: Day
  /** rank[i]: how many working days there are before base + i. One longer than there are days. */
  readonly rank: Uint32Array
  /** select[k]: the k-th working day, as days after base. */
  readonly select: Uint32Array
  /** No year is missing between the first and the last. */
  readonly whole: boolean
}

/** Which calendar: a region's, and only by what was published on or before a date. */
export type CalendarView = { readonly region?: Region; readonly publishedBy?: LocalDate }

/** The calendar of a view. */
export function compile(instruments: readonly Instrument[], view: CalendarView = {}): Calendar {
  const { publishedBy } = view
  if (publishedBy !== undefined) dayOfDate(publishedBy, 'asOf')
  const region = regionOf(view.region ?? COUNTRY)
  const layers = layersOf(region)
  const known = inOrder(instruments).filter(
    (one) =>
      layers.includes(one.region) && (publishedBy === undefined || knownSince(one) <= publishedBy),
  )
  const { years, notices } = yearsOf(known)
  const entries = new Map<Day, Entry>()
  for (const layer of layers.toReversed())
    for (const [day, entry] of layerOf(known, layer, notices)) entries.set(day, entry)
  return { region, instruments: known, years, notices, entries, ...tablesOf(years, entries) }
}

function yearsOf(known: readonly Instrument[]) {
  const years = new Map<number, 'notified' | 'provisional'>()
  const notices = new Map<number, Instrument>()
  for (const instrument of known) {
    for (const year of instrument.notifies) {
      years.set(year, 'notified')
      if (!notices.has(year)) notices.set(year, instrument)
    }
    for (const year of instrument.provides) if (!years.has(year)) years.set(year, 'provisional')
  }
  return { years, notices }
}

/** What one layer says. A statute's bare days hold only until the year's notice arranges them. */
function layerOf(
  known: readonly Instrument[],
  layer: Region,
  notices: ReadonlyMap<number, Instrument>,
): Map<Day, Entry> {
  const entries = new Map<Day, Entry>()
  for (const by of known) {
    if (by.region !== layer) continue
    for (const { date, op, name } of by.operations) {
      const day = dayOfDate(date)
      const bare = by.provides.includes(yearOf(day))
      if (bare && notices.has(yearOf(day))) continue
      if (op === 'unset') entries.delete(day)
      else entries.set(day, { op, name, by })
    }
  }
  return entries
}

function tablesOf(years: Calendar['years'], entries: Calendar['entries']) {
  const [first, last] = [Math.min(...years.keys()), Math.max(...years.keys())]
  const base = years.size === 0 ? 0 : dayIn(first)
  const length = years.size === 0 ? 0 : dayIn(last + 1) - base
  const rank = new Uint32Array(length + 1)
  const select: number[] = []
  for (let index = 0; index < length; index++) {
    rank[index] = select.length
    const day = base + index
    if (years.has(yearOf(day)) && works(day, entries.get(day))) select.push(index)
  }
  rank[length] = select.length
  const whole = years.size > 0 && years.size === last - first + 1
  return { base, rank, select: Uint32Array.from(select), whole }
}

const works = (day: Day, entry: Entry | undefined): boolean =>
  entry ? entry.op === 'work' : !isWeekend(day)

/** Whether a year is notified, provisional or absent. */
export const yearState = ({ years }: Pick<Calendar, 'years'>, year: number): YearState =>
  years.get(year) ?? 'absent'

/** The refusal that names a year without data. */
export const yearAbsent = (year: number, field = 'calendar'): Refusal =>
  new Refusal('malformed', 'CALENDAR_YEAR_ABSENT', 'house/calendar', { field, year })

export type DayInfo = {
  readonly date: LocalDate
  /** Monday 1 … Sunday 7. */
  readonly weekday: number
  readonly kind: DayKind
  readonly working: boolean
  /** The festival; null for a plain weekday or weekend. */
  readonly name: string | null
  /** The number (or title) of the instrument that says so; null for a plain weekday or weekend. */
  readonly instrument: string | null
}

/** What a day is, and who said so. */
export function dayInfo(calendar: Calendar, day: Day): DayInfo {
  if (yearState(calendar, yearOf(day)) === 'absent') throw yearAbsent(yearOf(day))
  const entry = calendar.entries.get(day)
  return {
    date: dateOf(day),
    weekday: weekdayOf(day),
    kind: dayKind(day, entry),
    working: works(day, entry),
    name: entry?.name ?? null,
    instrument: entry ? citationOf(entry.by) : null,
  }
}

function dayKind(day: Day, entry: Entry | undefined): DayKind {
  if (entry?.op === 'off') return 'holiday'
  if (!isWeekend(day)) return 'weekday'
  return entry ? 'make-up' : 'weekend'
}

/** Whether a day is worked. */
export const isWorkingDay = (calendar: Calendar, day: Day): boolean =>
  dayInfo(calendar, day).working
