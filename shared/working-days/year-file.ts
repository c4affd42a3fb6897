// One year of the calendar as a file: the final lists of days, and which instrument set each. Files are
// typed by hand from the text of notices, so everything that can be checked is.
import { Refusal } from '../refusal/refusal.js'
import { dayOfDate, isWeekend, yearOf, type LocalDate } from './day.js'
import { choiceAt, dateAt, dateOrNullAt, eachAt, formOf, notAsExpected } from './form.js'
import { textAt, textOrNullAt, within, yearOfForm, type Form } from './form.js'
import { citationOf } from './instrument.js'
import { COUNTRY, regionOf, type Region } from './region.js'

export type NamedDate = { readonly date: LocalDate; readonly name: string }
export type Lists<Dated> = {
  readonly daysOff: readonly Dated[]
  readonly workdays: readonly Dated[]
}

/** Who an instrument is: everything but what it does. */
export type Head = {
  readonly number: string | null
  readonly title: string
  readonly issuer: string | null
  readonly issuedOn: LocalDate | null
  readonly publishedOn: LocalDate | null
  readonly url: string | null
}
export type Amendment = Head & {
  readonly kind: 'amendment' | 'next-year-notice'
  readonly adds: Lists<NamedDate>
  readonly removes: Lists<NamedDate>
}
export type YearFile = Lists<NamedDate & { readonly by: string }> & {
  readonly path: string
  readonly year: number
  readonly region: Region
  readonly status: 'notified' | 'provisional' | 'example'
  readonly notice: Head | null
  readonly amendments: readonly Amendment[]
}

/** Reads and checks one year; `path` names the file in a refusal. */
export function parseYearFile(value: unknown, path: string): YearFile {
  const form = formOf(value, path)
  const year = yearOfForm(form['year'], `${path}: year`)
  const region = regionOf(textAt(form, 'region', path), `${path}: region`)
  const status = choiceAt(form, 'status', path, ['notified', 'provisional', 'example'])
  const at = `${path}: notice`
  const notice = form['notice'] === null ? null : formOf(form['notice'], at)
  if ((notice === null) !== (status === 'provisional')) throw notAsExpected(at, `status ${status}`)
  if ((status === 'example') !== (region !== COUNTRY))
    throw notAsExpected(
      `${path}: status`,
      region === COUNTRY ? 'notified | provisional' : 'example',
    )
  const file: YearFile = {
    ...{ path, year, region, status },
    notice: notice && headOf(notice, at),
    amendments: notice ? eachAt(notice, 'amendments', at, amendmentOf) : [],
    ...listsOf(form, path, (member, field) => ({
      ...namedDateOf(member, field),
      by: textAt(formOf(member, field), 'by', field),
    })),
  }
  checkDates(file)
  return file
}

function headOf(form: Form, field: string): Head {
  return {
    number: textOrNullAt(form, 'number', field),
    title: textAt(form, 'title', field),
    issuer: textOrNullAt(form, 'issuer', field),
    issuedOn: dateOrNullAt(form, 'issuedOn', field),
    publishedOn: dateOrNullAt(form, 'publishedOn', field),
    url: textOrNullAt(form, 'url', field),
  }
}

function amendmentOf(value: unknown, field: string): Amendment {
  const form = formOf(value, field)
  return {
    ...headOf(form, field),
    kind: choiceAt(form, 'kind', field, ['amendment', 'next-year-notice']),
    adds: listsOf(formOf(form['adds'], `${field}.adds`), `${field}.adds`, namedDateOf),
    removes: listsOf(formOf(form['removes'], `${field}.removes`), `${field}.removes`, namedDateOf),
  }
}

function namedDateOf(value: unknown, field: string): NamedDate {
  const form = formOf(value, field)
  return { date: dateAt(form, 'date', field), name: textAt(form, 'name', field) }
}

const listsOf = <Dated>(
  form: Form,
  field: string,
  read: (member: unknown, field: string) => Dated,
): Lists<Dated> => ({
  daysOff: eachAt(form, 'daysOff', field, read),
  workdays: eachAt(form, 'workdays', field, read),
})

/** Each date lies in the year, stands once, is made up for on a weekend only, by a known instrument. */
function checkDates(file: YearFile): void {
  const instruments = [file.notice, ...file.amendments].flatMap((one) => (one ? [one] : []))
  const known = new Set(instruments.map(citationOf))
  checkLists(file, file.path)
  file.amendments.forEach(({ adds, removes }, index) => {
    checkLists({ ...file, ...adds }, `${file.path}: notice.amendments[${index}].adds`)
    checkLists({ ...file, ...removes }, `${file.path}: notice.amendments[${index}].removes`)
  })
  for (const list of ['daysOff', 'workdays'] as const)
    file[list].forEach(({ by }, index) => {
      if (file.notice === null || known.has(by)) return
      const params = { field: `${within(file.path, list)}[${index}].by`, value: by }
      throw new Refusal('malformed', 'CALENDAR_INSTRUMENT_UNKNOWN', 'house/calendar', params)
    })
}

function checkLists(lists: Lists<NamedDate> & { readonly year: number }, field: string): void {
  const off = new Set<string>()
  const work = new Set<string>()
  const check = (list: 'daysOff' | 'workdays', mine: Set<string>): void =>
    lists[list].forEach(({ date }, index) => {
      const place = { field: `${within(field, list)}[${index}].date`, date, year: lists.year }
      const day = dayOfDate(date, place.field)
      const fault = faultOf(day)
      if (fault) throw new Refusal('malformed', fault, 'house/calendar', place)
      mine.add(date)
      function faultOf(of: number) {
        if (yearOf(of) !== lists.year) return 'CALENDAR_DATE_OUTSIDE'
        if (mine.has(date)) return 'CALENDAR_DATE_TWICE'
        if (off.has(date)) return 'CALENDAR_DATE_BOTH'
        return list === 'workdays' && !isWeekend(of) ? 'CALENDAR_MAKE_UP_WEEKDAY' : undefined
      }
    })
  check('daysOff', off)
  check('workdays', work)
}
