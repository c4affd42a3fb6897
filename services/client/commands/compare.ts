// huiqian release compare: two versions of a draft, paragraph by paragraph.
import {
  CompareVersionsResponse,
  ParagraphChangeKind,
} from '../../../gen/huiqian/coordination/v1/negotiation_calls.js'
import type { Command } from '../command.js'

const MARKS: Readonly<Record<number, string>> = {
  [ParagraphChangeKind.SAME]: '  ',
  [ParagraphChangeKind.ADDED]: '+ ',
  [ParagraphChangeKind.REMOVED]: '- ',
}

const compare: Command = {
  words: 'release compare',
  takes: ['<release>'],
  about: { zh: '逐段比较两稿', en: 'two versions of the draft, paragraph by paragraph' },
  options: {
    from: {
      takes: '<version>',
      about: { zh: '旧稿（默认前一稿）', en: 'the older (the one before)' },
    },
    to: {
      takes: '<version>',
      about: { zh: '新稿（默认当前稿）', en: 'the newer (the present one)' },
    },
  },
  async run(desk, asked) {
    const calls = await desk.releases()
    const ask = (pageToken: string) =>
      calls.compareVersions({
        releaseId: asked.argument(0),
        fromVersion: asked.number('from', 0),
        toVersion: asked.number('to', 0),
        pageToken,
      })
    const answer = await ask('')
    for (let next = answer.nextPageToken; next !== '';) {
      const page = await ask(next)
      answer.paragraphs.push(...page.paragraphs)
      answer.nextPageToken = next = page.nextPageToken
    }
    const { fromVersion, fromTitle, fromDigest, toVersion, toTitle, toDigest } = answer
    const { paragraphs, attachmentsAdded, attachmentsRemoved } = answer
    const of = (version: number): string => desk.say(`第 ${version} 稿`, `version ${version}`)
    await desk.tell(CompareVersionsResponse.toJSON(answer), () => [
      `--- ${of(fromVersion)}  ${fromTitle}  ${fromDigest}`,
      `+++ ${of(toVersion)}  ${toTitle}  ${toDigest}`,
      ...paragraphs.map(({ kind, text }) => `${MARKS[kind] ?? '? '}${text}`),
      ...attachmentsRemoved.map(
        ({ name, digest }) => `- ${desk.say('附件', 'Attachment')} ${name}  ${digest}`,
      ),
      ...attachmentsAdded.map(
        ({ name, digest }) => `+ ${desk.say('附件', 'Attachment')} ${name}  ${digest}`,
      ),
    ])
  },
}

export const COMPARE_COMMANDS: readonly Command[] = [compare]
