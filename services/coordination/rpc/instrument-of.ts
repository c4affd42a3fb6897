// A notice of a preview, read field by field, as the directory would read it for an import.
import {
  DayOperation,
  type Instrument as InstrumentMessage,
} from '../../../gen/huiqian/directory/v1/calendar.js'
import { Refusal } from '../../../shared/refusal/refusal.js'
import { enumField, missing, textField } from '../../../shared/rpc/fields.js'
import { parseInstrument, type Instrument } from '../../../shared/working-days/working-days.js'

const TEXT = { maxBytes: 600, required: false, oneLine: true }
const DAYS_MAX = 400
const OPERATIONS: Readonly<Record<number, string>> = {
  [DayOperation.OFF]: 'off',
  [DayOperation.WORK]: 'work',
  [DayOperation.UNSET]: 'unset',
}

/** The instrument; refuses what no import would take. */
export function instrumentField(message: InstrumentMessage | undefined): Instrument {
  if (message === undefined) throw missing('instrument')
  for (const field of ['number', 'title', 'issuer', 'url'] as const)
    textField(message[field], `instrument.${field}`, TEXT)
  if (message.title === '') throw missing('instrument.title')
  if (message.publishedOn === '' && message.issuedOn === '')
    throw missing('instrument.published_on', 'house/calendar')
  if (message.days.length > DAYS_MAX)
    throw new Refusal('malformed', 'LIST_TOO_LONG', 'house/fields', {
      field: 'instrument.days',
      length: message.days.length,
      limit: DAYS_MAX,
    })
  const operations = message.days.map(({ date, operation, name }, index) => {
    enumField(operation, `instrument.days[${index}].operation`, DayOperation)
    return { date, op: OPERATIONS[operation], name: name === '' ? null : name }
  })
  const orNull = (text: string): string | null => (text === '' ? null : text)
  return inWireFields(() =>
    parseInstrument({
      ...{ title: message.title, notifies: message.notifies, provides: message.provides },
      number: orNull(message.number),
      issuer: orNull(message.issuer),
      issuedOn: orNull(message.issuedOn),
      publishedOn: orNull(message.publishedOn),
      url: orNull(message.url),
      region: orNull(message.region),
      operations,
    }),
  )
}

const WIRE_FIELDS: readonly (readonly [RegExp, string])[] = [
  [/\boperations\b/, 'days'],
  [/\.op$/, '.operation'],
  [/\bissuedOn\b/, 'issued_on'],
  [/\bpublishedOn\b/, 'published_on'],
]

function inWireFields<T>(work: () => T): T {
  try {
    return work()
  } catch (error) {
    if (!(error instanceof Refusal) || error.field === undefined) throw error
    const field = WIRE_FIELDS.reduce((path, [law, wire]) => path.replace(law, wire), error.field)
    throw new Refusal(error.kind, error.reason, error.rule, { ...error.params, field })
  }
}
