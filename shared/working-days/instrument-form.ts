// An instrument as JSON, in our own form, and what must hold of any instrument whatever it says.
import { Refusal } from '../refusal/refusal.js'
import { dayOfDate, isWeekend } from './day.js'
import { choiceAt, dateAt, dateOrNullAt, eachAt, formOf } from './form.js'
import { textAt, textOrNullAt, yearOfForm } from './form.js'
import type { Instrument, Operation } from './instrument.js'
import { COUNTRY, regionOf } from './region.js'

/** Reads one instrument; `field` names where it stood. */
export function parseInstrument(value: unknown, field = 'instrument'): Instrument {
  const form = formOf(value, field)
  const instrument: Instrument = {
    number: textOrNullAt(form, 'number', field),
    title: textAt(form, 'title', field),
    issuer: textOrNullAt(form, 'issuer', field),
    issuedOn: dateOrNullAt(form, 'issuedOn', field),
    publishedOn: dateOrNullAt(form, 'publishedOn', field),
    url: textOrNullAt(form, 'url', field),
    region: regionOf(textOrNullAt(form, 'region', field) ?? COUNTRY, `${field}.region`),
    notifies: eachAt(form, 'notifies', field, yearOfForm),
    provides: eachAt(form, 'provides', field, yearOfForm),
    operations: eachAt(form, 'operations', field, operationOf),
  }
  checkInstrument(instrument, field)
  return instrument
}

function operationOf(value: unknown, field: string): Operation {
  const form = formOf(value, field)
  const op = choiceAt(form, 'op', field, ['off', 'work', 'unset'])
  const name =
    op === 'unset' ? (textOrNullAt(form, 'name', field) ?? '') : textAt(form, 'name', field)
  return { date: dateAt(form, 'date', field), op, name }
}

/** No date is said twice, and only a weekend is made up for. */
export function checkInstrument({ operations }: Instrument, field = 'instrument'): void {
  const said = new Map<string, Operation>()
  operations.forEach((operation, index) => {
    const { date, op } = operation
    const place = { field: `${field}.operations[${index}].date`, date }
    const day = dayOfDate(date, place.field)
    const earlier = said.get(date)
    if (earlier) {
      const reason = earlier.op === op ? 'CALENDAR_DATE_TWICE' : 'CALENDAR_DATE_BOTH'
      throw new Refusal('malformed', reason, 'house/calendar', place)
    }
    if (op === 'work' && !isWeekend(day))
      throw new Refusal('malformed', 'CALENDAR_MAKE_UP_WEEKDAY', 'house/calendar', place)
    said.set(date, operation)
  })
}
