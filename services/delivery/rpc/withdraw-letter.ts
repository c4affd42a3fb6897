// A letter is withdrawn by the service that posted it. One that arrived stays in the mailbox, marked;
// one that still waits for a mailbox will never arrive.
import type {
  WithdrawLetterRequest,
  WithdrawLetterResponse,
} from '../../../gen/huiqian/delivery/v1/delivery.js'
import type { RequestKey } from '../../../shared/dossier/dossier.js'
import { Refusal } from '../../../shared/refusal/refusal.js'
import { unary } from '../../../shared/rpc/rpc.js'
import type { Delivery } from '../delivery.js'
import { decide as decideLetter } from '../letter/letter.js'
import { decide as decideMailbox } from '../mailbox/mailbox.js'
import type { LetterRow } from '../store/schema.js'
import { entryOf } from './letter-message.js'
import { notFound, serviceNameOf } from './relation.js'
import { requestKey } from '../../../shared/rpc/request-key.js'

type Withdrawing = Pick<Delivery, 'clock' | 'knownLetters' | 'letters' | 'mailboxes'>

const LOOK_UPS_MAX = 8

export const withdrawLetter = (delivery: Withdrawing) =>
  unary<WithdrawLetterRequest, WithdrawLetterResponse>(async ({ letterId, requestId }, context) => {
    const postedBy = serviceNameOf(context)
    const key = requestKey(context.caller, requestId, { call: 'WithdrawLetter', letterId })
    for (let lookUps = 0; lookUps < LOOK_UPS_MAX; lookUps++) {
      const row = await withdrawn(delivery, letterId, postedBy, key)
      if (row) return { entry: entryOf({ ...row, signed_by: null }) } // who signed is no sender's business
    }
    throw new Refusal('overtaken', 'OVERTAKEN', 'house/posting')
  })

// Undefined where the letter arrived, or was withdrawn, between the look-up and the decision.
async function withdrawn(
  delivery: Withdrawing,
  letterId: string,
  postedBy: string,
  request: RequestKey,
): Promise<LetterRow | undefined> {
  const find = async (): Promise<LetterRow> => {
    const row = (await delivery.knownLetters([letterId])).get(letterId)
    if (row?.posted_by !== postedBy) throw notFound()
    return row
  }
  const { recipient } = await find()
  const { version: asOf } = await delivery.mailboxes.read(recipient) // then what it held is seen below
  const row = await find()
  const now = delivery.clock.now()
  if (row.state === 'dropped') return row
  if (row.state === 'arrived') {
    const { state } = await delivery.letters.change(letterId, { request, now }, (letter) =>
      decideLetter(letter, { type: 'WithdrawLetter', now }),
    )
    return { ...row, signed_at: state.signedAt, withdrawn_at: state.withdrawnAt }
  }
  try {
    await delivery.mailboxes.change(recipient, { request, now }, (mailbox) =>
      decideMailbox(mailbox, { type: 'WithdrawWaiting', letterId, asOf, now }),
    )
  } catch (error) {
    if (error instanceof Refusal && error.kind === 'overtaken') return undefined
    throw error
  }
  return find()
}
