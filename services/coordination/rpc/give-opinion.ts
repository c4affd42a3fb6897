// GiveOpinion: the reply of a consulted agency. Parse, decide, answer; what counts for being in time is
// the stamp of its admission.
import type {
  GiveOpinionRequest,
  GiveOpinionResponse,
} from '../../../gen/huiqian/coordination/v1/consultation.js'
import { Reception } from '../../../gen/huiqian/coordination/v1/consultation.js'
import { putSignedAct } from '../../../shared/acts/kept-act.js'
import { callerLine } from '../../../shared/identity/identity.js'
import { Refusal } from '../../../shared/refusal/refusal.js'
import { uuidField } from '../../../shared/rpc/fields.js'
import { unary } from '../../../shared/rpc/rpc.js'
import type { Given } from '../consultation/opinion.js'
import type { Coordination } from '../coordination.js'
import { seal, type OpinionForm } from '../draft/canonical-forms.js'
import { silenceCommand } from '../duties/deem-consents.js'
import { mustBeSigned } from '../pack/pack.js'
import { decideOpinion } from '../release/release.js'
import type { Release } from '../release/state.js'
import { consultationMessage } from './consultation-message.js'
import { agencyIfAny, notFound, onConsultation } from './relation.js'
import { missingOf } from './missing.js'
import { digestField, opinionOf, requestKey } from './requests.js'

export const giveOpinion = (room: Coordination) =>
  unary<GiveOpinionRequest, GiveOpinionResponse>(async (request, context) => {
    const { caller, admittedAt } = context

    const consultationId = uuidField(request.consultationId, 'consultation_id')
    const draftDigest = digestField(request.draftDigest, 'draft_digest')
    const form = opinionOf(request.opinion, consultationId, draftDigest)
    if (form.askInstead !== '' && room.agencies.get(form.askInstead) === undefined)
      throw new Refusal('malformed', 'AGENCY_UNKNOWN', 'house/directory', {
        field: 'opinion.ask_instead',
        agency: form.askInstead,
      })
    const { requestId, ...command } = request
    const key = requestKey(caller, requestId, command)
    const sealed = seal(form)
    const opinion = given(form, sealed.digest, admittedAt, callerLine(caller))
    const releaseId = await room.questions.releaseOf(consultationId)
    if (releaseId === undefined) throw notFound()
    const now = room.clock.now()
    const signature = await room.acts.check(request.signed, {
      ...{ act: 'GiveOpinion', agency: agencyIfAny(caller), requestId, admittedAt },
      subject: {
        ...{ consultation_id: consultationId, draft_digest: draftDigest },
        opinion_digest: sealed.digest,
      },
    })
    const changed = await room.releases.change(releaseId, { now, request: key }, (release) => {
      const permit = onConsultation(context, release, consultationId)
      const pack = room.packs.byName(release.pack)
      const held = signature.take() // they know the case: the permit is theirs
      mustBeSigned(pack, 'opinion', held !== undefined)
      const events = permit.lets(() =>
        decideOpinion(release, pack, {
          ...silenceCommand(room, pack, now),
          consultationId,
          opinion: held === undefined ? opinion : { ...opinion, signed: held.by },
          remarkId: room.mint.id(now),
          declarationId: room.mint.id(now),
          draftDigest,
          clockInDoubt: room.clockKeeper.inDoubt(),
        }),
      )
      const { digest, bytes } = sealed
      return {
        events,
        statements: [
          room.content.put({ release: releaseId, digest, part: 'opinion', bytes }),
          putSignedAct(room.content, releaseId, held),
        ],
      }
    })
    const { thing: consultation } = onConsultation(context, changed.state, consultationId)
    const reception = receptionOf(changed.state, consultationId, opinion)
    const message = await consultationMessage(room, changed.state, consultation, { words: false })
    // Its words are at hand: no need to read back what was just written.
    if (message.opinion !== undefined && message.opinion.digest === sealed.digest)
      message.opinion.opinion = request.opinion
    const missing =
      reception === Reception.DEFECTIVE
        ? missingOf(opinion.kind, room.packs.byName(changed.state.pack))
        : undefined
    return {
      ...{ consultation: message, reception },
      ...{ missingZh: missing?.zh ?? '', missingEn: missing?.en ?? '' },
    }
  })

/** An opinion as the record keeps it. */
export const given = (
  form: OpinionForm,
  digest: string,
  admittedAt: number,
  givenBy: string,
): Given => ({
  kind: form.kind as Given['kind'],
  digest,
  hasReasons: form.reasons.trim() !== '' || form.proposedWording.trim() !== '',
  claims: form.claims as Given['claims'],
  ...(form.askInstead === '' ? {} : { askInstead: form.askInstead }),
  admittedAt,
  givenBy,
})

/** How the reply was taken, as the record after it shows. */
function receptionOf(release: Release, consultationId: string, opinion: Given): Reception {
  const isRemark = release.remarks.some(
    (remark) =>
      remark.consultationId === consultationId && remark.opinion.digest === opinion.digest,
  )
  const consultation = release.consultations[consultationId]
  if (consultation?.opinion?.digest !== opinion.digest || isRemark)
    return isRemark ? Reception.LATE_REMARK : Reception.IN_TIME
  if (consultation.status === 'defective') return Reception.DEFECTIVE
  return consultation.afterDeadline === true ? Reception.COMPLETED : Reception.IN_TIME
}
