// Service on paper: recorded by the releasing agency with evidence, contested by the consulted one,
// decided by the competent authority.
import type {
  ContestPaperServiceRequest,
  ContestPaperServiceResponse,
  DecidePaperServiceRequest,
  DecidePaperServiceResponse,
  RecordPaperServiceRequest,
  RecordPaperServiceResponse,
} from '../../../gen/huiqian/coordination/v1/paper_calls.js'
import { callerLine } from '../../../shared/identity/identity.js'
import { Refusal } from '../../../shared/refusal/refusal.js'
import { unusable } from '../../../shared/rpc/fields.js'
import { unary, type CallContext } from '../../../shared/rpc/rpc.js'
import { timestampField } from '../../../shared/rpc/timestamps.js'
import type { Timestamp } from '../../../gen/google/protobuf/timestamp.js'
import type { Coordination } from '../coordination.js'
import { seal, type Sealed } from '../draft/canonical-forms.js'
import type { Evidence } from '../paper/paper.js'
import { contestPaperService as contest } from '../paper/serve.js'
import { decidePaperService as decide } from '../paper/serve.js'
import { recordPaperService as record } from '../paper/serve.js'
import type { ReleaseEvent } from '../release/events.js'
import type { Release } from '../release/state.js'
import { standing } from '../standing/standing.js'
import { consultationMessage } from './consultation-message.js'
import { authorityOf, onPaper, paperCalendar, releaseOfConsultation } from './paper-part.js'
import { agencyOf, notFound } from './relation.js'
import { digestField, lineField, requestKey, wordsField } from './requests.js'

const WALL_MARGIN_MS = 60_000 // a caller's clock may be a little ahead of ours

/** An instant that has passed: what happened on paper is a fact. */
export function pastField(value: Timestamp | undefined, field: string, now: number): number {
  const at = timestampField(value, field)
  if (at > now + WALL_MARGIN_MS)
    throw unusable(field, new Date(at).toISOString(), 'house/fields', {
      zh: '时间不能在将来；登记的是已发生的事实。',
      en: 'It lies in the future; what is recorded is a fact that has happened.',
    })
  return Math.min(at, now)
}

/** A file that the caller has uploaded, and that is bound to the release with the change. */
export async function evidenceField(
  { uploads }: Pick<Coordination, 'uploads'>,
  uploader: string,
  value: string,
): Promise<Evidence> {
  const digest = digestField(value, 'evidence_digest')
  try {
    await uploads.complete(uploader, [digest])
  } catch (error) {
    if (!(error instanceof Refusal)) throw error
    const { kind, reason, rule, params } = error
    throw new Refusal(kind, reason, rule, { ...params, field: 'evidence_digest' })
  }
  return { digest, uploader }
}

export const recordPaperService = (room: Coordination) =>
  unary<RecordPaperServiceRequest, RecordPaperServiceResponse>(async (request, context) => {
    const now = room.clock.now()
    const receivedAt = pastField(request.receivedAt, 'received_at', now)
    const signedBy = lineField(request.signedBy, 'signed_by', true)
    digestField(request.evidenceDigest, 'evidence_digest')
    const words = wordsAbout('paper-service', request.consultationId, signedBy)
    const changed = await change(room, context, request, {
      ...{ now, sealed: words },
      evidence: request.evidenceDigest,
      decide: (release, common, evidence) =>
        record(release, room.packs.byName(release.pack), {
          ...{ ...common, receivedAt, evidence, signedByDigest: words.digest },
        }),
    })
    const { agency } = changed.consultation
    return {
      consultation: changed.message,
      noMailbox: room.agencies.get(standing(room.agencies.get, agency, now))?.hasMailbox !== true,
    }
  })

export const contestPaperService = (room: Coordination) =>
  unary<ContestPaperServiceRequest, ContestPaperServiceResponse>(async (request, context) => {
    const words = wordsAbout(
      'paper-contest',
      request.consultationId,
      wordsField(request.reason, 'reason', true),
    )
    const { message } = await change(room, context, request, {
      ...{ now: room.clock.now(), sealed: words },
      decide: (release, common) =>
        contest(release, room.packs.byName(release.pack), {
          ...{ ...common, reasonDigest: words.digest },
        }),
    })
    return { consultation: message }
  })

export const decidePaperService = (room: Coordination) =>
  unary<DecidePaperServiceRequest, DecidePaperServiceResponse>(async (request, context) => {
    const { confirmed } = request
    const words = wordsAbout(
      'paper-decision',
      request.consultationId,
      wordsField(request.reason, 'reason', true),
    )
    const { message } = await change(room, context, request, {
      ...{ now: room.clock.now(), sealed: words },
      decide: (release, common) =>
        decide(release, room.packs.byName(release.pack), {
          ...{ ...common, confirmed, reasonDigest: words.digest },
          authority: agencyOf(context.caller),
        }),
    })
    return { consultation: message }
  })

const wordsAbout = (about: string, consultation: string, words: string): Sealed =>
  seal({ form: 'huiqian-words-1', about: `${about}:${consultation}`, words: [words] })

type Common = Omit<Parameters<typeof record>[2], 'receivedAt' | 'evidence' | 'signedByDigest'>

async function change(
  room: Coordination,
  context: CallContext,
  request: { readonly requestId: string; readonly consultationId: string },
  act: {
    readonly now: number
    readonly sealed: Sealed
    /** Digest of a file that the caller uploaded; absent: none is asked for. */
    readonly evidence?: string
    readonly decide: (
      release: Release,
      common: Common,
      evidence: Evidence,
    ) => readonly ReleaseEvent[]
  },
) {
  const { caller } = context
  const { requestId, ...command } = request
  const key = requestKey(caller, requestId, command)
  const { releaseId, consultationId } = await releaseOfConsultation(room, request.consultationId)
  const { state: before } = await room.releases.read(releaseId)
  onPaper(room, context, before, consultationId) // before anything is looked up for the caller
  const evidence =
    act.evidence === undefined
      ? { digest: '', uploader: '' }
      : await evidenceField(room, agencyOf(caller), act.evidence)
  const { now, sealed } = act
  const changed = await room.releases.change(releaseId, { now, request: key }, (release) => {
    const { thing: consultation, lets } = onPaper(room, context, release, consultationId)
    const events = lets(() =>
      act.decide(
        release,
        {
          consultationId,
          now,
          by: callerLine(caller),
          calendar: paperCalendar(room, release, consultation),
          authority: authorityOf(room, release, consultation),
        },
        evidence,
      ),
    )
    return {
      events,
      statements: [
        room.content.put({ release: releaseId, part: 'paper', ...sealed }),
        ...(act.evidence === undefined
          ? []
          : [room.uploads.bind({ ...evidence, release: releaseId })]),
      ],
    }
  })
  const consultation = changed.state.consultations[consultationId]
  if (consultation === undefined) throw notFound()
  const message = await consultationMessage(room, changed.state, consultation, { words: false })
  return { consultation, message }
}
