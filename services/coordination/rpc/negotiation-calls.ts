// What is done about a disagreement (协调 art. 6 para 3): rounds, declined changes, the standing instruction and the
// filing by the releasing agency; a request for escalation by an objector.
import type {
  DeclineChangesRequest,
  DeclineChangesResponse,
  FileDisputeRequest,
  FileDisputeResponse,
  RecordNegotiationRequest,
  RecordNegotiationResponse,
  RequestEscalationRequest,
  RequestEscalationResponse,
  SetStandingInstructionRequest,
  SetStandingInstructionResponse,
} from '../../../gen/huiqian/coordination/v1/negotiation_calls.js'
import {
  Addressee,
  RoundKind,
  type StandingInstruction as InstructionMessage,
} from '../../../gen/huiqian/coordination/v1/negotiation.js'
import { Refusal } from '../../../shared/refusal/refusal.js'
import {
  creditCodeField,
  enumField,
  missing,
  unusable,
  uuidField,
} from '../../../shared/rpc/fields.js'
import { unary } from '../../../shared/rpc/rpc.js'
import { timestampField, timestampOf } from '../../../shared/rpc/timestamps.js'
import type { Coordination } from '../coordination.js'
import type { AskDirectory } from '../coordinators.js'
import type { RoundForm } from '../dispute/file-form.js'
import { seal, type Sealed } from '../draft/canonical-forms.js'
import { file } from '../filing.js'
import type { StandingInstruction } from '../negotiation/negotiation.js'
import * as negotiate from '../negotiation/negotiate.js'
import { wordOf } from './enums.js'
import { ADDRESSEES, ROUND_KINDS } from './negotiation-enums.js'
import { disputeReference, roundMessage } from './negotiation-message.js'
import type { Release } from '../release/state.js'
import { standing } from '../standing/standing.js'
import { notFound, onConsultation, onRelease } from './relation.js'
import { releaseMessage } from './release-message.js'
import { lineField, requestKey, wordsField } from './requests.js'

const WALL_MARGIN_MS = 60_000 // a caller's clock may be a little ahead of ours
const POSITIONS_MAX = 50

const putInto = (room: Coordination, release: string, part: string, { digest, bytes }: Sealed) =>
  room.content.put({ release, digest, part, bytes })

export const recordNegotiation = (room: Coordination) =>
  unary<RecordNegotiationRequest, RecordNegotiationResponse>(async (request, context) => {
    const { caller, admittedAt } = context

    const releaseId = uuidField(request.releaseId, 'release_id')
    const { requestId, ...command } = request
    const key = requestKey(caller, requestId, command)
    const kind = wordOf(ROUND_KINDS, enumField(request.kind, 'kind', RoundKind))
    const heldAt = timestampField(request.heldAt, 'held_at')
    if (heldAt > admittedAt + WALL_MARGIN_MS)
      throw unusable('held_at', String(heldAt), 'house/fields', {
        zh: '协商时间不能在将来；记录的是已进行的协商。',
        en: 'It lies in the future; a round on record has been held.',
      })
    const given = positionsOf(request.positions)
    const summary = wordsField(request.summary, 'summary')
    const changed = await room.releases.change(
      releaseId,
      { now: admittedAt, request: key },
      (release) => {
        const permit = onRelease(context, release)
        const positions = given.map((one) => ({
          ...one,
          agency: takingPart(room, release, one.agency, admittedAt),
        }))
        const form: RoundForm = {
          ...{ form: 'huiqian-round-1', release: releaseId, version: release.version },
          ...{ kind, heldAt, positions, summary },
        }
        const sealed = seal(form)
        const events = permit.lets(() =>
          negotiate.recordNegotiation(release, room.packs.byName(release.pack), {
            roundId: room.mint.id(admittedAt),
            ...{ kind, heldAt, now: admittedAt, digest: sealed.digest },
            participants: positions.map(({ agency }) => agency),
          }),
        )
        return { events, statements: [putInto(room, releaseId, 'negotiation', sealed)] }
      },
    )
    const { state, version } = changed
    onRelease(context, state)
    const round = state.negotiation.rounds.at(-1)
    if (round === undefined) throw new Error('a round was committed and is not there')
    return {
      release: await releaseMessage(room, caller, state, version),
      round: await roundMessage(room, state, round),
    }
  })

/** The agency under which a participant is on record: a successor may name itself, or whom it took over. */
function takingPart(
  { agencies }: Pick<Coordination, 'agencies'>,
  release: Release,
  named: string,
  now: number,
): string {
  const parts = [
    release.releasingAgency,
    ...Object.values(release.consultations).map(({ agency }) => agency),
    ...Object.values(release.confirmations).map(({ agency }) => agency),
  ]
  if (parts.includes(named)) return named
  return parts.find((agency) => standing(agencies.get, agency, now) === named) ?? named
}

function positionsOf(positions: RecordNegotiationRequest['positions']): RoundForm['positions'] {
  if (positions.length === 0) throw missing('positions')
  if (positions.length > POSITIONS_MAX)
    throw new Refusal('malformed', 'LIST_TOO_LONG', 'house/fields', {
      field: 'positions',
      length: positions.length,
      limit: POSITIONS_MAX,
    })
  return positions.map(({ agency, position }, index) => ({
    agency: creditCodeField(agency, `positions[${index}].agency`),
    position: wordsField(position, `positions[${index}].position`, true),
  }))
}

export const declineChanges = (room: Coordination) =>
  unary<DeclineChangesRequest, DeclineChangesResponse>(async (request, context) => {
    const { caller, admittedAt } = context

    const consultationId = uuidField(request.consultationId, 'consultation_id')
    const { requestId, ...command } = request
    const key = requestKey(caller, requestId, command)
    const reason = wordsField(request.reason, 'reason', true)
    const sealed = seal({
      form: 'huiqian-words-1',
      about: `changes-declined:${consultationId}`,
      words: [reason],
    })
    const releaseId = await releaseOf(room, consultationId)
    const changed = await room.releases.change(
      releaseId,
      { now: admittedAt, request: key },
      (release) => {
        const events = onRelease(context, release).lets(() =>
          negotiate.declineChanges(release, room.packs.byName(release.pack), {
            ...{ consultationId, now: admittedAt, reasonDigest: sealed.digest },
          }),
        )
        return { events, statements: [putInto(room, releaseId, 'changes-declined', sealed)] }
      },
    )
    onRelease(context, changed.state)
    return { release: await releaseMessage(room, caller, changed.state, changed.version) }
  })

export const setStandingInstruction = (room: Coordination) =>
  unary<SetStandingInstructionRequest, SetStandingInstructionResponse>(async (request, context) => {
    const { caller, admittedAt } = context

    const releaseId = uuidField(request.releaseId, 'release_id')
    const { requestId, ...command } = request
    const key = requestKey(caller, requestId, command)
    if (request.standingInstruction === undefined) throw missing('standing_instruction')
    const instruction = instructionOf(request.standingInstruction)
    const changed = await room.releases.change(
      releaseId,
      { now: admittedAt, request: key },
      (release) => {
        const permit = onRelease(context, release) // first: there may be no such release
        const pack = room.packs.byName(release.pack)
        return permit.lets(() =>
          negotiate.setStandingInstruction(release, pack, { instruction, now: admittedAt }),
        )
      },
    )
    onRelease(context, changed.state)
    return { release: await releaseMessage(room, caller, changed.state, changed.version) }
  })

/** A standing instruction as it was given; its bounds and its addressee are the law's. */
export const instructionOf = (message: InstructionMessage): StandingInstruction => ({
  to: wordOf(ADDRESSEES, enumField(message.to, 'standing_instruction.to', Addressee)),
  afterWorkingDays: message.afterWorkingDays,
})

export const fileDispute = (room: Coordination, directory: AskDirectory) =>
  unary<FileDisputeRequest, FileDisputeResponse>(async (request, context) => {
    const { caller, admittedAt } = context

    const releaseId = uuidField(request.releaseId, 'release_id')
    const { requestId, ...command } = request
    const key = requestKey(caller, requestId, command)
    const to = enumField(request.to, 'to', Addressee, { optional: true })
    const summary = wordsField(request.summary, 'summary', true)
    const mainDispute = wordsField(request.mainDispute, 'main_dispute', true)
    const legalBasis = wordsField(request.legalBasis, 'legal_basis')
    const { state, version } = await file(
      { ...room, directory },
      {
        ...{ releaseId, key, now: admittedAt, onStandingInstruction: false },
        ...(to === Addressee.UNSPECIFIED ? {} : { to: wordOf(ADDRESSEES, to) }),
        askedNumber: lineField(request.documentNumber, 'document_number'),
        signatory: lineField(request.signatory, 'signatory'),
        words: () => [summary, mainDispute, legalBasis],
        permit: (release) => onRelease(context, release),
      },
    )
    onRelease(context, state)
    const dispute = state.disputes.at(-1)
    if (dispute === undefined) throw new Error('a dispute was committed and is not there')
    return {
      release: await releaseMessage(room, caller, state, version),
      dispute: await disputeReference(room, state, dispute),
    }
  })

export const requestEscalation = (room: Coordination) =>
  unary<RequestEscalationRequest, RequestEscalationResponse>(async (request, context) => {
    const { caller, admittedAt } = context

    const consultationId = uuidField(request.consultationId, 'consultation_id')
    const { requestId, ...command } = request
    const key = requestKey(caller, requestId, command)
    const reason = wordsField(request.reason, 'reason', true)
    const sealed = seal({
      form: 'huiqian-words-1',
      about: `escalation-requested:${consultationId}`,
      words: [reason],
    })
    const releaseId = await releaseOf(room, consultationId)
    const { state } = await room.releases.change(
      releaseId,
      { now: admittedAt, request: key },
      (release) => {
        const events = onConsultation(context, release, consultationId).lets(() =>
          negotiate.requestEscalation(release, room.packs.byName(release.pack), {
            ...{ consultationId, now: admittedAt, reasonDigest: sealed.digest },
          }),
        )
        const put = putInto(room, releaseId, 'escalation-requested', sealed)
        return { events, statements: events.length === 0 ? [] : [put] }
      },
    )
    onConsultation(context, state, consultationId)
    const asked = state.negotiation.requests.find((one) => one.consultationId === consultationId)
    return { receivedAt: timestampOf(asked?.requestedAt ?? admittedAt) }
  })

async function releaseOf({ questions }: Coordination, consultationId: string): Promise<string> {
  const releaseId = await questions.releaseOf(consultationId)
  if (releaseId === undefined) throw notFound()
  return releaseId
}
