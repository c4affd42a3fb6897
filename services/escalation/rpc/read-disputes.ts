// Reading disputes: one, and a coordinator's desk. A reading of the content goes on record.
import {
  DisputeState,
  DisputeView,
  Part,
  type GetDisputeRequest,
  type GetDisputeResponse,
  type ListDisputesRequest,
  type ListDisputesResponse,
} from '../../../gen/huiqian/escalation/v1/escalation.js'
import { callerLine } from '../../../shared/identity/identity.js'
import { enumField, pageSize, uuidField } from '../../../shared/rpc/fields.js'
import { unary } from '../../../shared/rpc/rpc.js'
import type { Escalation } from '../escalation.js'
import { disputeMessage } from './dispute-message.js'
import { PARTS, STATES, wordOf } from './enums.js'
import { onDispute, ownAgencies, ownAgency, partIfAny } from './relation.js'

export const getDispute = (room: Escalation) =>
  unary<GetDisputeRequest, GetDisputeResponse>(async (request, context) => {
    const { caller, admittedAt } = context

    const disputeId = uuidField(request.disputeId, 'dispute_id')
    const view = enumField(request.view, 'view', DisputeView, { optional: true })
    const found = await room.disputes.read(disputeId)
    onDispute(context, found.state)
    const full = view === DisputeView.FULL
    if (full)
      await room.readings.change(disputeId, { now: admittedAt }, () => [
        {
          type: 'DisputeRead',
          ...{ disputeId, releaseId: found.state.releaseId, version: found.state.version },
          ...{ reader: callerLine(caller), readAt: admittedAt },
        },
      ])
    return { dispute: await disputeMessage(room, caller, found, full ? 'full' : 'basic') }
  })

export const listDisputes = (room: Escalation) =>
  unary<ListDisputesRequest, ListDisputesResponse>(async (request, context) => {
    const { caller } = context

    const agency = ownAgency(context)
    const statuses = request.states.map((state, index) =>
      wordOf(STATES, enumField(state, `states[${index}]`, DisputeState)),
    )
    const asked = enumField(request.part, 'part', Part, { optional: true })
    const part = asked === Part.UNSPECIFIED ? undefined : wordOf(PARTS, asked)
    const limit = pageSize(request.pageSize, { otherwise: 100, max: 1_000 })
    const scope = `ListDisputes/${agency}/${part ?? ''}/${statuses.join(',')}`
    const from = room.pageTokens.decode(scope, request.pageToken)
    const rows = await room.disputesOf({
      agencies: ownAgencies(context),
      statuses,
      part,
      from,
      limit: limit + 1,
    })
    const page = rows.slice(0, limit)
    const last = rows.length > limit ? page.at(-1) : undefined
    const disputes = await Promise.all(
      page.map(async ({ dispute_id }) => {
        const found = await room.disputes.read(dispute_id)
        // Redirected since the list was made: it is another's now.
        return partIfAny(caller, found.state) !== undefined
          ? [await disputeMessage(room, caller, found, 'facts')]
          : []
      }),
    )
    return {
      disputes: disputes.flat(),
      nextPageToken:
        last === undefined ? '' : room.pageTokens.encode(scope, [last.filed_at, last.dispute_id]),
    }
  })
