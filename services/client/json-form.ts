// What a file in JSON must be before the generated readers take it: they pass over keys that they do
// not know and lose a wrong word of an enumeration, so that a misspelt key would erase what stands on
// record. The keys and their kinds are the contract's, from an empty message.
import { NotUnderstood, type Text } from './command.js'

/** The words of an enumeration, as generated. */
export type Words = {
  readonly from: (value: unknown) => number
  readonly to: (value: number) => string
}

/** What an empty message does not say of a field: the rest is seen from its default. */
export type Field = Words | Form | 'number' | 'instant'
export type Form = {
  readonly empty: object
  readonly fields: Readonly<Record<string, Field>>
}

type Fault = { readonly path: string } & Text

const FAULTS_MAX = 10

/** The value of a text in JSON. */
export function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error)
    throw new NotUnderstood({ zh: `文件不是 JSON：${why}`, en: `the file is no JSON: ${why}` })
  }
}

/** Refuses what has another form, with the path of each fault: `agencies[2].superoir`. */
export function mustHaveForm(
  values: readonly { readonly path: string; readonly value: unknown }[],
  form: Form,
): void {
  const faults = values.flatMap(({ path, value }) => faultsOfMessage(value, path, form))
  if (faults.length === 0) return
  const shown = faults.slice(0, FAULTS_MAX)
  const more = faults.length - shown.length
  throw new NotUnderstood({
    zh: [
      ...shown.map(({ path, zh }) => `${path}：${zh}`),
      ...(more > 0 ? [`…… 另有 ${more} 处`] : []),
    ].join('\n'),
    en: [
      ...shown.map(({ path, en }) => `${path}: ${en}`),
      ...(more > 0 ? [`… and ${more} more`] : []),
    ].join('\n'),
  })
}

function faultsOfMessage(value: unknown, path: string, { empty, fields }: Form): Fault[] {
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    return [fault(path, '应为 JSON 对象', 'it must be an object')]
  const names = new Map(
    Object.keys(empty).flatMap((name) => [
      [name, name],
      [snakeCase(name), name], // the JSON form of a message takes both
    ]),
  )
  return Object.entries(value).flatMap(([key, given]) => {
    const name = names.get(key)
    const at = pathOf(path, key)
    if (name === undefined) {
      const known = Object.keys(empty)
      return [
        fault(
          at,
          `没有这个字段。可用：${known.join('、')}`,
          `there is no such field. Known are ${known.join(', ')}`,
        ),
      ]
    }
    if (given === null) return [] // as if it were not there
    const otherwise: unknown = Reflect.get(empty, name)
    if (!Array.isArray(otherwise)) return faultsOf(given, at, fields[name] ?? otherwise)
    if (!Array.isArray(given)) return [fault(at, '应为列表', 'it must be a list')]
    return given.flatMap((one, index) => faultsOf(one, `${at}[${index}]`, fields[name] ?? ''))
  })
}

const pathOf = (path: string, key: string): string => (path === '' ? key : `${path}.${key}`)
const snakeCase = (name: string): string => name.replace(/[A-Z]/g, (one) => `_${one.toLowerCase()}`)
const fault = (path: string, zh: string, en: string): Fault => ({ path, zh, en })

/** `kind`: what is said of the field, or else its default. */
function faultsOf(value: unknown, path: string, kind: unknown): Fault[] {
  if (typeof kind === 'object' && kind !== null)
    return 'empty' in kind
      ? faultsOfMessage(value, path, kind as Form)
      : faultsOfWord(value, path, kind as Words)
  if (kind === 'instant')
    return typeof value === 'string' &&
      !Number.isNaN(Date.parse(value)) &&
      /T.*(Z|[+-]\d\d:\d\d)$/.test(value)
      ? []
      : [
          fault(
            path,
            '应为带时区的时刻，如 2026-01-01T00:00:00+08:00',
            'it must be an instant with its offset, as 2026-01-01T00:00:00+08:00',
          ),
        ]
  if (kind === 'number' || typeof kind === 'number')
    return Number.isSafeInteger(value) && (value as number) >= 0
      ? []
      : [fault(path, '应为不小于 0 的整数', 'it must be a whole number from 0')]
  if (typeof kind === 'boolean')
    return typeof value === 'boolean'
      ? []
      : [fault(path, '应为 true 或 false', 'it must be true or false')]
  return typeof value === 'string' ? [] : [fault(path, '应为文字', 'it must be text')]
}

function faultsOfWord(value: unknown, path: string, { from, to }: Words): Fault[] {
  if (from(value) >= 0) return []
  const words: string[] = []
  for (let number = 1; to(number) !== to(-1); number++) words.push(to(number))
  const given = JSON.stringify(value).slice(0, 60)
  return [
    fault(
      path,
      `没有 ${given} 这个词。应为 ${words.join('、')}`,
      `there is no word ${given}. It is one of ${words.join(', ')}`,
    ),
  ]
}
