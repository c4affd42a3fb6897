// RecordPaperOpinion: a reply that was handed in on paper, recorded by either side or the competent authority.
// What counts for being in time is when it was handed in; it is the same opinion as by wire, with the evidence beside.
import type {
  RecordPaperOpinionRequest,
  RecordPaperOpinionResponse,
} from '../../../gen/huiqian/coordination/v1/paper_calls.js'
import type { Permit } from '../../../shared/authorisation/permit.js'
import { callerLine } from '../../../shared/identity/identity.js'
import { unary } from '../../../shared/rpc/rpc.js'
import type { Coordination } from '../coordination.js'
import type { Consultation } from '../consultation/consultation.js'
import { seal } from '../draft/canonical-forms.js'
import { silenceCommand } from '../duties/deem-consents.js'
import { recordPaperOpinion as record } from '../paper/record-opinion.js'
import type { Release } from '../release/state.js'
import { consultationMessage } from './consultation-message.js'
import { given } from './give-opinion.js'
import { onPaper, paperCalendar, releaseOfConsultation } from './paper-part.js'
import { evidenceField, pastField } from './paper-service-calls.js'
import { agencyOf, notFound } from './relation.js'
import { digestField, opinionOf, requestKey } from './requests.js'

export const recordPaperOpinion = (room: Coordination) =>
  unary<RecordPaperOpinionRequest, RecordPaperOpinionResponse>(async (request, context) => {
    const { caller } = context

    const now = room.clock.now()
    const draftDigest = digestField(request.draftDigest, 'draft_digest')
    const handedInAt = pastField(request.handedInAt, 'handed_in_at', now)
    digestField(request.evidenceDigest, 'evidence_digest')
    const { releaseId, consultationId } = await releaseOfConsultation(room, request.consultationId)
    const form = opinionOf(request.opinion, consultationId, draftDigest)
    const { requestId, ...command } = request
    const key = requestKey(caller, requestId, command)
    const { state: before } = await room.releases.read(releaseId)
    onPaper(room, context, before, consultationId) // before anything is looked up for the caller
    const evidence = await evidenceField(room, agencyOf(caller), request.evidenceDigest)
    const sealed = seal(form)
    const opinion = given(form, sealed.digest, handedInAt, callerLine(caller))
    const changed = await room.releases.change(releaseId, { now, request: key }, (release) => {
      const permit = onPaper(room, context, release, consultationId)
      const { thing: consultation, as } = permit
      const pack = room.packs.byName(release.pack)
      const events = permit.lets(() =>
        record(release, pack, {
          ...silenceCommand(room, pack, now),
          ...{ consultationId, draftDigest, opinion, evidence, part: partOf(as) },
          remarkId: room.mint.id(now),
          declarationId: room.mint.id(now),
          ownWordUntil: ownWordUntil(room, release, consultation, now),
        }),
      )
      const { digest, bytes } = sealed
      return {
        events,
        statements: [
          room.content.put({ release: releaseId, digest, part: 'opinion', bytes }),
          room.uploads.bind({ ...evidence, release: releaseId }),
        ],
      }
    })
    const consultation = changed.state.consultations[consultationId]
    if (consultation === undefined) throw notFound()
    return {
      consultation: await consultationMessage(room, changed.state, consultation),
      publishedAlready:
        consultation.opinion?.digest === sealed.digest &&
        isPublishedOnSilence(changed.state, consultation),
    }
  })

/** The end of the first working day after the telling; where no calendar can say, without an end. */
function ownWordUntil(
  room: Coordination,
  release: Release,
  consultation: Consultation,
  now: number,
): number {
  const { deadlineOf, endOfFirstWorkingDayAfter } = paperCalendar(room, release, consultation)
  const like = consultation.deadline ?? deadlineOf(now)
  const told = like === undefined ? undefined : endOfFirstWorkingDayAfter(now, like)?.at
  return told === undefined
    ? Number.MAX_SAFE_INTEGER
    : Math.max(told, consultation.deadline?.at ?? 0)
}

/** Whether what silence had become before it was recorded was published by then. */
function isPublishedOnSilence(
  { published }: Release,
  { opinion, deadline }: Consultation,
): boolean {
  const { paper, admittedAt = 0 } = opinion ?? {}
  if (paper === undefined || published === undefined || deadline === undefined) return false
  const afterTheDeadline = admittedAt < deadline.at && deadline.at <= paper.recordedAt
  return afterTheDeadline && published.recordedAt <= paper.recordedAt
}

/** As whom it is recorded: the agency's own word weighs more than what another side records for it. */
function partOf(as: Permit['as']): 'consulted' | 'releasing' | 'authority' {
  const part = (['consulted', 'releasing', 'authority'] as const).find((one) => as.includes(one))
  if (part === undefined)
    throw new Error('the row of RecordPaperOpinion lets through who has no part in it')
  return part
}
