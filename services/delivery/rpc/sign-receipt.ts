// An agency signs for a letter (签收). The name stays apart from the facts: the event holds a salted digest.
import { createHash } from 'node:crypto'
import type {
  SignReceiptRequest,
  SignReceiptResponse,
} from '../../../gen/huiqian/delivery/v1/delivery.js'
import { callerLine } from '../../../shared/identity/identity.js'
import { textField } from '../../../shared/rpc/fields.js'
import { unary } from '../../../shared/rpc/rpc.js'
import type { Delivery } from '../delivery.js'
import { decide } from '../letter/letter.js'
import { entryOf } from './letter-message.js'
import { mailboxOf, notFound } from './relation.js'
import { requestKey } from '../../../shared/rpc/request-key.js'

const SIGNED_BY = { maxBytes: 200, oneLine: true }
const SALT_BYTES = 16

export const signReceipt = (
  delivery: Pick<
    Delivery,
    'acts' | 'clock' | 'mint' | 'letters' | 'letterContent' | 'letterOfMailbox'
  >,
) =>
  unary<SignReceiptRequest, SignReceiptResponse>(async (request, context) => {
    const { letterId } = request
    const signedBy = textField(request.signedBy, 'signed_by', SIGNED_BY)
    const { clock, mint, letters, letterContent, letterOfMailbox } = delivery
    const key = requestKey(context.caller, request.requestId, {
      call: 'SignReceipt',
      letterId,
      signedBy,
      ...(request.signed && { signed: request.signed }),
    })
    const mailbox = mailboxOf(context)
    const found = await letterOfMailbox(mailbox, letterId)
    if (found === undefined) throw notFound()
    const signature = await delivery.acts.check(request.signed, {
      ...{ act: 'SignReceipt', agency: mailbox, requestId: request.requestId },
      ...{ subject: { letter_id: letterId, signed_by: signedBy }, admittedAt: context.admittedAt },
    })
    const salt = mint.bytes(SALT_BYTES)
    const command = {
      type: 'SignReceipt',
      releaseId: found.release_id,
      ...(found.consultation_id !== null && { consultationId: found.consultation_id }),
      signedBy: createHash('sha256').update(salt).update(signedBy).digest('hex'),
      by: callerLine(context.caller),
      now: clock.now(),
    } as const
    const { state } = await letters.change(
      letterId,
      { request: key, now: command.now },
      (letter) => {
        const held = signature.take()
        const events = decide(letter, { ...command, ...(held && { signed: held.by }) })
        if (events.length === 0) return { events }
        const kept = letterContent.signedAct(found.release_id, held)
        return { events, statements: [letterContent.signature(found, salt, signedBy), kept] }
      },
    )
    const row = (await letterOfMailbox(mailbox, letterId)) ?? found
    const { signedAt: signed_at, withdrawnAt: withdrawn_at } = state // as it was after this very request
    return { entry: entryOf({ ...row, signed_at, withdrawn_at }) }
  })
