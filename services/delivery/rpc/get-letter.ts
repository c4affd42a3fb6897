// A letter with its content. That it was read goes on record before it is answered.
import { Letter } from '../../../gen/huiqian/delivery/v1/delivery.js'
import type {
  GetLetterRequest,
  GetLetterResponse,
} from '../../../gen/huiqian/delivery/v1/delivery.js'
import { callerLine } from '../../../shared/identity/identity.js'
import { unary } from '../../../shared/rpc/rpc.js'
import type { Delivery } from '../delivery.js'
import { decide } from '../letter/letter.js'
import { entryOf } from './letter-message.js'
import { mailboxOf, notFound } from './relation.js'

export const getLetter = ({
  clock,
  letters,
  letterContent,
  letterOfMailbox,
}: Pick<Delivery, 'clock' | 'letters' | 'letterContent' | 'letterOfMailbox'>) =>
  unary<GetLetterRequest, GetLetterResponse>(async ({ letterId }, { caller }) => {
    const row = await letterOfMailbox(mailboxOf(caller), letterId)
    if (row === undefined) throw notFound()
    const now = clock.now()
    const reader = callerLine(caller)
    await letters.change(letterId, { now }, (letter) =>
      decide(letter, { type: 'ReadLetter', reader, now }),
    )
    const bytes = await letterContent.bytes(row.release_id, row.content)
    return { entry: entryOf(row), letter: bytes && Letter.decode(bytes) } // destroyed content: none
  })
