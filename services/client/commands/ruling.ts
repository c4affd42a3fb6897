// huiqian dispute review, give-view, rule: bodies are heard, and the coordinator rules.
import {
  Advice,
  CoReview,
  DisputeView,
  RulingDisposition,
} from '../../../gen/huiqian/escalation/v1/escalation.js'
import { NotUnderstood, REQUEST_ID, type Asked, type Command } from '../command.js'
import { SIGNED, signedOf } from '../signed.js'
import type { Desk } from '../desk.js'
import { textOf } from '../files.js'
import { coReviewText } from '../text/dispute-text.js'
import { aboutDispute, tellDispute } from './dispute.js'
import { spokenFor } from './negotiation.js'

const ADVICE_WORDS = {
  release: Advice.RELEASE,
  'release-with-changes': Advice.RELEASE_WITH_CHANGES,
  'do-not-release': Advice.DO_NOT_RELEASE,
  none: Advice.NONE,
}
const DISPOSITION_WORDS = {
  release: RulingDisposition.RELEASE,
  'release-with-changes': RulingDisposition.RELEASE_WITH_CHANGES,
  'do-not-release': RulingDisposition.DO_NOT_RELEASE,
  'back-to-negotiation': RulingDisposition.BACK_TO_NEGOTIATION,
}

const review: Command = {
  words: 'dispute review',
  takes: ['<dispute>'],
  about: {
    zh: '会同法制、保密、监察等部门研究，书面征询意见',
    en: 'ask bodies for their written views',
  },
  options: {
    'level-bodies': {
      about: {
        zh: '本级法制、保密、监察部门',
        en: 'the legal, secrecy and supervision bodies of the level',
      },
    },
    other: {
      takes: '<code|name>:<reason>',
      several: true,
      about: { zh: '另外会同的部门及理由', en: 'one more body, and why' },
    },
    ...REQUEST_ID,
  },
  async run(desk, asked) {
    const levelBodies = asked.flag('level-bodies')
    const others = (await spokenFor(desk, asked.list('other'), 'other')).map(
      ({ agency, words }) => ({ agency, reason: words }),
    )
    if (!levelBodies && others.length === 0)
      throw new NotUnderstood({
        zh: '请给出 --level-bodies 或 --other',
        en: 'give --level-bodies or --other',
      })
    const request = { ...aboutDispute(desk, asked), levelBodies, others }
    const calls = await desk.disputes()
    const { dispute } = await desk.change(() => calls.requestCoReview(request))
    await tellDispute(desk, dispute)
  },
}

const giveView: Command = {
  words: 'dispute give-view',
  takes: ['<co-review>'],
  about: { zh: '提出会同部门书面意见', en: 'give the written view that one was asked for' },
  options: {
    advice: { takes: Object.keys(ADVICE_WORDS).join('|'), about: { zh: '建议', en: 'advice' } },
    view: { takes: '<text>', about: { zh: '意见', en: 'the view' } },
    'view-file': { takes: '<file>', about: { zh: '同上，取自文件', en: 'the same from a file' } },
    signatory: { takes: '<name>', about: { zh: '签发人', en: 'signatory' } },
    ...REQUEST_ID,
  },
  async run(desk, asked) {
    const request = {
      ...{ requestId: desk.requestId, coReviewId: asked.argument(0) },
      advice: asked.oneOf('advice', ADVICE_WORDS),
      view: await words(desk, asked, 'view'),
      signatory: asked.maybe('signatory') ?? '',
    }
    const calls = await desk.disputes()
    const { coReview } = await desk.change(() => calls.giveCoReview(request))
    if (coReview === undefined) throw new Error('answered without a view')
    const names = await desk.names([coReview.body])
    await desk.tell(CoReview.toJSON(coReview), () => coReviewText(coReview, names, desk.language))
  },
}

const rule: Command = {
  words: 'dispute rule',
  takes: ['<dispute>'],
  about: { zh: '作出处理意见', en: 'rule on a dispute' },
  options: {
    disposition: {
      takes: Object.keys(DISPOSITION_WORDS).join('|'),
      about: { zh: '处理', en: 'what is decided' },
    },
    grounds: { takes: '<text>', about: { zh: '查明的情况和理由', en: 'findings and grounds' } },
    'grounds-file': {
      takes: '<file>',
      about: { zh: '同上，取自文件', en: 'the same from a file' },
    },
    'legal-basis': { takes: '<text>', about: { zh: '法律依据', en: 'legal basis' } },
    dissent: {
      takes: '<code|name>:<text>',
      several: true,
      about: { zh: '不同意见', en: 'who dissents, and what it holds' },
    },
    title: { takes: '<title>', about: { zh: '修改后的标题', en: 'title of the changed text' } },
    text: { takes: '<text>', about: { zh: '修改后的正文', en: 'the changed text' } },
    'text-file': { takes: '<file>', about: { zh: '同上，取自文件', en: 'the same from a file' } },
    attachment: {
      takes: '<sha256>',
      several: true,
      about: { zh: '保留的附件（摘要）', en: 'a file of the version that stays, by its digest' },
    },
    'document-number': { takes: '<number>', about: { zh: '文号', en: 'number' } },
    signatory: { takes: '<name>', about: { zh: '签发人', en: 'signatory' } },
    'draft-digest': {
      takes: '<sha256>',
      about: { zh: '所处理稿件的摘要（默认取自协调事项）', en: 'of the draft ruled on' },
    },
    ...SIGNED,
    ...REQUEST_ID,
  },
  async run(desk, asked) {
    const calls = await desk.disputes()
    const about = aboutDispute(desk, asked)
    const { disputeId } = about
    const disposition = asked.oneOf('disposition', DISPOSITION_WORDS)
    const changed = disposition === RulingDisposition.RELEASE_WITH_CHANGES
    const ruling = {
      disposition,
      grounds: await words(desk, asked, 'grounds'),
      legalBasis: asked.maybe('legal-basis') ?? '',
      dissents: await spokenFor(desk, asked.list('dissent'), 'dissent'),
      title: changed ? asked.text('title') : (asked.maybe('title') ?? ''),
      text: changed ? await words(desk, asked, 'text') : (asked.maybe('text') ?? ''),
      attachments: asked.list('attachment').map((digest) => ({ digest, name: '', size: 0 })),
      documentNumber: asked.maybe('document-number') ?? '',
      signatory: asked.maybe('signatory') ?? '',
      ...{ rulingId: '', draftDigest: '', ruledAt: undefined, signedAct: Buffer.alloc(0) },
    }
    const draftDigest =
      asked.maybe('draft-digest') ??
      (await calls.getDispute({ disputeId, view: DisputeView.BASIC })).dispute?.draftDigest ??
      ''
    const request = { ...about, ruling, draftDigest, signed: await signedOf(desk, asked) }
    const { dispute } = await desk.change(() => calls.issueRuling(request))
    await tellDispute(desk, dispute)
  },
}

/** The words of an option, or of the file that its neighbour names. */
async function words(desk: Desk, asked: Asked, name: string): Promise<string> {
  const file = asked.maybe(`${name}-file`)
  return file === undefined ? asked.text(name) : textOf(desk, file)
}

export const RULING_COMMANDS: readonly Command[] = [review, giveView, rule]
