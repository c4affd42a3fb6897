// AcceptDispute (受理): the coordinator takes the dispute on.
import type {
  AcceptDisputeRequest,
  AcceptDisputeResponse,
} from '../../../gen/huiqian/escalation/v1/escalation.js'
import { unary } from '../../../shared/rpc/rpc.js'
import { accept } from '../dispute/coordinate.js'
import type { Escalation } from '../escalation.js'
import { changeDispute, commandOf } from './commands.js'

export const acceptDispute = (room: Escalation) =>
  unary<AcceptDisputeRequest, AcceptDisputeResponse>(async (request, context) => {
    const command = commandOf(request, context)
    const dispute = await changeDispute(room, context, command, undefined, (state, now) => {
      return accept(state, { now })
    })
    return { dispute }
  })
