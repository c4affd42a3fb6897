// What an agency does in disputes, as coordinator, releasing agency, party or review body.
import {
  Advice,
  type CandidateKind,
  DisputeServiceClient,
  DisputeView,
  Part,
  Ruling,
  type RulingDisposition,
  type Dispute,
  type DisputeState,
  type OtherBody,
} from '../../gen/huiqian/escalation/v1/escalation.js'
import { connect } from '../../shared/rpc/client.js'
import { once } from './operator-desk.js'
import type { Office } from './office.js'

let requests = 0
const freshRequest = (): string => `dispute-${process.pid}-${++requests}`

type Which = Pick<Dispute, 'disputeId'>

export type DisputeDesk = ReturnType<typeof disputeDesk>

export function disputeDesk(office: Office, name: string, onClose: (close: () => void) => void) {
  const code = office.codeOf(name)
  const calls = once(async () => {
    const certificates = await office.premises.certificateOf({ kind: 'agency', code })
    const made = connect(
      DisputeServiceClient,
      office.premises.addressOf('escalation'),
      certificates,
    )
    onClose(made.close)
    return made
  })
  const desk = {
    code,
    calls,
    async lists(more: { states?: DisputeState[]; part?: Part; pageSize?: number } = {}) {
      const { states = [], part = Part.UNSPECIFIED, pageSize = 0 } = more
      const listed: Dispute[] = []
      for (let pageToken = ''; ;) {
        const page = await (await calls()).listDisputes({ states, part, pageSize, pageToken })
        listed.push(...page.disputes)
        pageToken = page.nextPageToken
        if (pageToken === '') return listed
      }
    },
    /** The dispute of a release, newest first, as its list shows it. */
    async disputeOf(releaseId: string): Promise<Dispute> {
      return mustBe((await desk.lists()).findLast((one) => one.releaseId === releaseId))
    },
    async sees({ disputeId }: Which, view = DisputeView.BASIC): Promise<Dispute> {
      return mustBe((await (await calls()).getDispute({ disputeId, view })).dispute)
    },
    async accepts({ disputeId }: Which, requestId = freshRequest()): Promise<Dispute> {
      return mustBe((await (await calls()).acceptDispute({ requestId, disputeId })).dispute)
    },
    async returns({ disputeId }: Which, reason = '请先补充协商。'): Promise<Dispute> {
      const request = { requestId: freshRequest(), disputeId, reason }
      return mustBe((await (await calls()).returnDispute(request)).dispute)
    },
    async redirects({ disputeId }: Which, to: CandidateKind, reason = '另请协调。') {
      const request = { requestId: freshRequest(), disputeId, to, reason }
      return mustBe((await (await calls()).redirectDispute(request)).dispute)
    },
    async handsUp(
      { disputeId }: Which,
      reason = '涉及全省，超出本级职责。',
      requestId = freshRequest(),
    ) {
      const request = { requestId, disputeId, reason }
      return mustBe((await (await calls()).handUpDispute(request)).dispute)
    },
    async asksBodies({ disputeId }: Which, levelBodies = true, others: OtherBody[] = []) {
      const request = { requestId: freshRequest(), disputeId, levelBodies, others }
      return mustBe((await (await calls()).requestCoReview(request)).dispute)
    },
    /** Gives the view that it is asked for. */
    async givesView({ disputeId }: Which, advice = Advice.RELEASE, view = '不涉及国家秘密。') {
      const asked = (await desk.sees({ disputeId })).coReviews.find(({ body }) => body === code)
      return mustBe(
        (
          await (
            await calls()
          ).giveCoReview({
            ...{ requestId: freshRequest(), coReviewId: mustBe(asked).coReviewId },
            ...{ advice, view, signatory: '' },
          })
        ).coReview,
      )
    },
    async rules(
      { disputeId, draftDigest }: Pick<Dispute, 'disputeId' | 'draftDigest'>,
      disposition: RulingDisposition,
      more: Partial<Ruling> = {},
      requestId = freshRequest(),
    ): Promise<Dispute> {
      const ruling = Ruling.fromPartial({ disposition, grounds: '公众安全优先。', ...more })
      const request = { requestId, disputeId, ruling, draftDigest, signed: undefined }
      return mustBe((await (await calls()).issueRuling(request)).dispute)
    },
  }
  return desk
}

function mustBe<T>(value: T | undefined): T {
  if (value === undefined) throw new Error('the answer lacks what it is about')
  return value
}
