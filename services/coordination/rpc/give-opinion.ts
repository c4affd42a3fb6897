// GiveOpinion: the reply of a consulted agency. Parse, decide, answer; what counts for being in time is
// the stamp of its admission.
import type {
  GiveOpinionRequest,
  GiveOpinionResponse,
} from '../../../gen/huiqian/coordination/v1/consultation.js'
import { Reception } from '../../../gen/huiqian/coordination/v1/consultation.js'
import { callerLine } from '../../../shared/identity/identity.js'
import { uuidField } from '../../../shared/rpc/fields.js'
import { unary } from '../../../shared/rpc/rpc.js'
import type { Given } from '../consultation/opinion.js'
import type { Coordination } from '../coordination.js'
import { seal, type OpinionForm } from '../draft/canonical-forms.js'
import { silenceCommand } from '../duties/deem-consents.js'
import { decideOpinion } from '../release/release.js'
import type { Release } from '../release/state.js'
import { consultationMessage } from './consultation-message.js'
import { notFound, ownConsultation } from './relation.js'
import { digestField, opinionOf, requestKey } from './requests.js'

export const giveOpinion = (room: Coordination) =>
  unary<GiveOpinionRequest, GiveOpinionResponse>(async (request, { caller, admittedAt }) => {
    const consultationId = uuidField(request.consultationId, 'consultation_id')
    const draftDigest = digestField(request.draftDigest, 'draft_digest')
    const form = opinionOf(request.opinion, consultationId, draftDigest)
    const { requestId, ...command } = request
    const key = requestKey(caller, requestId, command)
    const sealed = seal(form)
    const opinion = given(form, sealed.digest, admittedAt, callerLine(caller))
    const releaseId = await room.questions.releaseOf(consultationId)
    if (releaseId === undefined) throw notFound()
    const now = room.clock.now()
    const changed = await room.releases.change(releaseId, { now, request: key }, (release) => {
      ownConsultation(caller, release, consultationId)
      const pack = room.packs.byName(release.pack)
      const events = decideOpinion(release, pack, {
        ...silenceCommand(room, pack, now),
        consultationId,
        opinion,
        remarkId: room.mint.id(now),
        declarationId: room.mint.id(now),
        draftDigest,
        clockInDoubt: room.clockKeeper.inDoubt(),
      })
      const { digest, bytes } = sealed
      return {
        events,
        statements: [room.content.put({ release: releaseId, digest, part: 'opinion', bytes })],
      }
    })
    const consultation = ownConsultation(caller, changed.state, consultationId)
    const reception = receptionOf(changed.state, consultationId, opinion)
    const message = await consultationMessage(room, changed.state, consultation, { words: false })
    // Its words are at hand: no need to read back what was just written.
    if (message.opinion !== undefined && message.opinion.digest === sealed.digest)
      message.opinion.opinion = request.opinion
    return {
      consultation: message,
      reception,
      missingZh: reception === Reception.DEFECTIVE ? (MISSING[form.kind]?.zh ?? '') : '',
      missingEn: reception === Reception.DEFECTIVE ? (MISSING[form.kind]?.en ?? '') : '',
    }
  })

const MISSING: Readonly<Record<string, { zh: string; en: string }>> = {
  objection: {
    zh: '不同意的应说明理由。该答复已记录，不视为同意；请补充理由。',
    en: 'An objection states its reasons. It is on record and is no consent; complete it.',
  },
  consent_with_changes: {
    zh: '修改后同意的应写明修改意见。该答复已记录，不视为同意；请补充。',
    en: 'Consent with changes states the changes. It is on record and is no consent; complete it.',
  },
}

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
