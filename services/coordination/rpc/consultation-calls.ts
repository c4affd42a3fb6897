// The consulted agency's calls: what it is asked, by when, and its opinion.
import type {
  ExplainDeadlineRequest,
  ExplainDeadlineResponse,
  GetConsultationRequest,
  GetConsultationResponse,
  ListConsultationsRequest,
  ListConsultationsResponse,
} from '../../../gen/huiqian/coordination/v1/consultation.js'
import { ConsultationState } from '../../../gen/huiqian/coordination/v1/coordination.js'
import { enumField, pageSize, uuidField } from '../../../shared/rpc/fields.js'
import { unary, type CallContext } from '../../../shared/rpc/rpc.js'
import { timestampOf } from '../../../shared/rpc/timestamps.js'
import type { Consultation } from '../consultation/consultation.js'
import type { Coordination } from '../coordination.js'
import { articleOf, type Pack } from '../pack/pack.js'
import { periodOf, silenceOf } from '../letter/texts.js'
import type { Release } from '../release/state.js'
import { consultationMessage, deadlineMessage, holdsOf } from './consultation-message.js'
import { CONSULTATION_STATES, wordOf } from './enums.js'
import { notFound, onConsultation, ownAgencies, ownAgency } from './relation.js'

export const listConsultations = (room: Coordination) =>
  unary<ListConsultationsRequest, ListConsultationsResponse>(async (request, context) => {
    const agency = ownAgency(context)
    const states = request.states.map((state, index) =>
      wordOf(CONSULTATION_STATES, enumField(state, `states[${index}]`, ConsultationState)),
    )
    const limit = pageSize(request.pageSize, { otherwise: 100, max: 1_000 })
    const scope = `ListConsultations/${agency}/${states.join(',')}`
    const from = room.pageTokens.decode(scope, request.pageToken)
    const rows = await room.consultationsOf({
      ...{ agencies: ownAgencies(context), states, from },
      limit: limit + 1,
    })
    const page = rows.slice(0, limit)
    const last = rows.length > limit ? page.at(-1) : undefined
    const consultations = await Promise.all(
      page.map(async ({ consultation_id, release_id }) => {
        const { state } = await room.releases.read(release_id)
        const consultation = state.consultations[consultation_id]
        return consultation && consultationMessage(room, state, consultation, { words: false })
      }),
    )
    return {
      consultations: consultations.filter((message) => message !== undefined),
      nextPageToken:
        last === undefined
          ? ''
          : room.pageTokens.encode(scope, [last.deadline, last.consultation_id]),
    }
  })

export const getConsultation = (room: Coordination) =>
  unary<GetConsultationRequest, GetConsultationResponse>(async (request, context) => {
    const { release, consultation } = await visible(room, context, request.consultationId)
    return {
      consultation: await consultationMessage(room, release, consultation, { days: true }),
    }
  })

export const explainDeadline = (room: Coordination) =>
  unary<ExplainDeadlineRequest, ExplainDeadlineResponse>(async (request, context) => {
    const { release, consultation } = await visible(room, context, request.consultationId)
    const pack = room.packs.byName(release.pack)
    return {
      deadline: consultation.deadline && deadlineMessage(consultation.deadline, true),
      receivedAt:
        consultation.receivedAt === undefined ? undefined : timestampOf(consultation.receivedAt),
      article: articleOf(pack, pack.reply),
      effectZh: `${periodOf(pack)}内答复。${silenceOf(pack)}`,
      effectEn: effectInEnglish(pack),
      holds: holdsOf(room, release, consultation),
    }
  })

function effectInEnglish(pack: Pack): string {
  const unit = pack.reply.unit === 'working_day' ? 'working days' : 'days'
  const period = `A reply is due within ${pack.reply.within} ${unit} of receipt (${articleOf(pack, pack.reply).id}). `
  return pack.silence.effect === 'none'
    ? `${period}Silence has no effect under this pack.`
    : `${period}Silence until then is deemed consent (${articleOf(pack, pack.silence).id}, quoted in Chinese).`
}

/** The consultation for the agency that is consulted, and for the releasing agency. */
async function visible(
  room: Pick<Coordination, 'questions' | 'releases'>,
  context: CallContext,
  id: string,
): Promise<{ readonly release: Release; readonly consultation: Consultation }> {
  const consultationId = uuidField(id, 'consultation_id')
  const releaseId = await room.questions.releaseOf(consultationId)
  if (releaseId === undefined) throw notFound()
  const { state: release } = await room.releases.read(releaseId)
  return { release, consultation: onConsultation(context, release, consultationId).thing }
}
