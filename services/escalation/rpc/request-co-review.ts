// RequestCoReview (会同研究): the coordinator asks the bodies of its level, and others that it adds.
import type {
  OtherBody,
  RequestCoReviewRequest,
  RequestCoReviewResponse,
} from '../../../gen/huiqian/escalation/v1/escalation.js'
import { Refusal } from '../../../shared/refusal/refusal.js'
import { creditCodeField, missing } from '../../../shared/rpc/fields.js'
import { unary } from '../../../shared/rpc/rpc.js'
import { dateOf, dayOf } from '../../../shared/working-days/working-days.js'
import { seal } from '../forms/forms.js'
import { requestCoReview as decide } from '../dispute/co-review.js'
import { levelBodies, standingFor } from '../dispute/level-bodies.js'
import { remindAt, type Escalation } from '../escalation.js'
import { commandOf, putWords, wordsField } from './commands.js'
import { disputeMessage } from './dispute-message.js'
import { onDispute, ownRepetition } from './relation.js'

const OTHERS_MAX = 20

export const requestCoReview = (room: Escalation) =>
  unary<RequestCoReviewRequest, RequestCoReviewResponse>(async (request, context) => {
    const { caller } = context
    const { disputeId, key } = commandOf(request, context)
    if (!request.levelBodies && request.others.length === 0) throw missing('level_bodies')
    const others = othersOf(request.others, disputeId)
    const now = room.clock.now()
    const changed = await room.disputes.change(disputeId, { now, request: key }, (state) => {
      const permit = onDispute(context, state)
      for (const [index, { agency }] of others.entries())
        mustStand(room, agency, `others[${index}].agency`, now)
      const { agencies, mint } = room
      return {
        events: permit.lets(() =>
          decide(state, {
            level: request.levelBodies
              ? levelBodies(agencies, state.coordinator, state.levelRoles, now)
              : [],
            others: others.map(({ agency, sealed }) => ({ agency, reasonDigest: sealed.digest })),
            now,
            coReviewId: () => mint.id(now),
            remindAt: (agency) => remindAt(room, now, state.remindEvery, agency),
          }),
        ),
        statements: others.map(({ sealed }) => putWords(room, state, { part: 'reason', sealed })),
      }
    })
    if (changed.replayed) ownRepetition(context)
    return { dispute: await disputeMessage(room, caller, changed, 'basic') }
  })

function othersOf(others: readonly OtherBody[], disputeId: string) {
  if (others.length > OTHERS_MAX)
    throw new Refusal('malformed', 'LIST_TOO_LONG', 'house/fields', {
      field: 'others',
      length: others.length,
      limit: OTHERS_MAX,
    })
  return others.map(({ agency, reason }, index) => ({
    agency: creditCodeField(agency, `others[${index}].agency`),
    sealed: seal({
      form: 'huiqian-words-1',
      about: `co-review:${disputeId}:${agency}`,
      words: [wordsField(reason, `others[${index}].reason`, true)],
    }),
  }))
}

/** Refuses an agency that the directory does not have, or not now. */
export function mustStand(
  { agencies }: Pick<Escalation, 'agencies'>,
  agency: string,
  field: string,
  now: number,
): void {
  if (agencies.get(agency) === undefined)
    throw new Refusal('malformed', 'AGENCY_UNKNOWN', 'house/directory', { field, agency })
  const standing = standingFor(agencies, agency, now)
  if (standing?.code === agency) return
  throw new Refusal('malformed', 'AGENCY_NOT_VALID', 'house/directory', {
    ...{ field, agency, date: dateOf(dayOf(now)), successor: standing?.code ?? '—' },
  })
}
