// What a command of the client is: its words, what it takes, what it says of itself, what it does.
import { parseArgs } from 'node:util'
import type { Desk } from './desk.js'

/** The same in both languages. */
export type Text = { readonly zh: string; readonly en: string }
export type Language = keyof Text

export type Option = {
  /** What stands behind it in the help: `<file>`; a flag has nothing. */
  readonly takes?: string
  readonly several?: true
  readonly about: Text
}
export type Options = Readonly<Record<string, Option>>

export type Command = {
  /** `release submit` */
  readonly words: string
  /** What follows the words, by name. */
  readonly takes: readonly string[]
  readonly about: Text
  readonly options: Options
  run(desk: Desk, asked: Asked): Promise<void>
}

/** The command line is not understood; says why. */
export class NotUnderstood extends Error {
  constructor(readonly text: Text) {
    super(text.en)
    this.name = 'NotUnderstood'
  }
}

/** Understood by every command that asks a service. */
export const COMMON: Options = {
  address: {
    takes: '<host:port>',
    about: {
      zh: '服务地址（默认 HUIQIAN_ADDRESS 或 127.0.0.1:7443）',
      en: 'the service (HUIQIAN_ADDRESS or 127.0.0.1:7443)',
    },
  },
  as: {
    takes: '<name>',
    about: {
      zh: '以谁的证书：信用代码、机关名称或 admin 等运行人员；取自证书文件夹',
      en: 'whose certificate: a credit code, a name, or an operator as admin; from the folder of certificates',
    },
  },
  certificates: {
    takes: '<folder>',
    about: { zh: '证书文件夹（默认 <data>/certificates）', en: 'folder of certificates' },
  },
  data: {
    takes: '<folder>',
    about: { zh: '服务的数据文件夹（默认 ./data）', en: 'data folder of the house (./data)' },
  },
  ca: { takes: '<file>', about: { zh: '信任的根证书', en: 'the authority that is trusted' } },
  cert: { takes: '<file>', about: { zh: '自己的证书', en: 'one’s own certificate' } },
  key: { takes: '<file>', about: { zh: '自己的私钥', en: 'its key' } },
  'server-name': {
    takes: '<name>',
    about: { zh: '服务证书上的名称', en: 'the name in the certificate of the server' },
  },
  officer: {
    takes: '<file>',
    about: {
      zh: '经办人令牌的文件（proto/ACTS.md），由本机关登记的密钥签发，15 分钟内有效；- 为标准输入',
      en: 'file of an officer token (proto/ACTS.md), signed with a registered key of the agency, good for 15 minutes',
    },
  },
  lang: { takes: 'zh|en', about: { zh: '语言', en: 'language' } },
  json: { about: { zh: '以 JSON 输出', en: 'print JSON' } },
  help: { about: { zh: '用法', en: 'how it is used' } },
}

/** For every command that changes something. */
export const REQUEST_ID: Options = {
  'request-id': {
    takes: '<id>',
    about: {
      zh: '请求号；结果不明时用同一个再问，不会重复办理',
      en: 'to ask again after an unknown outcome: the same id is never carried out twice',
    },
  },
}

/** Why: where the rule asks for a reason. */
export const REASON: Options = {
  reason: { takes: '<text>', about: { zh: '理由', en: 'why' } },
}

/** For every command that lists. */
export const LIMIT: Options = {
  limit: { takes: '<n>', about: { zh: '至多几项（默认 100）', en: 'at most so many (100)' } },
}

/** What was asked for, word by word. */
export type Asked = {
  readonly language: Language
  /** What follows the words of the command, by its place. */
  argument(index: number): string
  /** The value of an option that may be left out. */
  maybe(name: string): string | undefined
  /** The value of an option that must be given. */
  text(name: string): string
  list(name: string): readonly string[]
  flag(name: string): boolean
  /** One of the words of a table, or its value where the option is left out. */
  oneOf<T>(name: string, table: Readonly<Record<string, T>>, otherwise?: T): T
  /** A whole number from `least` on. */
  number(name: string, otherwise: number, least?: number): number
}

/** Reads the words that follow a command's own. */
export function asked(command: Command, args: readonly string[], language: Language): Asked {
  const options: Options = { ...command.options, ...COMMON }
  const { values, positionals } = parsed(args, options)
  const names = command.takes
  if (positionals.length !== names.length) {
    const list = names.join(' ')
    throw new NotUnderstood(
      names.length === 0
        ? { zh: `多余的词：${positionals.join(' ')}`, en: `not expected: ${positionals.join(' ')}` }
        : { zh: `应给出 ${list}`, en: `give ${list}` },
    )
  }
  const first = (name: string): string | undefined => {
    const value = values[name]
    return typeof value === 'string' ? value : undefined
  }
  return {
    language,
    argument: (index) => positionals[index] ?? '',
    maybe: first,
    text(name) {
      const value = first(name)
      if (value !== undefined) return value
      throw new NotUnderstood({ zh: `缺少 --${name}`, en: `--${name} is missing` })
    },
    list(name) {
      const value = values[name]
      return Array.isArray(value) ? value.map(String) : []
    },
    flag: (name) => values[name] === true,
    oneOf: (name, table, otherwise) => choice(name, first(name), table, otherwise),
    number: (name, otherwise, least = 1) => wholeNumber(name, first(name), otherwise, least),
  }
}

type Values = Readonly<Record<string, string | boolean | (string | boolean)[] | undefined>>

function parsed(
  args: readonly string[],
  options: Options,
): { values: Values; positionals: string[] } {
  const config = Object.fromEntries(
    Object.entries(options).map(([name, { takes, several }]) => [
      name,
      {
        type: takes === undefined ? ('boolean' as const) : ('string' as const),
        ...(several ? { multiple: true } : {}),
        ...(name === 'help' ? { short: 'h' } : {}),
      },
    ]),
  )
  try {
    return parseArgs({ args: [...args], options: config, allowPositionals: true })
  } catch (error) {
    const said = error instanceof Error ? (error.message.split('\n')[0] ?? '') : String(error)
    throw new NotUnderstood({ zh: `不能理解：${said}`, en: said })
  }
}

function choice<T>(
  name: string,
  given: string | undefined,
  table: Readonly<Record<string, T>>,
  otherwise: T | undefined,
): T {
  if (given === undefined && otherwise !== undefined) return otherwise
  if (given !== undefined && Object.hasOwn(table, given)) return table[given] as T
  const words = Object.keys(table).join('|')
  throw new NotUnderstood({ zh: `--${name} 应为 ${words}`, en: `--${name} is one of ${words}` })
}

function wholeNumber(
  name: string,
  given: string | undefined,
  otherwise: number,
  least: number,
): number {
  if (given === undefined) return otherwise
  const value = /^\d{1,15}$/.test(given) ? Number(given) : -1
  if (value >= least) return value
  throw new NotUnderstood({
    zh: `--${name} 应为不小于 ${least} 的整数`,
    en: `--${name} is a whole number from ${least}`,
  })
}
