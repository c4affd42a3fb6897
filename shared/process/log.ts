// The log of a process: JSON lines of typed fields. There is no way to log an object, a message of an
// error, or a text that somebody wrote: what is in a draft can then not be in a log. Errors are told
// by name, code and the places of their stack.
import { pino, stdTimeFunctions, type DestinationStream } from 'pino'
import { errorTrail } from './error-trail.js'

/** Every field that may be logged. Ids, enumerations and names of things in the code; numbers; nothing free. */
export type LogFields = Readonly<Partial<Record<WordField, string> & Record<NumberField, number>>>

const WORD_FIELDS = [
  'address',
  'agency',
  'attachment',
  'bus',
  'caller',
  'cause',
  'component',
  'consultation',
  'database',
  'dialect',
  'digest',
  'duty',
  'feed',
  'file',
  'fingerprint',
  'incarnation',
  'kind',
  'letter',
  'method',
  'migration',
  'pack',
  'reason',
  'release',
  'request',
  'revision',
  'service',
  'signal',
  'source',
  'state',
  'status',
  'stream',
  'version_name',
] as const
const NUMBER_FIELDS = [
  'after',
  'at',
  'attempt',
  'bytes',
  'count',
  'deadline',
  'duration_ms',
  'failures',
  'gap_ms',
  'head',
  'lag',
  'limit',
  'pid',
  'port',
  'sequence',
  'version',
  'year',
] as const
type WordField = (typeof WORD_FIELDS)[number]
type NumberField = (typeof NUMBER_FIELDS)[number]

const WORDS: ReadonlySet<string> = new Set(WORD_FIELDS)
const NUMBERS: ReadonlySet<string> = new Set(NUMBER_FIELDS)
// What ids, enumerations, paths and addresses are made of. A sentence has spaces, a name has Han.
const WORD = /^[\x21-\x7e]{1,200}$/

export const LEVELS = ['debug', 'info', 'warn', 'error', 'silent'] as const
export type Level = (typeof LEVELS)[number]

export type Log = {
  /** `event` is a constant of the code: `commit failed`. */
  debug(event: string, fields?: LogFields): void
  info(event: string, fields?: LogFields): void
  warn(event: string, fields?: LogFields, error?: unknown): void
  error(event: string, fields?: LogFields, error?: unknown): void
  /** The same log with fields that stand in every line. */
  with(fields: LogFields): Log
}

/** A log to standard error, or to `destination`. */
export function openLog(level: Level, destination?: DestinationStream): Log {
  const options = { level, base: null, timestamp: stdTimeFunctions.isoTime }
  const root = pino(options, destination ?? pino.destination({ dest: 2, sync: true }))
  const logWith = (standing: LogFields): Log => {
    const line =
      (at: Exclude<Level, 'silent'>) =>
      (event: string, fields: LogFields = {}, error?: unknown): void => {
        if (!root.isLevelEnabled(at)) return
        const told: Record<string, unknown> = allowed({ ...standing, ...fields })
        if (error !== undefined) told['error'] = errorTrail(error)
        root[at](told, WORD.test(event.replaceAll(' ', '-')) ? event : '(withheld)')
      }
    return {
      debug: line('debug'),
      info: line('info'),
      warn: line('warn'),
      error: line('error'),
      with: (fields) => logWith({ ...standing, ...fields }),
    }
  }
  return logWith({})
}

// The types say the same; but a type can be got round, and a log cannot be taken back.
function allowed(fields: Readonly<Record<string, unknown>>): Record<string, string | number> {
  const told: Record<string, string | number> = {}
  for (const [name, value] of Object.entries(fields)) {
    if (value === undefined) continue
    if (WORDS.has(name))
      told[name] = typeof value === 'string' && WORD.test(value) ? value : '(withheld)'
    else if (NUMBERS.has(name)) told[name] = typeof value === 'number' ? value : '(withheld)'
  }
  return told
}
