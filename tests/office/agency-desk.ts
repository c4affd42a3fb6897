// An agency at work with its own certificate: submits, reads its mailbox, replies, looks.
import { createHash } from 'node:crypto'
import {
  ConsultationServiceClient,
  type GiveOpinionResponse,
} from '../../gen/huiqian/coordination/v1/consultation.js'
import {
  DisclosureAttribute,
  Opinion,
  OpinionKind,
  OriginKind,
  Urgency,
  SecrecyConclusion,
  Trigger,
  type Consultation,
  type Release,
} from '../../gen/huiqian/coordination/v1/coordination.js'
import {
  ReleaseServiceClient,
  ReleaseView,
  type SubmitReleaseRequest,
  type ExplainClearanceResponse,
} from '../../gen/huiqian/coordination/v1/release.js'
import {
  LetterKind,
  MailboxServiceClient,
  type Letter,
  type MailboxEntry,
} from '../../gen/huiqian/delivery/v1/delivery.js'
import type { Instant } from '../../shared/identity/identity.js'
import { connect } from '../../shared/rpc/client.js'
import { timestampOf } from '../../shared/rpc/timestamps.js'
import { dateOf, dayOf } from '../../shared/working-days/working-days.js'
import { once } from './operator-desk.js'
import type { Premises } from './premises.js'

export type DeskContext = {
  readonly premises: Premises
  readonly now: () => Instant
  readonly codeOf: (name: string) => string
  readonly onClose: (close: () => void) => void
}

export type Submission = Partial<SubmitReleaseRequest> & {
  /** Whom it affects, by name. */
  readonly affects?: readonly string[]
}

export type Reply = Partial<Opinion> & { readonly requestId?: string; readonly about?: string }

export type AgencyDesk = ReturnType<typeof agencyDesk>

const KINDS = {
  consent: OpinionKind.CONSENT,
  'consent with changes': OpinionKind.CONSENT_WITH_CHANGES,
  objection: OpinionKind.OBJECTION,
  'not concerned': OpinionKind.NOT_CONCERNED,
  'other reply': OpinionKind.OTHER_REPLY,
} as const

let requests = 0
const freshRequest = (): string => `request-${process.pid}-${++requests}`

export function agencyDesk({ premises, now, codeOf, onClose }: DeskContext, code: string) {
  const certificates = once(() => premises.certificateOf({ kind: 'agency', code }))
  const releases = once(async () => {
    const address = premises.addressOf('coordination')
    const calls = connect(ReleaseServiceClient, address, await certificates())
    onClose(calls.close)
    return calls
  })
  const consultations = once(async () => {
    const address = premises.addressOf('coordination')
    const calls = connect(ConsultationServiceClient, address, await certificates())
    onClose(calls.close)
    return calls
  })
  const mailbox = once(async () => {
    const address = premises.addressOf('delivery')
    const calls = connect(MailboxServiceClient, address, await certificates())
    onClose(calls.close)
    return calls
  })

  const desk = {
    code,
    releases,
    consultations,
    mailbox,

    /** The submission as it is sent; a field given overrules. */
    submission(title: string, { affects = [], ...over }: Submission = {}): SubmitReleaseRequest {
      return {
        requestId: freshRequest(),
        title,
        text: `${title}的全文。`,
        attachments: [],
        origin: { kind: OriginKind.MADE, basis: '', maker: '' },
        attribute: DisclosureAttribute.ACTIVE,
        affected: affects.map((name) => ({
          agency: codeOf(name),
          trigger: Trigger.CONCERNS,
          reason: '涉及该机关的职责',
        })),
        noneAffectedReason: '',
        secrecyReview: {
          conclusion: SecrecyConclusion.NOT_SECRET,
          reviewer: '保密审查员',
          reviewedOn: dateOf(dayOf(now())),
          recordNumber: '',
        },
        policyPack: '',
        documentNumber: '',
        signatory: '李四',
        draftDigest: '',
        contact: '',
        coProducers: [],
        approvalsNeeded: [],
        categories: [],
        formedOn: '',
        applicationReceivedOn: '',
        standingInstruction: undefined,
        urgency: Urgency.UNSPECIFIED,
        ...over,
      }
    },
    /** Uploads a file in one chunk; gives its digest, by which a draft names it. */
    async uploads(name: string, bytes: Buffer): Promise<string> {
      const digest = createHash('sha256').update(bytes).digest('hex')
      const declaration = { name, size: bytes.length, digest }
      await (
        await releases()
      ).uploadAttachment([
        { part: { $case: 'declaration', declaration } },
        { part: { $case: 'chunk', chunk: bytes } },
      ])
      return digest
    },
    async submitsRelease(title: string, submission: Submission = {}): Promise<Release> {
      const { release } = await (await releases()).submitRelease(desk.submission(title, submission))
      return mustBe(release)
    },
    /** The release as the agency may see it. */
    async sees({ releaseId }: Pick<Release, 'releaseId'>, view = ReleaseView.BASIC) {
      const { release } = await (await releases()).getRelease({ releaseId, view })
      return mustBe(release)
    },
    async explainsClearance({
      releaseId,
    }: Pick<Release, 'releaseId'>): Promise<ExplainClearanceResponse> {
      return (await releases()).explainClearance({ releaseId })
    },
    /** Its own consultation on a release, with the deadline day by day. */
    async consultationOn({ releaseId }: Pick<Release, 'releaseId'>): Promise<Consultation> {
      const calls = await consultations()
      const listed = await calls.listConsultations({ states: [], pageSize: 1_000, pageToken: '' })
      // Of several versions the newest is meant.
      const own = listed.consultations
        .filter((one) => one.releaseId === releaseId)
        .sort((one, other) => other.version - one.version)[0]
      const { consultation } = await calls.getConsultation({
        consultationId: mustBe(own).consultationId,
      })
      return mustBe(consultation)
    },
    async givesOpinion(
      release: Pick<Release, 'releaseId'>,
      kind: keyof typeof KINDS,
      { requestId = freshRequest(), about, ...more }: Reply = {},
    ): Promise<GiveOpinionResponse> {
      const { consultationId, draftDigest } = await desk.consultationOn(release)
      return (await consultations()).giveOpinion({
        signed: undefined,
        requestId,
        consultationId,
        opinion: Opinion.fromPartial({ kind: KINDS[kind], ...more }),
        draftDigest: about ?? draftDigest,
      })
    },
    /** Entries of its mailbox, oldest first. */
    async entries(kind = LetterKind.UNSPECIFIED): Promise<MailboxEntry[]> {
      const { entries } = await (
        await mailbox()
      ).listLetters({ kind, releaseId: '', pageSize: 1_000, pageToken: '' })
      return entries
    },
    /** Letters of its mailbox with their text, oldest first. */
    async letters(kind = LetterKind.UNSPECIFIED): Promise<(Letter & { receivedAt: number })[]> {
      const calls = await mailbox()
      const entries = await desk.entries(kind)
      return Promise.all(
        entries.map(async ({ letterId, receivedAt }) => {
          const { letter } = await calls.getLetter({ letterId })
          return { ...mustBe(letter), receivedAt: mustBe(receivedAt).seconds * 1000 }
        }),
      )
    },
    async publishes(
      { releaseId, draftDigest }: Pick<Release, 'releaseId' | 'draftDigest'>,
      digest = draftDigest,
    ): Promise<Release> {
      const { release } = await (
        await releases()
      ).recordPublication({
        requestId: freshRequest(),
        releaseId,
        publishedAt: timestampOf(now()),
        where: '清远市政府门户网站',
        digest,
      })
      return mustBe(release)
    },
    async withdraws({ releaseId }: Pick<Release, 'releaseId'>, reason: string): Promise<Release> {
      const calls = await releases()
      const requestId = freshRequest()
      return mustBe((await calls.withdrawRelease({ requestId, releaseId, reason })).release)
    },
    async revises(
      { releaseId }: Pick<Release, 'releaseId'>,
      title: string,
      text: string,
    ): Promise<Release> {
      const { secrecyReview } = desk.submission(title)
      const { release } = await (
        await releases()
      ).reviseDraft({
        ...{ requestId: freshRequest(), releaseId, title, text, secrecyReview },
        ...{ attachments: [], alsoAffected: [], documentNumber: '', draftDigest: '' },
      })
      return mustBe(release)
    },
  }
  return desk
}

function mustBe<T>(value: T | undefined): T {
  if (value === undefined) throw new Error('the answer lacks what it is about')
  return value
}
