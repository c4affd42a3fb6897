// A notice from the JSON of the public holiday-cn collection: `{year, papers, days: [{name, date,
// isOffDay}]}`. It says nothing about the instrument itself; that is given beside it.
import { Refusal } from '../../../shared/refusal/refusal.js'
import { parseInstrument, type Instrument } from '../../../shared/working-days/working-days.js'

/** Who the instrument is. */
export type NoticeHead = Pick<
  Instrument,
  'number' | 'title' | 'issuer' | 'issuedOn' | 'publishedOn'
>

/** The notice of a year in that form. A weekday given as worked is refused: the collection has such. */
export function fromHolidayCn(value: unknown, head: NoticeHead): Instrument {
  const form = value as { year?: unknown; papers?: unknown; days?: unknown } | null
  if (form === null || typeof form !== 'object' || !Array.isArray(form.days))
    throw malformed('days', '[{name, date, isOffDay}]')
  const operations = form.days.map((day: unknown, index) => operationOf(day, `days[${index}]`))
  const url: unknown = Array.isArray(form.papers) ? form.papers[0] : undefined
  return parseInstrument({
    ...head,
    ...{ url: url ?? null, region: 'CN', notifies: [form.year], provides: [], operations },
  })
}

function operationOf(value: unknown, field: string) {
  const day = value as { name?: unknown; date?: unknown; isOffDay?: unknown } | null
  if (day === null || typeof day !== 'object' || typeof day.isOffDay !== 'boolean')
    throw malformed(field, '{name, date, isOffDay}')
  return { date: day.date, op: day.isOffDay ? 'off' : 'work', name: day.name }
}

const malformed = (field: string, expected: string): Refusal =>
  new Refusal('malformed', 'CALENDAR_FORM', 'house/calendar', { field, expected })
