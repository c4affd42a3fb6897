// huiqian dispute: filing one, looking at them, and what a coordinator and the review bodies do.
import { FileDisputeResponse } from '../../../gen/huiqian/coordination/v1/negotiation_calls.js'
import { Addressee } from '../../../gen/huiqian/coordination/v1/negotiation.js'
import {
  CandidateKind,
  Dispute,
  DisputeState,
  DisputeView,
  ListDisputesResponse,
  Part,
  WatchDisputesResponse,
} from '../../../gen/huiqian/escalation/v1/escalation.js'
import { LIMIT, REASON, REQUEST_ID, type Asked, type Command } from '../command.js'
import type { Desk } from '../desk.js'
import { firstOf } from '../pages.js'
import { agenciesInDispute, disputeLine, disputeText } from '../text/dispute-text.js'
import { agenciesInNegotiation, negotiationText } from '../text/negotiation-text.js'
import { watching } from '../watching.js'
import { ADDRESSEE_WORDS } from './negotiation.js'

const STATES = {
  filed: DisputeState.FILED,
  accepted: DisputeState.ACCEPTED,
  returned: DisputeState.RETURNED,
  ruled: DisputeState.RULED,
  ended: DisputeState.ENDED,
}
const PART_WORDS = {
  coordinator: Part.COORDINATOR,
  releasing: Part.RELEASING,
  party: Part.PARTY,
  'review-body': Part.REVIEW_BODY,
}
const CANDIDATE_WORDS = {
  'superior-organ': CandidateKind.SUPERIOR_ORGAN,
  'competent-authority': CandidateKind.COMPETENT_AUTHORITY,
  'common-superior': CandidateKind.COMMON_SUPERIOR,
}

const file: Command = {
  words: 'dispute file',
  takes: ['<release>'],
  about: {
    zh: '声明协商未达成一致，报请协调',
    en: 'declare that negotiation failed, and file the dispute',
  },
  options: {
    to: {
      takes: Object.keys(ADDRESSEE_WORDS).join('|'),
      about: { zh: '报请谁（默认依指示）', en: 'to whom (as the standing instruction says)' },
    },
    summary: { takes: '<text>', about: { zh: '协商情况', en: 'how negotiation went' } },
    'main-dispute': { takes: '<text>', about: { zh: '主要争议', en: 'what is in dispute' } },
    'legal-basis': { takes: '<text>', about: { zh: '法律依据', en: 'legal basis' } },
    'document-number': { takes: '<number>', about: { zh: '文号', en: 'number' } },
    signatory: { takes: '<name>', about: { zh: '签发人', en: 'signatory' } },
    ...REQUEST_ID,
  },
  async run(desk, asked) {
    const request = {
      ...{ requestId: desk.requestId, releaseId: asked.argument(0) },
      to: asked.oneOf('to', ADDRESSEE_WORDS, Addressee.UNSPECIFIED),
      summary: asked.text('summary'),
      mainDispute: asked.text('main-dispute'),
      legalBasis: asked.maybe('legal-basis') ?? '',
      documentNumber: asked.maybe('document-number') ?? '',
      signatory: asked.maybe('signatory') ?? '',
    }
    const calls = await desk.releases()
    const answer = await desk.change(() => calls.fileDispute(request))
    const { release, dispute } = answer
    if (release === undefined || dispute === undefined)
      throw new Error('answered without a dispute')
    const { negotiation } = release
    const names = await desk.names([
      ...agenciesInNegotiation(negotiation),
      ...[dispute.coordinator],
    ])
    await desk.tell(FileDisputeResponse.toJSON(answer), () =>
      negotiation === undefined ? [] : negotiationText(negotiation, names, desk.language),
    )
  },
}

const list: Command = {
  words: 'dispute list',
  takes: [],
  about: {
    zh: '列出本机关有份的协调事项，最久的在前',
    en: 'disputes one has a part in, oldest first',
  },
  options: {
    state: { takes: Object.keys(STATES).join('|'), about: { zh: '状态', en: 'state' } },
    part: { takes: Object.keys(PART_WORDS).join('|'), about: { zh: '本机关是', en: 'one’s part' } },
    ...LIMIT,
  },
  async run(desk, asked) {
    const calls = await desk.disputes()
    const state = asked.oneOf('state', STATES, DisputeState.UNSPECIFIED)
    const states = state === DisputeState.UNSPECIFIED ? [] : [state]
    const part = asked.oneOf('part', PART_WORDS, Part.UNSPECIFIED)
    const { items, nextPageToken } = await firstOf(asked.number('limit', 100), async (page) => {
      const answer = await calls.listDisputes({ states, part, ...page })
      return { items: answer.disputes, nextPageToken: answer.nextPageToken }
    })
    const names = await desk.names(items.map(({ releasingAgency }) => releasingAgency))
    await desk.tell(ListDisputesResponse.toJSON({ disputes: items, nextPageToken }), () => [
      ...items.map((one) => disputeLine(one, names, desk.language)),
      ...desk.more(nextPageToken),
    ])
  },
}

const show: Command = {
  words: 'dispute show',
  takes: ['<dispute>'],
  about: { zh: '查看协调事项', en: 'one dispute' },
  options: {
    full: {
      about: {
        zh: '连同稿件和各方的文字（阅读会记录在案）',
        en: 'with the draft and the words; the reading is recorded',
      },
    },
  },
  async run(desk, asked) {
    const calls = await desk.disputes()
    const view = asked.flag('full') ? DisputeView.FULL : DisputeView.BASIC
    const { dispute } = await calls.getDispute({ disputeId: asked.argument(0), view })
    await tellDispute(desk, dispute)
  },
}

const watch: Command = {
  words: 'dispute watch',
  takes: [],
  about: {
    zh: '持续接收报请本机关的协调事项及其变化',
    en: 'disputes as they are filed and change',
  },
  options: {
    after: { takes: '<cursor>', about: { zh: '从哪里之后', en: 'after this cursor' } },
    count: { takes: '<n>', about: { zh: '几项后结束', en: 'end after so many' } },
  },
  async run(desk, asked) {
    const calls = await desk.disputes()
    let afterCursor = asked.maybe('after') ?? ''
    let left = asked.number('count', Infinity)
    for await (const change of watching(() => calls.watchDisputes({ afterCursor }))) {
      const { dispute, cursor } = change
      if (dispute === undefined) continue
      afterCursor = cursor
      const names = await desk.names([dispute.releasingAgency])
      await desk.tellLine(WatchDisputesResponse.toJSON(change), () =>
        [disputeLine(dispute, names, desk.language), cursor].join('  '),
      )
      if (--left === 0) return
    }
  },
}

const redirect: Command = {
  words: 'dispute redirect',
  takes: ['<dispute>'],
  about: { zh: '受理前改报另一协调机关', en: 'choose the other candidate, until it is accepted' },
  options: {
    to: { takes: Object.keys(CANDIDATE_WORDS).join('|'), about: { zh: '改报谁', en: 'to whom' } },
    ...REASON,
    ...REQUEST_ID,
  },
  async run(desk, asked) {
    const to = asked.oneOf('to', CANDIDATE_WORDS)
    const request = { ...aboutDispute(desk, asked), to, reason: asked.text('reason') }
    const calls = await desk.disputes()
    const { dispute } = await desk.change(() => calls.redirectDispute(request))
    await tellDispute(desk, dispute)
  },
}

const accept: Command = {
  words: 'dispute accept',
  takes: ['<dispute>'],
  about: { zh: '受理', en: 'accept a dispute' },
  options: REQUEST_ID,
  async run(desk, asked) {
    const request = aboutDispute(desk, asked)
    const calls = await desk.disputes()
    const { dispute } = await desk.change(() => calls.acceptDispute(request))
    await tellDispute(desk, dispute)
  },
}

const giveBack: Command = {
  words: 'dispute return',
  takes: ['<dispute>'],
  about: {
    zh: '退回继续协商，告知各方理由',
    en: 'return it to negotiation; the parties are told why',
  },
  options: { ...REASON, ...REQUEST_ID },
  async run(desk, asked) {
    const request = { ...aboutDispute(desk, asked), reason: asked.text('reason') }
    const calls = await desk.disputes()
    const { dispute } = await desk.change(() => calls.returnDispute(request))
    await tellDispute(desk, dispute)
  },
}

const handUp: Command = {
  words: 'dispute hand-up',
  takes: ['<dispute>'],
  about: { zh: '报送上一级行政机关协调', en: 'hand it over to one’s own superior organ' },
  options: { ...REASON, ...REQUEST_ID },
  async run(desk, asked) {
    const request = { ...aboutDispute(desk, asked), reason: asked.text('reason') }
    const calls = await desk.disputes()
    const { dispute } = await desk.change(() => calls.handUpDispute(request))
    await tellDispute(desk, dispute)
  },
}

export const aboutDispute = (desk: Desk, asked: Asked) => ({
  requestId: desk.requestId,
  disputeId: asked.argument(0),
})

/** A dispute as an answer. */
export async function tellDispute(desk: Desk, dispute: Dispute | undefined): Promise<void> {
  if (dispute === undefined) throw new Error('answered without a dispute')
  const names = await desk.names(agenciesInDispute(dispute))
  await desk.tell(Dispute.toJSON(dispute), () => disputeText(dispute, names, desk.language))
}

export const DISPUTE_COMMANDS: readonly Command[] = [
  ...[file, list, show, watch, redirect, accept, giveBack, handUp],
]
