// An error as it may be logged: what kind, which code, and where, cause by cause. Never its message,
// for messages quote: a JSON parser its input, a database its row.

export type ErrorTrail = readonly {
  readonly name: string
  readonly code?: string
  readonly stack: readonly string[]
}[]

const CAUSES_MAX = 6
const FRAMES_MAX = 12
const NAME = /^[A-Za-z0-9_$.]{1,80}$/
const FRAME = /^ {4}at [^\p{Cc}]{1,300}:\d+:\d+\)?$/u

/** The chain of causes; of an AggregateError, its errors in turn. */
export function errorTrail(error: unknown): ErrorTrail {
  const trail: ErrorTrail[number][] = []
  const waiting = [error]
  while (waiting.length > 0 && trail.length < CAUSES_MAX) {
    const next = waiting.shift()
    if (!(next instanceof Error)) {
      trail.push({ name: `(${next === null ? 'null' : typeof next})`, stack: [] })
      continue
    }
    trail.push({ name: nameOf(next), ...codeOf(next), stack: framesOf(next) })
    if (next.cause !== undefined) waiting.push(next.cause)
    if (next instanceof AggregateError) waiting.push(...(next.errors as unknown[]))
  }
  return trail
}

const nameOf = (error: Error): string => (NAME.test(error.name) ? error.name : 'Error')

function codeOf(error: Error): { code?: string } {
  const code: unknown = Reflect.get(error, 'code') ?? Reflect.get(error, 'reason')
  const written = typeof code === 'number' ? String(code) : code
  return typeof written === 'string' && NAME.test(written) ? { code: written } : {}
}

// The head of a stack repeats the message, which may itself hold lines that look like places.
function framesOf(error: Error): string[] {
  const stack = typeof error.stack === 'string' ? error.stack : ''
  const found = error.message === '' ? 0 : stack.indexOf(error.message)
  const places = found < 0 ? stack : stack.slice(found + error.message.length)
  return places
    .split('\n')
    .filter((line) => FRAME.test(line))
    .slice(0, FRAMES_MAX)
    .map((line) =>
      line
        .trim()
        .replace(
          /\(?(?:file:\/\/)?\/\S*?\/((?:shared|services|tests|deploy|gen|node_modules|dist)\/)/,
          '($1',
        )
        .trim(),
    )
}
