// Revisions, instruments and days on the wire and in the law; nothing else knows both shapes.
import {
  DayKind as DayKindMessage,
  type ExplainedDay,
} from '../../../gen/huiqian/common/v1/common.js'
import {
  DayOperation,
  type Instrument as InstrumentMessage,
  type Revision as RevisionMessage,
} from '../../../gen/huiqian/directory/v1/calendar.js'
import { Refusal } from '../../../shared/refusal/refusal.js'
import { enumField, missing, textField } from '../../../shared/rpc/fields.js'
import { timestampOf } from '../../../shared/rpc/timestamps.js'
import {
  parseInstrument,
  type DayInfo,
  type DayKind,
  type Instrument,
  type Operation,
} from '../../../shared/working-days/working-days.js'
import type { Revision } from '../calendar/calendar.js'

const OPERATIONS: Readonly<Record<Operation['op'], DayOperation>> = {
  off: DayOperation.OFF,
  work: DayOperation.WORK,
  unset: DayOperation.UNSET,
}
const KINDS: Readonly<Record<DayKind, DayKindMessage>> = {
  weekday: DayKindMessage.WEEKDAY,
  weekend: DayKindMessage.WEEKEND,
  holiday: DayKindMessage.HOLIDAY,
  'make-up': DayKindMessage.MAKE_UP,
}

export const revisionMessage = (revision: Revision): RevisionMessage => ({
  number: revision.number,
  recordedAt: timestampOf(revision.recordedAt),
  author: revision.author,
  digest: Buffer.from(revision.digest, 'hex'),
  added: addedWords(revision.added),
})

function addedWords(added: readonly string[]): string {
  const [first = ''] = added
  return added.length < 2 ? first : `${first} … ${added.at(-1)}（${added.length} 件）`
}

export const instrumentMessage = (one: Instrument): InstrumentMessage => ({
  number: one.number ?? '',
  title: one.title,
  issuer: one.issuer ?? '',
  issuedOn: one.issuedOn ?? '',
  publishedOn: one.publishedOn ?? '',
  url: one.url ?? '',
  region: one.region,
  notifies: [...one.notifies],
  provides: [...one.provides],
  days: one.operations.map(({ date, op, name }) => ({ date, operation: OPERATIONS[op], name })),
})

const TEXT = { maxBytes: 600, required: false, oneLine: true }
const DAYS_MAX = 400

/** The instrument of a request, checked in itself. */
export function instrumentOf(message: InstrumentMessage | undefined): Instrument {
  if (message === undefined) throw missing('instrument')
  for (const field of ['number', 'title', 'issuer', 'url'] as const)
    textField(message[field], `instrument.${field}`, TEXT)
  if (message.title === '') throw missing('instrument.title')
  if (message.days.length > DAYS_MAX)
    throw new Refusal('malformed', 'FIELD_VALUE', 'house/fields', {
      field: 'instrument.days',
      value: message.days.length,
      why_zh: `一件文件至多 ${DAYS_MAX} 个日期`,
      why_en: `at most ${DAYS_MAX} dates in one instrument`,
    })
  const operations = message.days.map(({ date, operation, name }, index) => {
    const field = `instrument.days[${index}]`
    enumField(operation, `${field}.operation`, DayOperation)
    textField(name, `${field}.name`, { ...TEXT, required: operation !== DayOperation.UNSET })
    return { date, op: opOf(operation), name: name === '' ? null : name }
  })
  const orNull = (text: string): string | null => (text === '' ? null : text)
  return inWireFields(() =>
    parseInstrument({
      number: orNull(message.number),
      title: message.title,
      issuer: orNull(message.issuer),
      issuedOn: orNull(message.issuedOn),
      publishedOn: orNull(message.publishedOn),
      url: orNull(message.url),
      region: orNull(message.region),
      notifies: message.notifies,
      provides: message.provides,
      operations,
    }),
  )
}

const opOf = (operation: DayOperation): string =>
  Object.entries(OPERATIONS).find(([, wire]) => wire === operation)?.[0] ?? ''

const WIRE_FIELDS: readonly (readonly [RegExp, string])[] = [
  [/\boperations\b/, 'days'],
  [/\.op$/, '.operation'],
  [/\bissuedOn\b/, 'issued_on'],
  [/\bpublishedOn\b/, 'published_on'],
]

/** The law names fields in its own words; whoever called is told them in the contract's. */
export function inWireFields<T>(work: () => T): T {
  try {
    return work()
  } catch (error) {
    if (!(error instanceof Refusal) || error.field === undefined) throw error
    const field = WIRE_FIELDS.reduce((path, [law, wire]) => path.replace(law, wire), error.field)
    throw new Refusal(error.kind, error.reason, error.rule, { ...error.params, field })
  }
}

/** A day as it is told; `counted`, where nothing else is said: whether it is worked. */
export const dayMessage = (
  day: DayInfo,
  { counted = day.working, ordinal = 0, receipt = false } = {},
): ExplainedDay => ({
  date: day.date,
  counted,
  ordinal,
  kind: KINDS[day.kind],
  name: day.name ?? '',
  instrument: day.instrument ?? '',
  receipt,
})
