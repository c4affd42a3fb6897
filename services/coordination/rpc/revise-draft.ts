// ReviseDraft: a new version; everybody who was asked is asked again with a fresh clock.
import type {
  ReviseDraftRequest,
  ReviseDraftResponse,
} from '../../../gen/huiqian/coordination/v1/release.js'
import { missing, uuidField } from '../../../shared/rpc/fields.js'
import { unary } from '../../../shared/rpc/rpc.js'
import { dateOf, dayOf } from '../../../shared/working-days/working-days.js'
import type { Coordination } from '../coordination.js'
import { seal, unseal, type JudgementForm, type Sealed } from '../draft/canonical-forms.js'
import { draftOf } from './draft-of.js'
import { reviseDraft as revise } from '../release/revise.js'
import { changeWithLetters } from './letters-of-change.js'
import { agencyOf, onRelease } from './relation.js'
import { releaseMessage } from './release-message.js'
import { affectedOf, documentNumberField, requestKey, secrecyReviewOf } from './requests.js'

export const reviseDraft = (room: Coordination) =>
  unary<ReviseDraftRequest, ReviseDraftResponse>(async (request, context) => {
    const { caller, admittedAt } = context

    const releaseId = uuidField(request.releaseId, 'release_id')
    if (request.secrecyReview === undefined)
      throw missing('secrecy_review', 'house/secrecy', {
        zh: '新版本是新的披露，须有其保密审查。',
        en: 'A new version is a new disclosure and needs its own secrecy review.',
      })
    const review = secrecyReviewOf(request.secrecyReview, admittedAt)
    const { requestId, ...command } = request
    const key = requestKey(caller, requestId, command)
    const agency = agencyOf(caller)
    const { state: before } = await room.releases.read(releaseId)
    onRelease(context, before)
    const alsoAffected = affectedOf(request.alsoAffected, 'also_affected')
    const draft = await draftOf(room.uploads, agency, request)
    const judgement = await judgementWith(room, releaseId, before.judgementDigest, alsoAffected)
    const sealedReview = seal(review)
    const pack = room.packs.byName(before.pack)
    const put = (part: string, { digest, bytes }: Sealed) =>
      room.content.put({ release: releaseId, digest, part, bytes })
    const changed = await changeWithLetters(room, {
      releaseId,
      key,
      now: admittedAt,
      agency,
      pack,
      askedNumber: documentNumberField(request.documentNumber),
      statements: [
        put('draft', draft.sealed),
        put('judgement', judgement),
        put('secrecy-review', sealedReview),
        room.titles.put(releaseId, request.title),
        ...draft.bind(releaseId),
      ],
      decide: (release, letters) =>
        onRelease(context, release).lets(() =>
          revise(release, pack, {
            now: admittedAt,
            draftDigest: draft.sealed.digest,
            judgementDigest: judgement.digest,
            alsoAffected: alsoAffected.map(({ agency: also, trigger }) => ({
              agency: also,
              trigger: trigger === 'concerns' ? 'concerns' : 'may_affect_work',
            })),
            review: { reviewedOn: review.reviewedOn, digest: sealedReview.digest },
            letters,
            agency: room.agencies.get,
            dateOf: (at) => dateOf(dayOf(at)),
          }),
        ),
    })
    return { release: await releaseMessage(room, caller, changed.state, changed.version) }
  })

/** The judgement of the version before, with those who are asked besides. */
async function judgementWith(
  { content }: Pick<Coordination, 'content'>,
  releaseId: string,
  digest: string,
  also: JudgementForm['affected'],
): Promise<Sealed> {
  const found = await content.get(releaseId, digest)
  if (found === undefined) throw new Error('the judgement is not in the content store')
  const judgement = unseal<JudgementForm>(found.bytes)
  return seal({ ...judgement, affected: [...judgement.affected, ...also] })
}
