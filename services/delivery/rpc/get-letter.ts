// A letter with its content. That it was read goes on record before it is answered.
import { Letter } from '../../../gen/huiqian/delivery/v1/delivery.js'
import type {
  GetLetterRequest,
  GetLetterResponse,
} from '../../../gen/huiqian/delivery/v1/delivery.js'
import { unary } from '../../../shared/rpc/rpc.js'
import type { Delivery } from '../delivery.js'
import { entryOf } from './letter-message.js'
import { recordReading } from './reading.js'
import { mailboxOf, notFound } from './relation.js'

export const getLetter = (
  delivery: Pick<Delivery, 'clock' | 'letters' | 'letterContent' | 'letterOfMailbox'>,
) =>
  unary<GetLetterRequest, GetLetterResponse>(async ({ letterId }, context) => {
    const row = await delivery.letterOfMailbox(mailboxOf(context), letterId)
    if (row === undefined) throw notFound()
    await recordReading(delivery, row, context.caller)
    const bytes = await delivery.letterContent.bytes(row.release_id, row.content)
    return { entry: entryOf(row), letter: bytes && Letter.decode(bytes) } // destroyed content: none
  })
