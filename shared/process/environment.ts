// Configuration from environment variables: read once, complete and frozen, or refused with every
// fault named at once. A setting says what it expects; a table in the README is made from that.
import { OperatorError } from './operator-error.js'

/** A setting: its variable, and how its text becomes a value. */
export type Setting<T> = {
  readonly variable: string
  /** What may stand there, in words. */
  readonly expected: string
  readonly about: string
  /** The text of the default, for the table; undefined: must be set. */
  readonly otherwise: string | undefined
  /** Never shown in a fault. */
  readonly secret: boolean
  /** The value, or undefined where the text is not what is expected. */
  readonly parse: (text: string) => T | undefined
}

type Options<T> = { readonly about: string; readonly otherwise?: T; readonly secret?: boolean }

function setting<T>(
  variable: string,
  expected: string,
  { about, otherwise, secret = false }: Options<T>,
  parse: (text: string) => T | undefined,
): Setting<T> {
  const written = otherwise === undefined ? undefined : String(otherwise)
  return { variable, expected, about, secret, otherwise: written, parse }
}

/** Any text without control characters; at least one character, unless the default is empty. */
export const text = (variable: string, options: Options<string>): Setting<string> =>
  setting(variable, 'text', options, (given) =>
    /\p{Cc}/u.test(given) || (given === '' && options.otherwise !== '') ? undefined : given,
  )

/** A whole number between two bounds. */
export const integer = (
  variable: string,
  { min, max, ...options }: Options<number> & { readonly min: number; readonly max: number },
): Setting<number> =>
  setting(variable, `a whole number from ${min} to ${max}`, options, (given) => {
    const number = /^-?\d{1,15}$/.test(given) ? Number(given) : NaN
    return number >= min && number <= max ? number : undefined
  })

/** `true` or `false`. */
export const flag = (variable: string, options: Options<boolean>): Setting<boolean> =>
  setting(variable, 'true or false', options, (given) =>
    given === 'true' ? true : given === 'false' ? false : undefined,
  )

/** One of some words. */
export const choice = <const W extends string>(
  variable: string,
  words: readonly W[],
  options: Options<NoInfer<W>>,
): Setting<W> =>
  setting<W>(variable, `one of ${words.join(', ')}`, options, (given) =>
    words.find((word) => word === given),
  )

/** `host:port`; port 0 is any free one. */
export const address = (variable: string, options: Options<string>): Setting<string> =>
  setting(variable, 'host:port', options, (given) => {
    const port = /^(?:[A-Za-z0-9.-]+|\[[0-9a-fA-F:]+\]):(\d{1,5})$/.exec(given)?.[1]
    return port !== undefined && Number(port) <= 65_535 ? given : undefined
  })

export type Spec = Readonly<Record<string, Setting<unknown>>>
export type Config<S extends Spec> = {
  readonly [K in keyof S]: S[K] extends Setting<infer T> ? T : never
}

/** All that is wrong with a configuration, in one error. */
export class ConfigurationError extends OperatorError {
  constructor(readonly faults: readonly string[]) {
    super(`the configuration cannot be used:\n${faults.map((fault) => `  ${fault}`).join('\n')}`)
    this.name = 'ConfigurationError'
  }
}

/**
 * Reads a configuration. Variables that begin with `prefix` and are no setting are faults, too: a
 * misspelt one would pass for its default.
 */
export function readEnvironment<const S extends Spec>(
  env: Readonly<Record<string, string | undefined>>,
  spec: S,
  { prefix }: { readonly prefix?: string } = {},
): Config<S> {
  const faults: string[] = []
  const config: Record<string, unknown> = {}
  for (const [name, { variable, expected, otherwise, secret, parse }] of Object.entries(spec)) {
    const given = env[variable] ?? otherwise
    const value = given === undefined ? undefined : parse(given)
    if (given === undefined) faults.push(`${variable}: expected ${expected}; it is not set`)
    else if (value === undefined)
      faults.push(
        `${variable}: expected ${expected}; given ${secret ? '(hidden)' : JSON.stringify(given)}`,
      )
    config[name] = value
  }
  const known = new Set(Object.values(spec).map(({ variable }) => variable))
  for (const name of Object.keys(env))
    if (prefix !== undefined && name.startsWith(prefix) && !known.has(name))
      faults.push(`${name}: there is no such setting`)
  if (faults.length > 0) throw new ConfigurationError(faults)
  return Object.freeze(config) as Config<S>
}

/** The settings as rows of a Markdown table: variable, expected, default, what it is for. */
export function settingsTable(spec: Spec): string {
  const rows = Object.values(spec).map(
    ({ variable, expected, otherwise, about }) =>
      `| \`${variable}\` | ${expected} | ${defaultWord(otherwise)} | ${about} |`,
  )
  return [
    '| variable | expected | default | what for |',
    '| --- | --- | --- | --- |',
    ...rows,
  ].join('\n')
}

function defaultWord(otherwise: string | undefined): string {
  if (otherwise === undefined) return 'must be set'
  return otherwise === '' ? 'empty' : `\`${otherwise}\``
}
