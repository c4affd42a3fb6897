// The agencies of the story at work: each calls the services with its own certificate, as any agency
// system would. What the story tells, it has from their answers.
import {
  ConsultationServiceClient,
  type ExplainDeadlineResponse,
  type GiveOpinionResponse,
} from '../../../gen/huiqian/coordination/v1/consultation.js'
import {
  DisclosureAttribute,
  Opinion,
  OriginKind,
  Urgency,
  Trigger,
  type Consultation,
  type OpinionKind,
  type Release,
} from '../../../gen/huiqian/coordination/v1/coordination.js'
import {
  ReleaseServiceClient,
  ReleaseView,
  type ExplainClearanceResponse,
  type SubmitReleaseRequest,
} from '../../../gen/huiqian/coordination/v1/release.js'
import {
  MailboxServiceClient,
  type Letter,
  type LetterKind,
} from '../../../gen/huiqian/delivery/v1/delivery.js'
import type { Confirmation } from '../../../gen/huiqian/coordination/v1/gates.js'
import { DisputeServiceClient } from '../../../gen/huiqian/escalation/v1/escalation.js'
import type { Instant, Mint } from '../../../shared/identity/identity.js'
import { askAgain } from '../../../shared/rpc/ask-again.js'
import { connect } from '../../../shared/rpc/client.js'
import type { Channel } from '../../../shared/rpc/peers.js'
import { timestampOf } from '../../../shared/rpc/timestamps.js'
import { inDispute, secrecyReviewOn, told } from './clerks-in-dispute.js'

export type Affects = { readonly agency: string; readonly reason: string }
type Beside = Partial<Pick<SubmitReleaseRequest, 'coProducers' | 'noneAffectedReason'>>

export type Clerk = ReturnType<typeof clerk>

/** A clerk of one agency. `now` is the house's clock, `mint` makes the ids of requests. */
export function clerk(channel: Channel, now: () => Instant, mint: Mint) {
  const { address, certificates } = channel
  const releases = connect(ReleaseServiceClient, address, certificates)
  const consultations = connect(ConsultationServiceClient, address, certificates)
  const mailboxes = connect(MailboxServiceClient, address, certificates)
  const disputes = connect(DisputeServiceClient, address, certificates)
  const fresh = (): string => mint.id(now())

  return {
    ...inDispute({ releases, disputes, now, fresh }),

    async submits(
      title: string,
      text: string,
      affects: readonly Affects[],
      { coProducers = [], noneAffectedReason = '' }: Beside = {},
    ): Promise<Release> {
      const request = {
        requestId: fresh(),
        ...{ title, text, attachments: [], policyPack: '' },
        ...{ coProducers: [...coProducers], noneAffectedReason },
        origin: { kind: OriginKind.MADE, basis: '', maker: '' },
        attribute: DisclosureAttribute.ACTIVE,
        affected: affects.map((one) => ({ ...one, trigger: Trigger.CONCERNS })),
        secrecyReview: secrecyReviewOn(now()),
        ...{ documentNumber: '', draftDigest: '', signatory: '', contact: '信息公开科' },
        approvalsNeeded: [],
        categories: [],
        formedOn: '',
        applicationReceivedOn: '',
        standingInstruction: undefined,
        urgency: Urgency.UNSPECIFIED,
      }
      const { release } = await askAgain(() => releases.submitRelease(request))
      return told(release)
    },
    async sees(releaseId: string): Promise<Release> {
      return told((await releases.getRelease({ releaseId, view: ReleaseView.BASIC })).release)
    },
    explainsClearance: (releaseId: string): Promise<ExplainClearanceResponse> =>
      releases.explainClearance({ releaseId }),
    /** Its own consultation on a release. */
    async isAskedOn(releaseId: string): Promise<Consultation> {
      const page = { states: [], pageSize: 1_000, pageToken: '' }
      const { consultations: all } = await consultations.listConsultations(page)
      const { consultationId } = told(all.find((one) => one.releaseId === releaseId))
      return told((await consultations.getConsultation({ consultationId })).consultation)
    },
    explainsDeadline: (consultationId: string): Promise<ExplainDeadlineResponse> =>
      consultations.explainDeadline({ consultationId }),
    async replies(
      { consultationId, draftDigest }: Consultation,
      kind: OpinionKind,
      reasons = '',
    ): Promise<GiveOpinionResponse> {
      const opinion = Opinion.fromPartial({ kind, reasons })
      const about = { requestId: fresh(), consultationId, draftDigest }
      const request = { ...about, opinion, signed: undefined }
      return askAgain(() => consultations.giveOpinion(request))
    },
    /** Letters of one kind about a release in its mailbox, oldest first. */
    async letters(releaseId: string, kind: LetterKind): Promise<Letter[]> {
      const page = { kind, releaseId, pageSize: 1_000, pageToken: '' }
      const { entries } = await mailboxes.listLetters(page)
      const found = entries.map(({ letterId }) => mailboxes.getLetter({ letterId }))
      return (await Promise.all(found)).map(({ letter }) => told(letter))
    },
    async publishes(releaseId: string, digest: string, where: string): Promise<Release> {
      const publishedAt = timestampOf(now())
      const request = { requestId: fresh(), releaseId, digest, where, publishedAt }
      return told((await askAgain(() => releases.recordPublication(request))).release)
    },
    /** A co-producer's explicit yes to a joint release. */
    async confirms(confirmationId: string, draftDigest: string): Promise<Confirmation> {
      const answer = { accurate: true, reasons: '', signatory: '', signed: undefined }
      const request = { requestId: fresh(), confirmationId, draftDigest, ...answer }
      const { confirmation } = await askAgain(() => consultations.confirmJointRelease(request))
      return told(confirmation)
    },
    packs: () => releases.listPolicyPacks({}),
    close(): void {
      for (const client of [releases, consultations, mailboxes, disputes]) client.close()
    },
  }
}
