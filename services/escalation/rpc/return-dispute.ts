// ReturnDispute: the coordinator sends it back to negotiation, with its reason.
import type {
  ReturnDisputeRequest,
  ReturnDisputeResponse,
} from '../../../gen/huiqian/escalation/v1/escalation.js'
import { unary } from '../../../shared/rpc/rpc.js'
import { returnToNegotiation } from '../dispute/coordinate.js'
import type { Escalation } from '../escalation.js'
import { changeDispute, commandOf, reasonOf } from './commands.js'

export const returnDispute = (room: Escalation) =>
  unary<ReturnDisputeRequest, ReturnDisputeResponse>(async (request, context) => {
    const command = commandOf(request, context)
    const sealed = reasonOf('return', request.reason)
    const words = { part: 'reason', sealed }
    const dispute = await changeDispute(room, context, command, words, (state, now) => {
      return returnToNegotiation(state, { reasonDigest: sealed.digest, now })
    })
    return { dispute }
  })
