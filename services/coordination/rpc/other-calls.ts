// Files, policy packs, the clock, and the feed.
import type { FeedServiceService } from '../../../gen/huiqian/coordination/v1/feed.js'
import type {
  ConfirmClockRequest,
  ConfirmClockResponse,
  GetClockRequest,
  GetClockResponse,
} from '../../../gen/huiqian/coordination/v1/consultation.js'
import type { ReadRequest, ReadResponse } from '../../../gen/huiqian/coordination/v1/feed.js'
import type {
  DownloadAttachmentRequest,
  DownloadAttachmentResponse,
  ListPolicyPacksRequest,
  ListPolicyPacksResponse,
  UploadAttachmentRequest,
  UploadAttachmentResponse,
} from '../../../gen/huiqian/coordination/v1/release.js'
import { callerLine, type Caller } from '../../../shared/identity/identity.js'
import { Refusal } from '../../../shared/refusal/refusal.js'
import { feedPage } from '../../../shared/rpc/feed-page.js'
import { missing, textField, unusable, uuidField } from '../../../shared/rpc/fields.js'
import { clientStream, serverStream, unary } from '../../../shared/rpc/rpc.js'
import { timestampOf } from '../../../shared/rpc/timestamps.js'
import type { Coordination } from '../coordination.js'
import { seal, unseal, type DraftForm } from '../draft/canonical-forms.js'
import { faultOfFileName } from '../draft/file-name.js'
import type { Evidence } from '../paper/paper.js'
import type { Release } from '../release/state.js'
import { standing } from '../standing/standing.js'
import { CHUNK_BYTES_MAX, UPLOAD_BYTES_MAX, type FileFacts } from '../store/uploads.js'
import {
  disputedBefore,
  isAgency,
  notFound,
  onRelease,
  ownAgencies,
  ownAgency,
  relationOf,
} from './relation.js'
import { digestField, requestKey, wordsField } from './requests.js'
import { packMessage } from './pack-message.js'

export type Feed = typeof FeedServiceService

const NAME_BYTES_MAX = 255

export const uploadAttachment = (room: Coordination) =>
  clientStream<UploadAttachmentRequest, UploadAttachmentResponse>(async (requests, context) => {
    const { admittedAt } = context

    const uploader = ownAgency(context)
    const messages = requests[Symbol.asyncIterator]()
    const first = await messages.next()
    const part = first.done === true ? undefined : first.value.part
    if (part?.$case !== 'declaration') throw missing('declaration', 'house/uploads')
    const declared = declarationOf(part.declaration)
    const expiresAt = await room.uploads.take(
      uploader,
      declared,
      chunks(messages),
      admittedAt,
      room.mint.id(admittedAt),
    )
    return { attachment: { ...declared }, expiresAt: timestampOf(expiresAt) }
  })

function declarationOf({ name, size, digest }: FileFacts): FileFacts {
  const plain = textField(name, 'declaration.name', { maxBytes: NAME_BYTES_MAX, oneLine: true })
  const fault = faultOfFileName(plain)
  if (fault !== undefined) throw unusable('declaration.name', plain, 'house/uploads', fault)
  if (size > UPLOAD_BYTES_MAX)
    throw new Refusal('malformed', 'ATTACHMENT_TOO_LARGE', 'house/uploads', {
      field: 'declaration.size',
      limit: UPLOAD_BYTES_MAX,
    })
  return { name: plain, size, digest: digestField(digest, 'declaration.digest') }
}

async function* chunks(
  messages: AsyncIterator<UploadAttachmentRequest>,
): AsyncGenerator<Uint8Array> {
  for (let next = await messages.next(); next.done !== true; next = await messages.next()) {
    const { part } = next.value
    if (part?.$case !== 'chunk') throw missing('chunk', 'house/uploads')
    if (part.chunk.length > CHUNK_BYTES_MAX)
      throw new Refusal('malformed', 'FIELD_TOO_LONG', 'house/uploads', {
        field: 'chunk',
        length: part.chunk.length,
        limit: CHUNK_BYTES_MAX,
      })
    yield part.chunk
  }
}

export const downloadAttachment = (room: Coordination) =>
  serverStream<DownloadAttachmentRequest, DownloadAttachmentResponse>(
    async function* (request, context) {
      const { caller, admittedAt } = context

      const releaseId = uuidField(request.releaseId, 'release_id')
      const digest = digestField(request.digest, 'digest')
      const { state } = await room.releases.read(releaseId)
      const asked = await room.reviewBodies.disputesFor(releaseId, ownAgencies(context))
      onRelease(context, state, asked.length > 0 ? ['review_body'] : [])
      const disputed = disputedBefore(caller, state, asked)
      const evidence = evidenceOf(caller, state, digest)
      const text = disputed?.draftDigest ?? state.draftDigest
      const found = await room.content.get(releaseId, text)
      const draft = found === undefined ? undefined : unseal<DraftForm>(found.bytes)
      const attached = draft?.attachments.some((file) => file.digest === digest) === true
      if (!attached && evidence === undefined) throw notFound()
      await room.readings.change(releaseId, { now: admittedAt }, () => [
        {
          type: 'DraftRead',
          reader: callerLine(caller),
          version: disputed?.version ?? state.version,
          readAt: admittedAt,
          where: 'file',
        },
      ])
      // A later version may carry files of the agency that took over.
      const uploaders = attached
        ? [state.releasingAgency, standing(room.agencies.get, state.releasingAgency, admittedAt)]
        : [evidence?.uploader ?? '']
      let sent = false
      for (const uploader of new Set(uploaders)) {
        for await (const piece of room.uploads.pieces(uploader, digest)) {
          sent = true
          yield { chunk: Buffer.from(piece) }
        }
        if (sent) return
      }
    },
  )

/** Evidence on paper, for the releasing agency and for the agency that it is about; copies of approvals, for the releasing one. */
function evidenceOf(caller: Caller, release: Release, digest: string): Evidence | undefined {
  const releasing = relationOf(caller, release) === 'releasing'
  return Object.values(release.consultations)
    .filter(({ agency }) => releasing || isAgency(caller, agency))
    .flatMap(({ id, paper, opinion }) => [
      paper?.evidence,
      opinion?.paper?.evidence,
      ...release.remarks
        .filter(({ consultationId }) => consultationId === id)
        .map((remark) => remark.opinion.paper?.evidence),
    ])
    .concat(releasing ? release.approvals.map(({ copy }) => copy) : [])
    .find((one) => one?.digest === digest)
}

export const listPolicyPacks = ({
  packs,
  clockKeeper,
}: Pick<Coordination, 'packs' | 'clockKeeper'>) =>
  unary<ListPolicyPacksRequest, ListPolicyPacksResponse>(async () => {
    await clockKeeper.refresh()
    return {
      packs: packs
        .list()
        .map((stored) => packMessage(stored, stored.own || clockKeeper.hasAdopted(stored.digest))),
      defaultPack: packs.defaultName,
    }
  })

export const getClock = ({ clock, clockKeeper }: Pick<Coordination, 'clock' | 'clockKeeper'>) =>
  unary<GetClockRequest, GetClockResponse>(async () => {
    const doubts = await clockKeeper.doubts()
    return { now: timestampOf(clock.now()), doubts: [...doubts] }
  })

export const confirmClock = (room: Coordination) =>
  unary<ConfirmClockRequest, ConfirmClockResponse>(async (request, context) => {
    const { caller } = context

    const { requestId, ...command } = request
    requestKey(caller, requestId, command) // form only: confirming twice clears nothing twice
    const reason = wordsField(request.reason, 'reason', true)
    const sealed = seal({ form: 'huiqian-words-1', about: 'clock', words: [reason] })
    const now = room.clock.now()
    await room.dossier.changeTogether([], { now }, () => ({
      parts: [],
      statements: [room.content.put({ release: 'house', part: 'clock', ...sealed })],
    }))
    const confirmed = await room.clockKeeper.confirm(callerLine(caller), sealed.digest)
    return { cleared: [...confirmed.cleared], awaitsSecond: confirmed.proposed }
  })

export const readFeed = ({ dossier }: Pick<Coordination, 'dossier'>) =>
  unary<ReadRequest, ReadResponse>(async (request) => ({ page: await feedPage(dossier, request) }))
