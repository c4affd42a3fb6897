// RedirectDispute: the releasing agency chooses another candidate, until its dispute is accepted.
import {
  CandidateKind,
  type RedirectDisputeRequest,
  type RedirectDisputeResponse,
} from '../../../gen/huiqian/escalation/v1/escalation.js'
import { enumField } from '../../../shared/rpc/fields.js'
import { unary } from '../../../shared/rpc/rpc.js'
import { redirect } from '../dispute/coordinate.js'
import { remindAt, type Escalation } from '../escalation.js'
import { changeDispute, commandOf, reasonOf } from './commands.js'
import { CANDIDATES, wordOf } from './enums.js'

export const redirectDispute = (room: Escalation) =>
  unary<RedirectDisputeRequest, RedirectDisputeResponse>(async (request, context) => {
    const command = commandOf(request, context)
    const to = wordOf(CANDIDATES, enumField(request.to, 'to', CandidateKind))
    const sealed = reasonOf('redirection', request.reason)
    const words = { part: 'reason', sealed }
    const dispute = await changeDispute(room, context, command, words, (state, now) => {
      const coordinator = state.candidates.find(({ kind }) => kind === to)?.agency ?? ''
      return redirect(state, {
        ...{ to, reasonDigest: sealed.digest, now },
        remindAt: remindAt(room, now, state.remindEvery, coordinator),
      })
    })
    return { dispute }
  })
