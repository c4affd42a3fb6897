// huiqian release review, withdraw, remark, publish: what the releasing agency does beside drafting.
import { type SecrecyReview } from '../../../gen/huiqian/coordination/v1/coordination.js'
import { RemarkDecision } from '../../../gen/huiqian/coordination/v1/release.js'
import { timestampOf } from '../../../shared/rpc/timestamps.js'
import { parseInstant } from '../../../shared/working-days/working-days.js'
import { NotUnderstood, REQUEST_ID, type Asked, type Command } from '../command.js'
import type { Desk } from '../desk.js'
import { secrecyReviewOf, tellRelease } from './draft.js'

const review: Command = {
  words: 'release review',
  takes: ['<release>', '<reviewer>[:<date>]'],
  about: {
    zh: '记录保密审查，随后发出征求意见函',
    en: 'put the secrecy review on record; the letters follow',
  },
  options: REQUEST_ID,
  async run(desk, asked) {
    const secrecyReview: SecrecyReview = secrecyReviewOf(asked.argument(1), desk.now())
    const { requestId } = desk
    const request = { requestId, releaseId: asked.argument(0), secrecyReview }
    const calls = await desk.releases()
    const { release } = await desk.change(() => calls.recordSecrecyReview(request))
    await tellRelease(desk, release)
  },
}

const withdraw: Command = {
  words: 'release withdraw',
  takes: ['<release>'],
  about: { zh: '撤回事项', en: 'withdraw a release' },
  options: {
    reason: {
      takes: '<text>',
      about: { zh: '理由，告知被征求机关', en: 'why; those asked are told' },
    },
    ...REQUEST_ID,
  },
  async run(desk, asked) {
    const { requestId } = desk
    const request = { requestId, releaseId: asked.argument(0), reason: asked.text('reason') }
    const calls = await desk.releases()
    const { release } = await desk.change(() => calls.withdrawRelease(request))
    await tellRelease(desk, release)
  },
}

const remark: Command = {
  words: 'release remark',
  takes: ['<release>', '<remark>'],
  about: { zh: '处理暂缓发布的逾期意见', en: 'decide on a late remark that holds the release' },
  options: {
    decision: {
      takes: 'release-stands|taken-up',
      about: { zh: '维持发布，或者采纳', en: 'the release stands, or the remark is taken up' },
    },
    reason: { takes: '<text>', about: { zh: '理由', en: 'why' } },
    'secrecy-body-view': {
      takes: '<number|date>',
      about: { zh: '保密部门意见的编号或日期', en: 'the view of the secrecy body' },
    },
    ...REQUEST_ID,
  },
  async run(desk, asked) {
    const request = {
      requestId: desk.requestId,
      releaseId: asked.argument(0),
      remarkId: asked.argument(1),
      decision: asked.oneOf('decision', {
        'release-stands': RemarkDecision.RELEASE_STANDS,
        'taken-up': RemarkDecision.TAKEN_UP,
      }),
      reason: asked.text('reason'),
      secrecyBodyView: asked.maybe('secrecy-body-view') ?? '',
    }
    const calls = await desk.releases()
    const { release } = await desk.change(() => calls.decideLateRemark(request))
    await tellRelease(desk, release)
  },
}

const publish: Command = {
  words: 'release publish',
  takes: ['<release>'],
  about: { zh: '记录发布', en: 'record a publication' },
  options: {
    where: { takes: '<text>', about: { zh: '何处：网站、公报、编号', en: 'where' } },
    at: {
      takes: '<instant>',
      about: { zh: '何时（默认现在），如 2026-10-12T09:00+08:00', en: 'when; now if left out' },
    },
    digest: {
      takes: '<sha256>',
      about: { zh: '所发布稿件的摘要', en: 'digest of what was published' },
    },
    'as-cleared': {
      about: { zh: '声明所发布的即为可以发布的稿件', en: 'declare that it is the cleared draft' },
    },
    ...REQUEST_ID,
  },
  async run(desk, asked) {
    const releaseId = asked.argument(0)
    const at = asked.maybe('at')
    const request = {
      ...{ requestId: desk.requestId, releaseId, where: asked.text('where') },
      publishedAt: timestampOf(at === undefined ? desk.now() : parseInstant(at, '--at')),
      digest: await publishedDigest(desk, asked, releaseId),
    }
    const calls = await desk.releases()
    const { release } = await desk.change(() => calls.recordPublication(request))
    await tellRelease(desk, release)
  },
}

/** What was published is said by its digest, or declared to be what was cleared; never assumed. */
async function publishedDigest(desk: Desk, asked: Asked, releaseId: string): Promise<string> {
  if (!asked.flag('as-cleared')) {
    const digest = asked.maybe('digest')
    if (digest !== undefined) return digest
    throw new NotUnderstood({
      zh: '请给出 --digest，或以 --as-cleared 声明与可以发布的稿件相同',
      en: 'give --digest, or declare with --as-cleared that it is the cleared draft',
    })
  }
  const calls = await desk.releases()
  const { clearedDigest } = await calls.explainClearance({ releaseId })
  if (clearedDigest !== '') return clearedDigest
  throw new NotUnderstood({
    zh: '没有可以发布的稿件；已经发布的，请以 --digest 说明所发布的内容，如实记录',
    en: 'no draft is cleared; what was published all the same is said with --digest, and recorded as it is',
  })
}

export const RELEASE_ACT_COMMANDS: readonly Command[] = [review, withdraw, remark, publish]
