// The smaller mutations of a release: secrecy review, withdrawal, a decision on a late remark, a
// publication. Each is made by the releasing agency, once per request id.
import type {
  DecideLateRemarkRequest,
  DecideLateRemarkResponse,
  RecordPublicationRequest,
  RecordPublicationResponse,
  RecordSecrecyReviewRequest,
  RecordSecrecyReviewResponse,
  WithdrawReleaseRequest,
  WithdrawReleaseResponse,
} from '../../../gen/huiqian/coordination/v1/release.js'
import { RemarkDecision } from '../../../gen/huiqian/coordination/v1/release.js'
import { enumField, missing, unusable, uuidField } from '../../../shared/rpc/fields.js'
import { unary } from '../../../shared/rpc/rpc.js'
import { timestampField } from '../../../shared/rpc/timestamps.js'
import type { Coordination } from '../coordination.js'
import { seal, type Sealed } from '../draft/canonical-forms.js'
import {
  decideLateRemark as decideRemark,
  recordPublication as publish,
  withdraw,
} from '../release/conclude.js'
import { recordSecrecyReview as review } from '../release/submit.js'
import { changeWithLetters } from './letters-of-change.js'
import { agencyOf, onRelease } from './relation.js'
import { releaseMessage } from './release-message.js'
import { digestField, lineField, requestKey, secrecyReviewOf, wordsField } from './requests.js'

const WALL_MARGIN_MS = 60_000 // a caller's clock may be a little ahead of ours

const putInto = (room: Coordination, release: string, part: string, { digest, bytes }: Sealed) =>
  room.content.put({ release, digest, part, bytes })

export const recordSecrecyReview = (room: Coordination) =>
  unary<RecordSecrecyReviewRequest, RecordSecrecyReviewResponse>(async (request, context) => {
    const { caller, admittedAt } = context

    const releaseId = uuidField(request.releaseId, 'release_id')
    const { requestId, ...command } = request
    const key = requestKey(caller, requestId, command)
    if (request.secrecyReview === undefined) throw missing('secrecy_review')
    const form = secrecyReviewOf(request.secrecyReview, admittedAt)
    const { state: before } = await room.releases.read(releaseId)
    onRelease(context, before)
    const sealed = seal(form)
    const pack = room.packs.byName(before.pack)
    const changed = await changeWithLetters(room, {
      releaseId,
      key,
      now: admittedAt,
      agency: agencyOf(caller),
      pack,
      askedNumber: before.askedNumber ?? '', // of the submission; it never changes
      statements: [putInto(room, releaseId, 'secrecy-review', sealed)],
      decide: (release, letters) =>
        onRelease(context, release).lets(() =>
          review(release, pack, {
            now: admittedAt,
            review: { reviewedOn: form.reviewedOn, digest: sealed.digest },
            letters,
          }),
        ),
    })
    onRelease(context, changed.state)
    return { release: await releaseMessage(room, caller, changed.state, changed.version) }
  })

export const withdrawRelease = (room: Coordination) =>
  unary<WithdrawReleaseRequest, WithdrawReleaseResponse>(async (request, context) => {
    const { caller, admittedAt } = context

    const releaseId = uuidField(request.releaseId, 'release_id')
    const { requestId, ...command } = request
    const reason = wordsField(request.reason, 'reason', true)
    const sealed = seal({ form: 'huiqian-words-1', about: 'withdrawal', words: [reason] })
    const changed = await room.releases.change(
      releaseId,
      { now: admittedAt, request: requestKey(caller, requestId, command) },
      (release) => {
        const events = onRelease(context, release).lets(() =>
          withdraw(release, room.packs.byName(release.pack), {
            now: admittedAt,
            reasonDigest: sealed.digest,
          }),
        )
        return { events, statements: [putInto(room, releaseId, 'withdrawal', sealed)] }
      },
    )
    onRelease(context, changed.state)
    return { release: await releaseMessage(room, caller, changed.state, changed.version) }
  })

export const decideLateRemark = (room: Coordination) =>
  unary<DecideLateRemarkRequest, DecideLateRemarkResponse>(async (request, context) => {
    const { caller, admittedAt } = context

    const releaseId = uuidField(request.releaseId, 'release_id')
    const remarkId = uuidField(request.remarkId, 'remark_id')
    const { requestId, ...command } = request
    const decided = enumField(request.decision, 'decision', RemarkDecision)
    const reason = wordsField(request.reason, 'reason', true)
    const view = lineField(request.secrecyBodyView, 'secrecy_body_view')
    const sealed = seal({
      form: 'huiqian-words-1',
      about: `remark:${remarkId}`,
      words: [reason, view],
    })
    const changed = await room.releases.change(
      releaseId,
      { now: admittedAt, request: requestKey(caller, requestId, command) },
      (release) => {
        const events = onRelease(context, release).lets(() =>
          decideRemark(release, room.packs.byName(release.pack), {
            remarkId,
            decision: decided === RemarkDecision.RELEASE_STANDS ? 'release_stands' : 'taken_up',
            decisionDigest: sealed.digest,
            secrecyBodyView: view !== '',
            now: admittedAt,
          }),
        )
        return { events, statements: [putInto(room, releaseId, 'remark-decision', sealed)] }
      },
    )
    onRelease(context, changed.state)
    return { release: await releaseMessage(room, caller, changed.state, changed.version) }
  })

export const recordPublication = (room: Coordination) =>
  unary<RecordPublicationRequest, RecordPublicationResponse>(async (request, context) => {
    const { caller, admittedAt } = context

    const releaseId = uuidField(request.releaseId, 'release_id')
    const { requestId, ...command } = request
    const publishedAt = timestampField(request.publishedAt, 'published_at')
    if (publishedAt > admittedAt + WALL_MARGIN_MS)
      throw unusable('published_at', String(publishedAt), 'house/fields', {
        zh: '发布时间不能在将来；发布是已发生的事实。',
        en: 'It lies in the future; a publication is a fact that has happened.',
      })
    const digest = digestField(request.digest, 'digest')
    const where = lineField(request.where, 'where', true)
    const sealed = seal({ form: 'huiqian-words-1', about: 'publication', words: [where] })
    const changed = await room.releases.change(
      releaseId,
      { now: admittedAt, request: requestKey(caller, requestId, command) },
      (release) => {
        const events = onRelease(context, release).lets(() =>
          publish(release, {
            publishedAt,
            now: admittedAt,
            digest,
            whereDigest: sealed.digest,
          }),
        )
        return { events, statements: [putInto(room, releaseId, 'publication', sealed)] }
      },
    )
    onRelease(context, changed.state)
    return { release: await releaseMessage(room, caller, changed.state, changed.version) }
  })
