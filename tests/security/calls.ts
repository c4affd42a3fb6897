// Every call of the house with a good request about a case: what stands in its way is the table, or the law. The
// compiler wants a request for each row.
import { Approval } from '../../gen/huiqian/coordination/v1/gates.js'
import {
  ClockServiceClient,
  ConsultationServiceClient,
} from '../../gen/huiqian/coordination/v1/consultation.js'
import { Opinion, OpinionKind } from '../../gen/huiqian/coordination/v1/coordination.js'
import { DisputeFileServiceClient } from '../../gen/huiqian/coordination/v1/dispute_file.js'
import { FeedServiceClient as CoordinationFeed } from '../../gen/huiqian/coordination/v1/feed.js'
import { Addressee, RoundKind } from '../../gen/huiqian/coordination/v1/negotiation.js'
import { OrganisingServiceClient } from '../../gen/huiqian/coordination/v1/organising.js'
import { ReleaseServiceClient } from '../../gen/huiqian/coordination/v1/release.js'
import {
  Letter,
  LetterServiceClient,
  MailboxServiceClient,
  NotificationServiceClient,
} from '../../gen/huiqian/delivery/v1/delivery.js'
import { FeedServiceClient as DeliveryFeed } from '../../gen/huiqian/delivery/v1/feed.js'
import { CalendarServiceClient } from '../../gen/huiqian/directory/v1/calendar.js'
import { DirectoryServiceClient } from '../../gen/huiqian/directory/v1/directory.js'
import { FeedServiceClient as DirectoryFeed } from '../../gen/huiqian/directory/v1/feed.js'
import {
  Advice,
  CandidateKind,
  DisputeServiceClient,
  Ruling,
  RulingDisposition,
} from '../../gen/huiqian/escalation/v1/escalation.js'
import { FeedServiceClient as EscalationFeed } from '../../gen/huiqian/escalation/v1/feed.js'
import type { Rows } from '../../shared/authorisation/authorisation.js'
import * as coordination from '../../shared/authorisation/coordination.js'
import * as delivery from '../../shared/authorisation/delivery.js'
import * as directory from '../../shared/authorisation/directory.js'
import * as escalation from '../../shared/authorisation/escalation.js'
import type { ServiceName } from '../../services/launcher/services.js'
import { timestampOf } from '../../shared/rpc/timestamps.js'
import { FILE, FILE_DIGEST, type Case } from './cases.js'

/** What requests need besides the case. */
export type About = Case & {
  readonly now: number
  readonly requestId: string
  readonly codeOf: (name: string) => string
  readonly secrecyReview: object
}
type Request = (about: About) => object

const none: Request = () => ({})
const release: Request = ({ releaseId, requestId }) => ({ releaseId, requestId })
const consultation: Request = ({ consultationId, requestId }) => ({ consultationId, requestId })
const dispute: Request = ({ disputeId, requestId }) => ({ disputeId, requestId, reason: '理由。' })
const letter: Request = ({ letterId, requestId }) => ({ letterId, requestId, signedBy: '王五' })
const opinion = Opinion.fromPartial({ kind: OpinionKind.CONSENT })
const also =
  (base: Request, more: (about: About) => object): Request =>
  (about) => ({ ...base(about), ...more(about) })

type Requests<R extends Rows> = { readonly [Call in keyof R]: Request }

const RELEASE: Requests<typeof coordination.RELEASE_ROWS> = {
  SubmitRelease: none, // refused as malformed after the table: who may not make it is refused before
  GetRelease: release,
  ListReleases: none,
  WatchRelease: release,
  RecordSecrecyReview: also(release, ({ secrecyReview }) => ({ secrecyReview })),
  ReviseDraft: also(release, ({ secrecyReview }) => ({
    ...{ secrecyReview, title: '第二稿', text: '第二稿。', attachments: [], alsoAffected: [] },
  })),
  DestroyContent: release,
  ListReadings: release,
  WithdrawRelease: also(release, () => ({ reason: '数据待核。' })),
  DecideLateRemark: also(release, () => ({
    ...{ remarkId: '01999999-9999-7999-8999-999999999998', decision: 1, reason: '不影响。' },
  })),
  RecordPublication: also(release, ({ now, draftDigest }) => ({
    ...{ publishedAt: timestampOf(now), where: '门户网站', digest: draftDigest },
  })),
  ExplainClearance: release,
  UploadAttachment: none,
  DownloadAttachment: also(release, () => ({ digest: FILE_DIGEST })),
  ListPolicyPacks: none,
  AdoptPolicyPack: none,
  ComparePolicyPacks: none,
  CompareVersions: release,
  RecordNegotiation: also(release, ({ now, codeOf }) => ({
    ...{ kind: RoundKind.MEETING, heldAt: timestampOf(now), summary: '' },
    positions: ['市水利局', '市卫生健康局'].map((name) => ({
      ...{ agency: codeOf(name), position: '意见不变。' },
    })),
  })),
  DeclineChanges: also(consultation, () => ({ reason: '不采纳。' })),
  SetStandingInstruction: also(release, () => ({
    standingInstruction: { to: Addressee.SUPERIOR_ORGAN, afterWorkingDays: 5, byDefault: false },
  })),
  FileDispute: also(release, () => ({ summary: '未达成一致。', mainDispute: '位置。' })),
  RecordApproval: also(release, ({ draftDigest }) => ({
    draftDigest,
    approval: Approval.fromPartial({
      ...{ organ: '清远市人民政府', documentNumber: '清府〔2026〕1号', scope: '公开' },
      ...{ approvedOn: '2026-09-07', copyDigest: FILE_DIGEST },
    }),
  })),
  AnswerDeclaration: also(release, ({ declarationId }) => ({
    ...{ declarationId, consult: false, reason: '不涉及。' },
  })),
}

const CONSULTATION: Requests<typeof coordination.CONSULTATION_ROWS> = {
  ListConsultations: none,
  GetConsultation: consultation,
  GiveOpinion: also(consultation, ({ draftDigest }) => ({ draftDigest, opinion })),
  ExplainDeadline: consultation,
  RequestEscalation: also(consultation, () => ({ reason: '协商无望。' })),
  ConfirmJointRelease: ({ confirmationId, requestId, draftDigest }) => ({
    ...{ confirmationId, requestId, draftDigest, accurate: true },
  }),
  DeclareAffected: ({ requestId }) => ({ requestId, release: '某信息', reason: '涉及。' }),
  ObjectToUnauthorisedRelease: ({ requestId }) => ({
    ...{ requestId, release: '某信息', where: '某网站', reason: '未征求意见。' },
  }),
  RecordPaperService: also(consultation, ({ now }) => ({
    ...{ receivedAt: timestampOf(now), evidenceDigest: FILE_DIGEST, signedBy: '赵六' },
  })),
  ContestPaperService: also(consultation, () => ({ reason: '未收到。' })),
  DecidePaperService: also(consultation, () => ({ confirmed: true, reason: '属实。' })),
  RecordPaperOpinion: also(consultation, ({ now, draftDigest }) => ({
    ...{ draftDigest, opinion, handedInAt: timestampOf(now), evidenceDigest: FILE_DIGEST },
  })),
}

const DISPUTE: Requests<typeof escalation.DISPUTE_ROWS> = {
  ListDisputes: none,
  GetDispute: dispute,
  WatchDisputes: none,
  RedirectDispute: also(dispute, () => ({ to: CandidateKind.SUPERIOR_ORGAN })),
  AcceptDispute: dispute,
  ReturnDispute: dispute,
  HandUpDispute: dispute,
  RequestCoReview: also(dispute, () => ({ levelBodies: true, others: [] })),
  GiveCoReview: ({ coReviewId, requestId }) => ({
    ...{ coReviewId, requestId, advice: Advice.RELEASE, view: '建议公开。' },
  }),
  IssueRuling: also(dispute, ({ draftDigest }) => ({
    draftDigest,
    ruling: Ruling.fromPartial({ disposition: RulingDisposition.RELEASE, grounds: '公众安全。' }),
  })),
}

/** Calls that name a case: asked of a case in each state, and of one that is not there. */
const NAME_A_CASE = new Set([
  ...Object.keys(RELEASE).filter((call) => RELEASE[call as keyof typeof RELEASE] !== none),
  ...Object.keys(CONSULTATION).filter((call) => !/^List|^Declare|^Object/.test(call)),
  ...Object.keys(DISPUTE).filter((call) => !/^List|^Watch/.test(call)),
  ...[
    'ReferBreach',
    'GetDisputeFile',
    'GetLetter',
    'SignReceipt',
    'RenderDocument',
    'WithdrawLetter',
  ],
])

type Client = { readonly service: Readonly<Record<string, Definition>> }
export type Definition = {
  readonly path: string
  readonly requestStream: boolean
  readonly responseStream: boolean
  readonly requestDeserialize: (bytes: Buffer) => object
  requestSerialize: (value: object) => Buffer
}

export type MatrixCall = {
  /** `ReleaseService/GetRelease` */
  readonly name: string
  readonly at: ServiceName
  readonly client: Client
  readonly method: string
  readonly definition: Definition
  readonly row: Rows[string]
  readonly request: Request
  readonly namesCase: boolean
}

const callsOf = (at: ServiceName, client: unknown, rows: Rows, requests: Requests<Rows>) =>
  Object.entries((client as Client).service).map(([method, definition]): MatrixCall => {
    const [, service = '', call = ''] = definition.path.split('/')
    const [row, request] = [rows[call], requests[call]]
    if (row === undefined || request === undefined) throw new Error(`no row for ${call}`)
    return {
      ...{ name: `${service.replace('huiqian.', '')}/${call}`, at, client: client as Client },
      ...{ method, definition, row, request },
      namesCase: NAME_A_CASE.has(call) && !(at === 'directory'),
    }
  })

const nones = (rows: Rows): Requests<Rows> =>
  Object.fromEntries(Object.keys(rows).map((call) => [call, none]))

export const CALLS: readonly MatrixCall[] = [
  ...callsOf('coordination', ReleaseServiceClient, coordination.RELEASE_ROWS, RELEASE),
  ...callsOf(
    'coordination',
    ConsultationServiceClient,
    coordination.CONSULTATION_ROWS,
    CONSULTATION,
  ),
  ...callsOf(
    'coordination',
    ClockServiceClient,
    coordination.CLOCK_ROWS,
    nones(coordination.CLOCK_ROWS),
  ),
  ...callsOf('coordination', OrganisingServiceClient, coordination.ORGANISING_ROWS, {
    ...nones(coordination.ORGANISING_ROWS),
    ReferBreach: also(release, ({ codeOf }) => ({ to: codeOf('市监委'), consequence: '影响。' })),
  }),
  ...callsOf('coordination', DisputeFileServiceClient, coordination.DISPUTE_FILE_ROWS, {
    GetDisputeFile: dispute,
  }),
  ...callsOf('coordination', CoordinationFeed, coordination.COORDINATION_FEED_ROWS, { Read: none }),
  ...callsOf('escalation', DisputeServiceClient, escalation.DISPUTE_ROWS, DISPUTE),
  ...callsOf('escalation', EscalationFeed, escalation.ESCALATION_FEED_ROWS, { Read: none }),
  ...callsOf('delivery', LetterServiceClient, delivery.LETTER_ROWS, {
    PostLetters: () => ({ letters: [Letter.fromPartial({})] }),
    DestroyContent: none, // refused as malformed after the table: the letters of the case stay whole

    WithdrawLetter: letter,
  }),
  ...callsOf('delivery', MailboxServiceClient, delivery.MAILBOX_ROWS, {
    ...{ ListLetters: none, GetLetter: letter, WatchMailbox: none, SignReceipt: letter },
    RenderDocument: also(letter, () => ({ format: 1, document: 1 })),
  }),
  ...callsOf(
    'delivery',
    NotificationServiceClient,
    delivery.NOTIFICATION_ROWS,
    nones(delivery.NOTIFICATION_ROWS),
  ),
  ...callsOf('delivery', DeliveryFeed, delivery.DELIVERY_FEED_ROWS, { Read: none }),
  ...callsOf(
    'directory',
    DirectoryServiceClient,
    directory.DIRECTORY_ROWS,
    nones(directory.DIRECTORY_ROWS),
  ),
  ...callsOf(
    'directory',
    CalendarServiceClient,
    directory.CALENDAR_ROWS,
    nones(directory.CALENDAR_ROWS),
  ),
  ...callsOf('directory', DirectoryFeed, directory.DIRECTORY_FEED_ROWS, { Read: none }),
]

export const UPLOAD = [
  {
    part: {
      $case: 'declaration' as const,
      declaration: { name: '位置图.png', size: FILE.length, digest: FILE_DIGEST },
    },
  },
  { part: { $case: 'chunk' as const, chunk: FILE } },
]
