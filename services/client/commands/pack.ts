// huiqian pack list: the policy packs, with the numbers and effects that are theirs.
import {
  ListPolicyPacksRequest,
  ListPolicyPacksResponse,
} from '../../../gen/huiqian/coordination/v1/release.js'
import type { Command } from '../command.js'

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
        const isDefault = name === answer.defaultPack ? desk.say('（默认）', ' (default)') : ''
        return [
          `${name}${isDefault}  ${pack.title}`,
          `  ${pack.replyWithin} ${unit}，${silence}，${pack.validFrom} – ${pack.validUntil}`,
          `  ${pack.digest}`,
          ...(articles ? pack.articles.map(({ citation, text }) => `  ${citation}  ${text}`) : []),
        ]
      }),
    )
  },
}

export const PACK_COMMANDS: readonly Command[] = [list]
