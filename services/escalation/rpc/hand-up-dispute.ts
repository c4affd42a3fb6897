// HandUpDispute: the coordinator hands it to its own superior organ, which the directory names before the
// change. Afterwards it has no part in the dispute any more.
import type { DirectoryServiceClient } from '../../../gen/huiqian/directory/v1/directory.js'
import type {
  HandUpDisputeRequest,
  HandUpDisputeResponse,
} from '../../../gen/huiqian/escalation/v1/escalation.js'
import { Refusal } from '../../../shared/refusal/refusal.js'
import { CallFailed } from '../../../shared/rpc/call-failed.js'
import type { Calls } from '../../../shared/rpc/client.js'
import { unary, type CallContext } from '../../../shared/rpc/rpc.js'
import { handUp } from '../dispute/coordinate.js'
import type { Dispute } from '../dispute/state.js'
import { remindAt, type Escalation } from '../escalation.js'
import { commandOf, putWords, reasonOf } from './commands.js'
import { messageFor } from './dispute-message.js'
import { agenciesOf, onDispute, ownRepetition } from './relation.js'

type Directory = Pick<Calls<typeof DirectoryServiceClient.service>, 'resolveCoordinators'>

export const handUpDispute = (room: Escalation, directory: () => Directory) =>
  unary<HandUpDisputeRequest, HandUpDisputeResponse>(async (request, context) => {
    const { caller } = context
    const { disputeId, key } = commandOf(request, context)
    reasonOf('hand-up', request.reason)
    const { state: before } = await room.disputes.read(disputeId)
    const mine = before.exists && agenciesOf(caller).includes(before.coordinator)
    // A repetition finds the dispute gone on: its first answer needs nobody to be asked.
    const superior = mine ? await superiorOf(directory(), before, context) : NOBODY
    const sealed = reasonOf('hand-up', request.reason, superior.zh, superior.en)
    const now = room.clock.now()
    const changed = await room.disputes.change(disputeId, { now, request: key }, (state) => {
      const permit = onDispute(context, state)
      return {
        events: permit.lets(() =>
          handUp(state, {
            ...{ superior: superior.agency, reasonDigest: sealed.digest, now },
            remindAt: remindAt(room, now, state.remindEvery, superior.agency),
          }),
        ),
        statements: [putWords(room, state, { part: 'reason', sealed })],
      }
    })
    if (changed.replayed) ownRepetition(context)
    const { state, version } = changed
    return { dispute: await messageFor(room, { caller }, state, version, 'basic') }
  })

type Superior = { readonly agency: string; readonly zh: string; readonly en: string }
const NOBODY: Superior = { agency: '', zh: '', en: '' }

/** The coordinator's superior organ: of the parties none, and none that had the dispute before. */
async function superiorOf(
  directory: Directory,
  { coordinator, releasingAgency, parties, former }: Dispute,
  within: CallContext,
): Promise<Superior> {
  const excluded = [releasingAgency, ...parties, ...former].map((one) =>
    typeof one === 'string' ? one : one.agency,
  )
  try {
    const { superiorOrgan } = await directory.resolveCoordinators(
      {
        releasingAgency: coordinator,
        parties: [...new Set(excluded)].filter((agency) => agency !== coordinator),
        asOf: undefined,
      },
      { within },
    )
    const { agency = '', reasonZh: zh = '', reasonEn: en = '' } = superiorOrgan ?? {}
    return { agency, zh, en }
  } catch (error) {
    if (!(error instanceof CallFailed)) throw error
    throw new Refusal('in-doubt', 'IN_DOUBT', 'house/directory', {
      why_zh: '目录服务现在不能答复',
      why_en: 'the directory does not answer now',
    })
  }
}
