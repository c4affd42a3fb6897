// A revision of the calendar from the directory's message to what working-days computes with. Pure.
import {
  DayOperation,
  type Instrument as InstrumentMessage,
  type Revision,
} from '../../../gen/huiqian/directory/v1/calendar.js'
import { instantOf } from '../../../shared/rpc/timestamps.js'
import type {
  CalendarRevision,
  Instrument,
  Operation,
} from '../../../shared/working-days/working-days.js'

/** The revision; its digest is the directory's. */
export function revisionOf(
  revision: Revision,
  instruments: readonly InstrumentMessage[],
): CalendarRevision {
  if (revision.recordedAt === undefined) throw new Error('a revision without the time of record')
  return {
    number: revision.number,
    recordedAt: instantOf(revision.recordedAt),
    author: revision.author,
    instruments: instruments.map(instrumentOf),
    digest: revision.digest.toString('hex'),
  }
}

const orNull = (text: string): string | null => (text === '' ? null : text)

function instrumentOf(message: InstrumentMessage): Instrument {
  return {
    number: orNull(message.number),
    title: message.title,
    issuer: orNull(message.issuer),
    issuedOn: orNull(message.issuedOn),
    publishedOn: orNull(message.publishedOn),
    url: orNull(message.url),
    region: message.region,
    notifies: message.notifies,
    provides: message.provides,
    operations: message.days.map(({ date, operation, name }) => ({
      date,
      op: operationOf(operation),
      name,
    })),
  }
}

function operationOf(operation: DayOperation): Operation['op'] {
  switch (operation) {
    case DayOperation.OFF:
      return 'off'
    case DayOperation.WORK:
      return 'work'
    case DayOperation.UNSET:
      return 'unset'
    case DayOperation.UNSPECIFIED:
    case DayOperation.UNRECOGNIZED:
      throw new Error('the directory told a day without an operation')
  }
}
