// huiqian release show, explain, list, watch: how a release stands, and what keeps it from publication.
import { Release, ReleaseState } from '../../../gen/huiqian/coordination/v1/coordination.js'
import {
  ExplainClearanceResponse,
  ListReleasesResponse,
  ReleaseView,
} from '../../../gen/huiqian/coordination/v1/release.js'
import { LIMIT, type Command } from '../command.js'
import { firstOf } from '../pages.js'
import { agenciesOf, gateText, releaseLine, releaseText } from '../text/release-text.js'
import { watching } from '../watching.js'
import { tellRelease } from './draft.js'

const STATES = {
  submitted: ReleaseState.SUBMITTED,
  consulting: ReleaseState.CONSULTING,
  negotiation: ReleaseState.NEGOTIATION,
  cleared: ReleaseState.CLEARED,
  held: ReleaseState.HELD,
  published: ReleaseState.PUBLISHED,
  withdrawn: ReleaseState.WITHDRAWN,
  'in-dispute': ReleaseState.IN_DISPUTE,
  ruled: ReleaseState.RULED,
}

const show: Command = {
  words: 'release show',
  takes: ['<release>'],
  about: { zh: '查看事项', en: 'one release' },
  options: {
    full: {
      about: {
        zh: '连同稿件全文（阅读会记录在案）',
        en: 'with the draft; the reading is recorded',
      },
    },
  },
  async run(desk, asked) {
    const releases = await desk.releases()
    const view = asked.flag('full') ? ReleaseView.FULL : ReleaseView.BASIC
    const { release } = await releases.getRelease({ releaseId: asked.argument(0), view })
    await tellRelease(desk, release)
  },
}

const explain: Command = {
  words: 'release explain',
  takes: ['<release>'],
  about: { zh: '能否发布，各关口为何开闭', en: 'whether it may be published, gate by gate' },
  options: {},
  async run(desk, asked) {
    const releases = await desk.releases()
    const answer = await releases.explainClearance({ releaseId: asked.argument(0) })
    const { cleared, gates, clearedDigest } = answer
    const codes = gates.flatMap(({ obstacles }) => obstacles.map(({ agency }) => agency))
    const names = await desk.names(codes)
    await desk.tell(ExplainClearanceResponse.toJSON(answer), () => [
      cleared
        ? desk.say(`可以发布，稿件摘要 ${clearedDigest}`, `Cleared: the draft ${clearedDigest}`)
        : desk.say('尚不可以发布', 'Not cleared'),
      ...gates.flatMap((gate) => gateText(gate, names, desk.language)),
    ])
  },
}

const list: Command = {
  words: 'release list',
  takes: [],
  about: { zh: '列出本机关的事项', en: 'one’s own releases, newest first' },
  options: {
    state: { takes: Object.keys(STATES).join('|'), about: { zh: '状态', en: 'state' } },
    ...LIMIT,
  },
  async run(desk, asked) {
    const calls = await desk.releases()
    const state = asked.oneOf('state', STATES, ReleaseState.UNSPECIFIED)
    const { items, nextPageToken } = await firstOf(asked.number('limit', 100), async (page) => {
      const answer = await calls.listReleases({ state, ...page })
      return { items: answer.releases, nextPageToken: answer.nextPageToken }
    })
    await desk.tell(ListReleasesResponse.toJSON({ releases: items, nextPageToken }), () => [
      ...items.map((release) => releaseLine(release, desk.language)),
      ...desk.more(nextPageToken),
    ])
  },
}

const watch: Command = {
  words: 'release watch',
  takes: ['<release>'],
  about: { zh: '持续查看事项的变化', en: 'a release each time it changes' },
  options: {
    after: { takes: '<version>', about: { zh: '从哪一版之后', en: 'after this dossier version' } },
    count: { takes: '<n>', about: { zh: '看几次后结束', en: 'end after so many' } },
  },
  async run(desk, asked) {
    const calls = await desk.releases()
    const releaseId = asked.argument(0)
    let afterVersion = asked.number('after', 0, 0)
    const stream = watching(() => calls.watchRelease({ releaseId, afterVersion }))
    let left = asked.number('count', Infinity)
    for await (const { release } of stream) {
      if (release === undefined) continue
      afterVersion = release.dossierVersion
      const names = await desk.names(agenciesOf(release))
      await desk.tellLine(Release.toJSON(release), () =>
        [...releaseText(release, names, desk.language), ''].join('\n'),
      )
      if (--left === 0) return
    }
  },
}

export const RELEASE_COMMANDS: readonly Command[] = [show, explain, list, watch]
