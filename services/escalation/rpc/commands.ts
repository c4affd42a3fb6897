// The commands that only change one dispute: who may give them, the law's decision, and the answer.
import type { Dispute as Message } from '../../../gen/huiqian/escalation/v1/escalation.js'
import type { RequestKey } from '../../../shared/dossier/dossier.js'
import { lineField, wordsField } from '../../../shared/rpc/usual-fields.js'
import { uuidField } from '../../../shared/rpc/fields.js'
import { requestKey } from '../../../shared/rpc/request-key.js'
import type { CallContext } from '../../../shared/rpc/rpc.js'
import { seal, type Sealed } from '../forms/forms.js'
import type { DisputeEvent } from '../dispute/events.js'
import type { Dispute } from '../dispute/state.js'
import type { Escalation } from '../escalation.js'
import { disputeMessage } from './dispute-message.js'
import { onDispute, ownRepetition } from './relation.js'

export { lineField, wordsField }

type Commanded = { readonly requestId: string; readonly disputeId: string }

/** The dispute and the key of a command; two calls with like fields are two commands. */
export function commandOf<Request extends Commanded>(
  { requestId, ...command }: Request,
  { caller, method }: Pick<CallContext, 'caller' | 'method'>,
): { readonly disputeId: string; readonly key: RequestKey } {
  return {
    disputeId: uuidField(command.disputeId, 'dispute_id'),
    key: requestKey(caller, requestId, { method, command }),
  }
}

/** A required reason, sealed: why something was done with a dispute. */
export const reasonOf = (about: string, reason: string, ...more: string[]): Sealed =>
  seal({
    form: 'huiqian-words-1',
    about: `dispute:${about}`,
    words: [wordsField(reason, 'reason', true), ...more],
  })

/** Decides on a dispute, keeps the words beside it, and answers with the dispute as it is then. */
export async function changeDispute(
  room: Pick<Escalation, 'disputes' | 'content' | 'clock'>,
  context: Pick<CallContext, 'caller' | 'row' | 'permits'>,
  { disputeId, key }: { readonly disputeId: string; readonly key: RequestKey },
  words: { readonly part: string; readonly sealed: Sealed } | undefined,
  decide: (dispute: Dispute, now: number) => readonly DisputeEvent[],
): Promise<Message> {
  const now = room.clock.now()
  const changed = await room.disputes.change(disputeId, { now, request: key }, (dispute) => ({
    events: onDispute(context, dispute).lets(() => decide(dispute, now)),
    statements: words === undefined ? [] : [putWords(room, dispute, words)],
  }))
  if (changed.replayed) ownRepetition(context)
  return disputeMessage(room, context.caller, changed, 'basic')
}

export const putWords = (
  { content }: Pick<Escalation, 'content'>,
  { releaseId: release }: Pick<Dispute, 'releaseId'>,
  { part, sealed }: { readonly part: string; readonly sealed: Sealed },
) => content.put({ release, part, ...sealed })
