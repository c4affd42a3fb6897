// SubmitRelease: a draft enters. Parse, decide, answer; the number of the letters comes from the
// agency's counter in the same commit.
import type {
  SubmitReleaseRequest,
  SubmitReleaseResponse,
} from '../../../gen/huiqian/coordination/v1/release.js'
import * as proto from '../../../gen/huiqian/coordination/v1/coordination.js'
import { callerLine } from '../../../shared/identity/identity.js'
import { creditCodeField, enumField } from '../../../shared/rpc/fields.js'
import { unary } from '../../../shared/rpc/rpc.js'
import { dateOf, dayOf } from '../../../shared/working-days/working-days.js'
import type { Coordination } from '../coordination.js'
import { seal } from '../draft/canonical-forms.js'
import { draftOf } from './draft-of.js'
import type { Affected } from '../release/events.js'
import { submit } from '../release/submit.js'
import { ATTRIBUTES, wordOf } from './enums.js'
import { changeWithLetters } from './letters-of-change.js'
import { particularsOf } from './particulars-of.js'
import { instructionOf } from './negotiation-calls.js'
import { ownAgency } from './relation.js'
import { releaseMessage } from './release-message.js'
import {
  documentNumberField,
  judgementOf,
  originOf,
  requestKey,
  secrecyReviewOf,
} from './requests.js'
import { packToFollow } from './adopt-pack.js'

export const submitRelease = (room: Coordination) =>
  unary<SubmitReleaseRequest, SubmitReleaseResponse>(async (request, context) => {
    const { caller, admittedAt } = context

    const releasingAgency = ownAgency(context)
    // Before anything else: what is marked as a state secret leaves no trace here.
    const review = request.secrecyReview && secrecyReviewOf(request.secrecyReview, admittedAt)
    const { requestId: _id, ...command } = request
    const key = requestKey(caller, request.requestId, command)
    const judgement = seal(judgementOf(request))
    const origin = originOf(request.origin)
    const attribute = wordOf(
      ATTRIBUTES,
      enumField(request.attribute, 'attribute', proto.DisclosureAttribute),
    )
    const maker = request.origin?.maker
    const { pack, digest: packDigest } = await packToFollow(room, request.policyPack, admittedAt)
    const { particulars, approvals } = particularsOf(request)
    const draft = await draftOf(room.uploads, releasingAgency, request)
    const sealedReview = review && seal(review)
    const releaseId = room.mint.id<'release'>(admittedAt)
    const put = (part: string, { digest, bytes }: { digest: string; bytes: Uint8Array }) =>
      room.content.put({ release: releaseId, digest, part, bytes })
    const changed = await changeWithLetters(room, {
      releaseId,
      key,
      now: admittedAt,
      agency: releasingAgency,
      pack,
      askedNumber: documentNumberField(request.documentNumber),
      statements: [
        put('draft', draft.sealed),
        put('judgement', judgement),
        ...(sealedReview === undefined ? [] : [put('secrecy-review', sealedReview)]),
        ...(approvals === undefined ? [] : [put('approvals-needed', approvals)]),
        room.titles.put(releaseId, request.title),
        ...draft.bind(releaseId),
      ],
      decide: (release, letters) =>
        submit(release, pack, {
          releasingAgency,
          submittedBy: callerLine(caller),
          now: admittedAt,
          packDigest,
          origin,
          ...(maker === undefined || maker === ''
            ? {}
            : { maker: creditCodeField(maker, 'origin.maker') }),
          attribute,
          draftDigest: draft.sealed.digest,
          judgementDigest: judgement.digest,
          affected: affectedWords(request),
          particulars,
          ...(request.standingInstruction === undefined
            ? {}
            : { standingInstruction: instructionOf(request.standingInstruction) }),
          noneAffectedReason: request.noneAffectedReason.trim() !== '',
          ...(sealedReview === undefined || review === undefined
            ? {}
            : { secrecyReview: { reviewedOn: review.reviewedOn, digest: sealedReview.digest } }),
          letters,
          agency: room.agencies.get,
          dateOf: (at) => dateOf(dayOf(at)),
        }),
    })
    return { release: await releaseMessage(room, caller, changed.state, changed.version) }
  })

const affectedWords = (request: SubmitReleaseRequest): Affected[] =>
  request.affected.map(({ agency, trigger }) => ({
    agency,
    trigger: trigger === proto.Trigger.CONCERNS ? 'concerns' : 'may_affect_work',
  }))
