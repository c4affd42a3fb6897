// The agencies of the story where they disagree: rounds, the filing, and the desks of the coordinator and
// of the bodies that it hears.
import {
  SecrecyConclusion,
  type Release,
  type SecrecyReview,
} from '../../../gen/huiqian/coordination/v1/coordination.js'
import {
  type Addressee,
  RoundKind,
  type Position,
} from '../../../gen/huiqian/coordination/v1/negotiation.js'
import type {
  CompareVersionsResponse,
  FileDisputeRequest,
  RecordNegotiationResponse,
} from '../../../gen/huiqian/coordination/v1/negotiation_calls.js'
import type { ReleaseServiceClient } from '../../../gen/huiqian/coordination/v1/release.js'
import {
  DisputeView,
  Part,
  Ruling,
  type Advice,
  type CoReview,
  type Dispute,
  type DisputeServiceClient,
  type OtherBody,
} from '../../../gen/huiqian/escalation/v1/escalation.js'
import type { Instant } from '../../../shared/identity/identity.js'
import { askAgain } from '../../../shared/rpc/ask-again.js'
import type { Calls } from '../../../shared/rpc/client.js'
import { timestampOf } from '../../../shared/rpc/timestamps.js'
import { dateOf, dayOf } from '../../../shared/working-days/working-days.js'

type Means = {
  readonly releases: Calls<(typeof ReleaseServiceClient)['service']>
  readonly disputes: Calls<(typeof DisputeServiceClient)['service']>
  readonly now: () => Instant
  readonly fresh: () => string
}
type Words = Pick<FileDisputeRequest, 'summary' | 'mainDispute' | 'legalBasis'>
type Text = { readonly title: string; readonly text: string }

export const inDispute = ({ releases, disputes, now, fresh }: Means) => ({
  /** A meeting, as it has just been held. */
  async records(
    releaseId: string,
    positions: Position[],
    summary: string,
  ): Promise<RecordNegotiationResponse> {
    const heldAt = timestampOf(now())
    const round = { kind: RoundKind.MEETING, heldAt, positions, summary }
    const request = { requestId: fresh(), releaseId, ...round }
    return askAgain(() => releases.recordNegotiation(request))
  },
  async files(releaseId: string, to: Addressee, words: Words): Promise<void> {
    const rest = { documentNumber: '', signatory: '' }
    const request = { requestId: fresh(), releaseId, to, ...words, ...rest }
    await askAgain(() => releases.fileDispute(request))
  },
  async revises(releaseId: string, { title, text }: Text): Promise<Release> {
    const request = {
      ...{ requestId: fresh(), releaseId, title, text, attachments: [], alsoAffected: [] },
      ...{ secrecyReview: secrecyReviewOn(now()), documentNumber: '', draftDigest: '' },
    }
    return told((await askAgain(() => releases.reviseDraft(request))).release)
  },
  /** The present version beside the one before. */
  compares: (releaseId: string): Promise<CompareVersionsResponse> =>
    releases.compareVersions({ releaseId, fromVersion: 0, toVersion: 0, pageToken: '' }),

  /** The newest dispute on a release that it has a part in, with the words. */
  async disputeOn(releaseId: string): Promise<Dispute | undefined> {
    const page = { states: [], part: Part.UNSPECIFIED, pageSize: 1_000, pageToken: '' }
    const { disputes: all } = await disputes.listDisputes(page)
    const found = all.filter((one) => one.releaseId === releaseId).at(-1)
    if (found === undefined) return undefined
    const asked = { disputeId: found.disputeId, view: DisputeView.FULL }
    return told((await disputes.getDispute(asked)).dispute)
  },
  async accepts(disputeId: string): Promise<Dispute> {
    const request = { requestId: fresh(), disputeId }
    return told((await askAgain(() => disputes.acceptDispute(request))).dispute)
  },
  /** Asks the legal, secrecy and supervision bodies of its level, and others that it adds. */
  async asksBodies(disputeId: string, others: OtherBody[]): Promise<Dispute> {
    const request = { requestId: fresh(), disputeId, levelBodies: true, others }
    return told((await askAgain(() => disputes.requestCoReview(request))).dispute)
  },
  async givesView(coReviewId: string, advice: Advice, view: string): Promise<CoReview> {
    const request = { requestId: fresh(), coReviewId, advice, view, signatory: '' }
    return told((await askAgain(() => disputes.giveCoReview(request))).coReview)
  },
  async rules(
    { disputeId, draftDigest }: Dispute,
    ruling: Pick<Ruling, 'disposition' | 'grounds' | 'legalBasis'> & Partial<Ruling>,
  ): Promise<Dispute> {
    const request = {
      ...{ requestId: fresh(), disputeId, draftDigest },
      ruling: Ruling.fromPartial(ruling),
      signed: undefined,
    }
    return told((await askAgain(() => disputes.issueRuling(request))).dispute)
  },
})

/** The review that was made in the releasing agency on the day. */
export const secrecyReviewOn = (now: Instant): SecrecyReview => ({
  conclusion: SecrecyConclusion.NOT_SECRET,
  reviewer: '保密审查小组',
  reviewedOn: dateOf(dayOf(now)),
  recordNumber: '',
})

/** What an answer must hold. */
export function told<T>(value: T | undefined): T {
  if (value === undefined) throw new Error('the answer lacks what it is about')
  return value
}
