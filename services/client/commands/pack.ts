// huiqian pack list, pack compare: the policy packs, with the numbers and effects that are theirs.
import { DisclosureAttribute } from '../../../gen/huiqian/coordination/v1/coordination.js'
import {
  AdoptPolicyPackResponse,
  ComparePolicyPacksResponse,
  ListPolicyPacksRequest,
  ListPolicyPacksResponse,
} from '../../../gen/huiqian/coordination/v1/release.js'
import { timestampOf } from '../../../shared/rpc/timestamps.js'
import { parseInstant } from '../../../shared/working-days/working-days.js'
import { REQUEST_ID, type Command } from '../command.js'
import { SECOND } from './clock.js'

const list: Command = {
  words: 'pack list',
  takes: [],
  about: { zh: '列出规则包', en: 'policy packs' },
  options: { articles: { about: { zh: '连同条文', en: 'with their articles' } } },
  async run(desk, asked) {
    const calls = await desk.releases()
    const answer = await calls.listPolicyPacks(ListPolicyPacksRequest.create())
    const articles = asked.flag('articles')
    await desk.tell(ListPolicyPacksResponse.toJSON(answer), () =>
      answer.packs.flatMap((pack) => {
        const name = `${pack.packId}@${pack.version}`
        const unit =
          pack.replyUnit === 'working_day'
            ? desk.say('个工作日', 'working days')
            : desk.say('日', 'days')
        const silence =
          pack.silence === 'deemed_consent'
            ? desk.say('逾期未复视为同意', 'silence is deemed consent')
            : desk.say('逾期未复不产生效果', 'silence has no effect')
        const followed = pack.adopted
          ? ''
          : desk.say('（尚未启用：须两名运行人员）', ' (not followed yet: two operators adopt it)')
        const isDefault = name === answer.defaultPack ? desk.say('（默认）', ' (default)') : ''
        return [
          `${name}${isDefault}${followed}  ${pack.title}`,
          `  ${pack.replyWithin} ${unit}，${silence}，${pack.validFrom} – ${pack.validUntil}`,
          `  ${pack.digest}`,
          ...(articles ? pack.articles.map(({ citation, text }) => `  ${citation}  ${text}`) : []),
        ]
      }),
    )
  },
}

const adopt: Command = {
  words: 'pack adopt',
  takes: ['<pack>'],
  about: {
    zh: '启用配置中的规则包（两名运行人员，对同一文本）',
    en: 'let submissions follow a configured pack: two operators, of the same text',
  },
  options: {
    digest: { takes: '<hex>', about: { zh: '所读文本的摘要', en: 'of the text that was read' } },
    ...REQUEST_ID,
  },
  async run(desk, asked) {
    const calls = await desk.releases()
    const policyPack = asked.argument(0)
    const request = { requestId: desk.requestId, policyPack, digest: asked.text('digest') }
    const answer = await desk.change(() => calls.adoptPolicyPack(request))
    await desk.tell(AdoptPolicyPackResponse.toJSON(answer), () => [
      answer.awaitsSecond
        ? desk.say('已提议，待另一名运行人员以同样的摘要启用', SECOND)
        : desk.say(`已启用：${policyPack}`, `Followed from now on: ${policyPack}`),
    ])
  },
}

const compare: Command = {
  words: 'pack compare',
  takes: ['<pack>', '<pack>'],
  about: {
    zh: '同一事项在两个规则包下的不同',
    en: 'the same case under two packs, point by point',
  },
  options: {
    received: {
      takes: '<instant>',
      about: {
        zh: '收到函件的时刻，如 2026-09-28T10:00+08:00（默认此刻）',
        en: 'when the letter is received (now)',
      },
    },
    region: { takes: '<code>', about: { zh: '被征求意见机关的区划', en: 'region of the agency' } },
    attribute: {
      takes: 'active|on-application',
      about: { zh: '公开方式（默认 active）', en: 'how it is disclosed (active)' },
    },
    joint: { about: { zh: '联合制作', en: 'made jointly' } },
    all: { about: { zh: '相同之处也列出', en: 'what does not differ, too' } },
  },
  async run(desk, asked) {
    const received = asked.maybe('received')
    const receivedAt = received === undefined ? desk.now() : parseInstant(received, '--received')
    const calls = await desk.releases()
    const answer = await calls.comparePolicyPacks({
      one: asked.argument(0),
      other: asked.argument(1),
      receivedAt: timestampOf(receivedAt),
      region: asked.maybe('region') ?? '',
      attribute:
        asked.maybe('attribute') === undefined
          ? DisclosureAttribute.ACTIVE
          : asked.oneOf('attribute', {
              active: DisclosureAttribute.ACTIVE,
              'on-application': DisclosureAttribute.ON_APPLICATION,
            }),
      jointlyMade: asked.flag('joint'),
    })
    const { one, other, points } = answer
    const shown = asked.flag('all') ? points : points.filter(({ differs }) => differs)
    await desk.tell(ComparePolicyPacksResponse.toJSON(answer), () => [
      `${one}  ↔  ${other}`,
      ...shown.flatMap((point) => [
        `${point.differs ? '≠' : '='} ${desk.say(point.nameZh, point.nameEn)}`,
        ...[point.one, point.other].map((of) =>
          of === undefined
            ? ''
            : `    ${desk.say(of.textZh, of.textEn)}  ${of.article?.citation ?? ''}`,
        ),
      ]),
      ...(shown.length === 0 ? [desk.say('没有不同', 'no difference')] : []),
    ])
  },
}

export const PACK_COMMANDS: readonly Command[] = [list, adopt, compare]
