// A notice (放假通知) on its way into the calendar: what it would change is shown before anything is
// recorded, and what looks odd is left to a person's judgement. 全国年节及纪念日放假办法 art. 2, 6, 7.
import type { Instant } from '../../../shared/identity/identity.js'
import { Refusal } from '../../../shared/refusal/refusal.js'
import * as days from '../../../shared/working-days/working-days.js'
import type {
  Calendar,
  CalendarRevision,
  Instrument,
  LocalDate,
  YearState,
} from '../../../shared/working-days/working-days.js'
import { warningsAbout, type ImportWarning } from './import-warnings.js'

export type ChangedDay = {
  readonly date: LocalDate
  readonly workedBefore: boolean
  readonly worksAfter: boolean
}
export type ChangedYear = {
  readonly year: number
  readonly before: YearState
  readonly after: YearState
}
export type ImportPreview = {
  /** Days whose being worked changes, in the region of the instrument. */
  readonly changedDays: readonly ChangedDay[]
  readonly changedYears: readonly ChangedYear[]
  readonly warnings: readonly ImportWarning[]
}

/** What an instrument would change. Refuses what cannot be right; warns of what may be wrong. */
export function previewImport(
  current: readonly Instrument[],
  proposed: Instrument,
  today: LocalDate,
): ImportPreview {
  days.checkInstrument(proposed)
  const view = { region: proposed.region }
  const before = days.compile(current, view)
  checkAgainst(before, current, proposed)
  const after = days.compile([...current, proposed], view)
  const changedDays = changedDaysOf(before, after, proposed)
  const warnings = warningsAbout(before, after, proposed, changedDays.length, today)
  return { changedDays, changedYears: changedYearsOf(before, after), warnings }
}

/** The revision with the instrument in it. */
export function importNotice(
  previous: CalendarRevision | undefined,
  proposed: Instrument,
  recordedAt: Instant,
  author: string,
): CalendarRevision {
  const current = previous?.instruments ?? []
  previewImport(current, proposed, days.dateOf(days.dayOf(recordedAt)))
  return days.revisionAfter(previous, [...current, proposed], recordedAt, author)
}

function checkAgainst(
  before: Calendar,
  current: readonly Instrument[],
  proposed: Instrument,
): void {
  const { operations, notifies, provides, region, issuedOn, publishedOn } = proposed
  if (operations.length + notifies.length + provides.length === 0)
    throw refusal('CALENDAR_FORM', 'operations', { expected: '[ … ]' })
  if (publishedOn === null && issuedOn === null)
    throw refusal('CALENDAR_FORM', 'published_on', { expected: 'YYYY-MM-DD' })
  if (region !== days.COUNTRY && notifies.length + provides.length > 0)
    throw refusal('CALENDAR_FORM', 'notifies', { expected: '[ ]' })
  const name = days.citationOf(proposed)
  if (current.some((one) => one.region === region && days.citationOf(one) === name))
    throw refusal('CALENDAR_INSTRUMENT_KNOWN', 'number', { value: name })
  const settled = [...notifies, ...provides]
  operations.forEach(({ date }, index) => {
    const field = `days[${index}].date`
    const day = days.dayOfDate(date, field)
    const year = days.yearOf(day)
    if (settled.includes(year)) return
    const reachesBack = settled.includes(year + 1) && day >= days.dayIn(year, 12, 25)
    if (settled.length > 0 && !reachesBack)
      throw refusal('CALENDAR_DATE_OUTSIDE', field, { date, year: settled.join('、') })
    if (settled.length === 0 && days.yearState(before, year) === 'absent')
      throw refusal('CALENDAR_YEAR_ABSENT', field, { year })
  })
}

const refusal = (
  reason: Refusal['reason'],
  place: string,
  params: Readonly<Record<string, string | number>>,
): Refusal =>
  new Refusal('malformed', reason, '放假办法/2', { field: `instrument.${place}`, ...params })

/** Days of years it had already, and the days that an instrument names of years that it brings. */
function changedDaysOf(before: Calendar, after: Calendar, proposed: Instrument): ChangedDay[] {
  const named = new Set(proposed.operations.map(({ date }) => days.dayOfDate(date)))
  const seen = new Set([...before.entries.keys(), ...after.entries.keys(), ...named])
  return [...seen]
    .sort((one, other) => one - other)
    .filter((day) => days.yearState(after, days.yearOf(day)) !== 'absent')
    .map((day) => ({
      date: days.dateOf(day),
      workedBefore: workedIn(before, day),
      worksAfter: workedIn(after, day),
    }))
    .filter(({ workedBefore, worksAfter }) => workedBefore !== worksAfter)
}

/** Of an absent year only its weekends are known. */
const workedIn = (calendar: Calendar, day: number): boolean =>
  days.yearState(calendar, days.yearOf(day)) === 'absent'
    ? !days.isWeekend(day)
    : days.isWorkingDay(calendar, day)

function changedYearsOf(before: Calendar, after: Calendar): ChangedYear[] {
  return [...new Set([...before.years.keys(), ...after.years.keys()])]
    .sort((one, other) => one - other)
    .map((year) => ({
      year,
      before: days.yearState(before, year),
      after: days.yearState(after, year),
    }))
    .filter(({ before, after }) => before !== after)
}
