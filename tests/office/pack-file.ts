// Policy packs for tests: Qingyuan's with other numbers, effects and articles, as another place has them.
import { readFileSync } from 'node:fs'

export type OtherPack = {
  readonly within: number
  readonly silence: 'deemed_consent' | 'none'
  /** An article that Qingyuan's regulation does not have. */
  readonly article: string
  /** Acts that need the agency's signature, under that article. */
  readonly signed?: readonly ('opinion' | 'confirmation')[]
}

const QINGYUAN = new URL(
  '../../services/coordination/pack/packs/qingyuan-2011.json',
  import.meta.url,
)
const NUMERALS: Readonly<Record<string, string>> = { '12': '十二', '15': '十五' }

/** The text of a pack file. Its name is `elsewhere@1`. */
export function packFile({ within, silence, article, signed }: OtherPack): string {
  const pack = JSON.parse(readFileSync(QINGYUAN, 'utf8')) as Record<string, object>
  const numeral = NUMERALS[article] ?? article
  const words =
    silence === 'none' ? '逾期不答复的,不视为同意。' : `${within}日内不答复的,视作无异议。`
  return JSON.stringify({
    ...pack,
    ...{ id: 'elsewhere', version: 1, cite: '试点', title: '某市政府信息发布协调办法' },
    articles: {
      ...pack['articles'],
      [article]: {
        citation: `《某市政府信息发布协调办法》第${numeral}条`,
        text: `被征求意见的机关应当在${within}个工作日内书面答复。${words}`,
      },
    },
    reply: { ...pack['reply'], article, within },
    silence: {
      article,
      effect: silence,
      quotation: words,
      liability: '',
    },
    objection: { article },
    ...(signed && { signatures: { article, of: signed } }),
  })
}
