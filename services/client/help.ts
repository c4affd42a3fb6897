// How the client is used: all of it on one screen, one command with its options.
import { COMMON, type Command, type Language, type Option } from './command.js'
import { COMMANDS } from './commands.js'

/** The one that answers a stream of lines: it reads its words itself. */
const CALENDAR = [
  {
    line: 'calendar deadlines < lines.jsonl',
    about: { zh: '逐行计算期限（JSON 行）', en: 'deadlines for JSON lines' },
  },
]

/** All commands; those of one group where one is named. */
export function overview(language: Language, group?: string): string {
  const lines = [
    ...CALENDAR,
    ...COMMANDS.map((command) => ({ line: lineOf(command), about: command.about })),
  ]
  const some = lines.filter(({ line }) => line.startsWith(`${group} `))
  const shown = some.length > 0 ? some : lines
  const width = 46
  const head = {
    zh: 'huiqian：会签的命令行客户端\n\n用法：npm run -s huiqian -- <命令> …',
    en: 'huiqian: the command line client\n\nUsage: npm run -s huiqian -- <command> …',
  }
  const foot = {
    zh: [
      '每个命令：--as <谁> --address <host:port> --lang zh|en --json；huiqian help <命令> 看全部选项。',
      '退出码：0 完成，1 未予受理，2 命令有误，3 结果不明或无人应答（用同一 --request-id 再问）。',
    ],
    en: [
      'Every command: --as <who> --address <host:port> --lang zh|en --json; see huiqian help <command>.',
      'Exit codes: 0 done, 1 refused, 2 not understood, 3 outcome unknown or nobody there (ask again with the same --request-id).',
    ],
  }
  return `${[
    head[language],
    '',
    ...shown.map(({ line, about }) => `  ${line.padEnd(width)} ${about[language]}`),
    '',
    ...foot[language],
  ].join('\n')}\n`
}

/** One command with its options. */
export function commandHelp(command: Command, language: Language): string {
  const own = Object.entries(command.options)
  const common = Object.entries(COMMON)
  const title = { zh: '共同选项', en: 'common options' }[language]
  return `${[
    `huiqian ${lineOf(command)}`,
    `  ${command.about[language]}`,
    '',
    ...own.map((entry) => optionLine(entry, language)),
    ...(own.length > 0 ? [''] : []),
    `${title}:`,
    ...common.map((entry) => optionLine(entry, language)),
  ].join('\n')}\n`
}

const lineOf = ({ words, takes }: Command): string => [words, ...takes].join(' ')

function optionLine([name, option]: [string, Option], language: Language): string {
  const { takes, several, about } = option
  const form = `--${name}${takes === undefined ? '' : ` ${takes}`}${several ? ' …' : ''}`
  return `  ${form.padEnd(36)} ${about[language]}`
}
