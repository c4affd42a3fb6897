// GiveCoReview: a body gives its written view; it may give another until the ruling.
import {
  Advice,
  type GiveCoReviewRequest,
  type GiveCoReviewResponse,
} from '../../../gen/huiqian/escalation/v1/escalation.js'
import { callerLine } from '../../../shared/identity/identity.js'
import { enumField, uuidField } from '../../../shared/rpc/fields.js'
import { unary } from '../../../shared/rpc/rpc.js'
import { seal } from '../forms/forms.js'
import { giveCoReview as decide } from '../dispute/co-review.js'
import type { Escalation } from '../escalation.js'
import { commandOf, lineField, putWords, wordsField } from './commands.js'
import { coReviewMessage } from './dispute-message.js'
import { ADVICES, wordOf } from './enums.js'
import { notFound, onCoReview } from './relation.js'

export const giveCoReview = (room: Escalation) =>
  unary<GiveCoReviewRequest, GiveCoReviewResponse>(async (request, context) => {
    const { caller } = context
    const coReviewId = uuidField(request.coReviewId, 'co_review_id')
    const advice = wordOf(ADVICES, enumField(request.advice, 'advice', Advice))
    const view = wordsField(request.view, 'view', true)
    const signatory = lineField(request.signatory, 'signatory')
    const sealed = seal({ form: 'huiqian-view-1', coReview: coReviewId, advice, view, signatory })
    const found = await room.questions.disputeOf(coReviewId)
    if (found === undefined) throw notFound()
    const { disputeId, key } = commandOf({ ...request, disputeId: found }, context)
    const now = room.clock.now()
    const changed = await room.disputes.change(disputeId, { now, request: key }, (state) => {
      const permit = onCoReview(context, state, coReviewId)
      const given = { coReviewId, advice, viewDigest: sealed.digest, givenBy: callerLine(caller) }
      return {
        events: permit.lets(() => decide(state, { ...given, now })),
        statements: [putWords(room, state, { part: 'view', sealed })],
      }
    })
    return {
      coReview: coReviewMessage(onCoReview(context, changed.state, coReviewId).thing, true, view),
    }
  })
