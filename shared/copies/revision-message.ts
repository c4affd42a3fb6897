// A revision of the calendar from its message to what working-days computes with. Pure.
import type { Timestamp } from '../../gen/google/protobuf/timestamp.js'
import type { CalendarRevision, Instrument, Operation } from '../working-days/working-days.js'

/** An instrument as the directory's contract has it. */
export type InstrumentMessage = Omit<
  Instrument,
  'number' | 'issuer' | 'issuedOn' | 'publishedOn' | 'url' | 'operations'
> & {
  readonly number: string
  readonly issuer: string
  readonly issuedOn: string
  readonly publishedOn: string
  readonly url: string
  readonly days: readonly {
    readonly date: string
    readonly operation: number
    readonly name: string
  }[]
}

/** The words of the contract's numbers. */
export type Operations = Readonly<Record<number, Operation['op']>>

export type RevisionMessage = {
  readonly number: number
  readonly recordedAt?: Timestamp | undefined
  readonly author: string
  readonly digest: Buffer
}

/** The revision; its digest is the directory's. */
export function revisionOf(
  { number, author, digest }: RevisionMessage,
  recordedAt: number,
  instruments: readonly InstrumentMessage[],
  operations: Operations,
): CalendarRevision {
  return {
    number,
    recordedAt,
    author,
    instruments: instruments.map((one) => instrumentOf(one, operations)),
    digest: digest.toString('hex'),
  }
}

const orNull = (text: string): string | null => (text === '' ? null : text)

function instrumentOf({ days, ...message }: InstrumentMessage, operations: Operations): Instrument {
  const { title, region, notifies, provides } = message
  return {
    number: orNull(message.number),
    title,
    issuer: orNull(message.issuer),
    issuedOn: orNull(message.issuedOn),
    publishedOn: orNull(message.publishedOn),
    url: orNull(message.url),
    ...{ region, notifies, provides },
    operations: days.map(({ date, operation, name }) => {
      const op = operations[operation]
      if (op === undefined) throw new Error('the directory told a day without an operation')
      return { date, op, name }
    }),
  }
}
