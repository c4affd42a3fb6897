// huiqian release review, withdraw, destroy-content, readings, remark, publish: what the releasing agency does beside drafting.
import { type SecrecyReview } from '../../../gen/huiqian/coordination/v1/coordination.js'
import {
  ListReadingsResponse,
  ReadingPlace,
  RemarkDecision,
} from '../../../gen/huiqian/coordination/v1/release.js'
import { timestampOf } from '../../../shared/rpc/timestamps.js'
import { parseInstant } from '../../../shared/working-days/working-days.js'
import { LIMIT, NotUnderstood, REQUEST_ID, type Asked, type Command } from '../command.js'
import type { Desk } from '../desk.js'
import { firstOf } from '../pages.js'
import { timeText } from '../text/times.js'
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

const destroy: Command = {
  words: 'release destroy-content',
  takes: ['<release>'],
  about: {
    zh: '销毁已撤回事项的内容（稿件、附件、理由、函件），不可恢复；办理记录保留',
    en: 'destroy what a withdrawn release said, for good; what was done stays on record',
  },
  options: REQUEST_ID,
  async run(desk, asked) {
    const { requestId } = desk
    const calls = await desk.releases()
    const request = { requestId, releaseId: asked.argument(0) }
    const { release } = await desk.change(() => calls.destroyContent(request))
    await tellRelease(desk, release)
  },
}

const PLACES: Readonly<Record<number, { zh: string; en: string }>> = {
  [ReadingPlace.RELEASE]: { zh: '事项正文', en: 'the release' },
  [ReadingPlace.FILE]: { zh: '附件', en: 'an attachment' },
  [ReadingPlace.COMPARISON]: { zh: '版本比较', en: 'two versions' },
  [ReadingPlace.LETTER]: { zh: '函件', en: 'a letter' },
  [ReadingPlace.DISPUTE]: { zh: '协调卷宗', en: 'the file of a dispute' },
}

const readings: Command = {
  words: 'release readings',
  takes: ['<release>'],
  about: { zh: '谁在何时何处阅读过稿件', en: 'who read the draft, when and where' },
  options: LIMIT,
  async run(desk, asked) {
    const calls = await desk.releases()
    const releaseId = asked.argument(0)
    const { items, nextPageToken } = await firstOf(
      asked.number('limit', 100),
      async ({ pageSize, pageToken }) => {
        const page = await calls.listReadings({ releaseId, pageSize, pageToken })
        return { items: page.readings, nextPageToken: page.nextPageToken }
      },
    )
    const codes = items.map(({ reader }) => reader.split('/')[1])
    const names = await desk.names(codes)
    await desk.tell(ListReadingsResponse.toJSON({ readings: items, nextPageToken }), () => [
      ...(items.length === 0 ? [desk.say('尚无人阅读', 'Nobody has read it')] : []),
      ...items.map(({ reader, readAt, version, place }, index) => {
        const where = PLACES[place]?.[desk.language] ?? ''
        const who = names(codes[index] ?? reader)
        return desk.say(
          `${timeText(readAt)}  ${who}  第${version}稿  ${where}`,
          `${timeText(readAt)}  ${who}  version ${version}  ${where}`,
        )
      }),
      ...desk.more(nextPageToken),
    ])
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

export const RELEASE_ACT_COMMANDS: readonly Command[] = [
  review,
  withdraw,
  destroy,
  readings,
  remark,
  publish,
]
