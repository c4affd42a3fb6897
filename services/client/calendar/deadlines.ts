// huiqian calendar deadlines: JSON lines in, JSON lines out, one deadline each, in the order they came.
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { Refusal } from '../../../shared/refusal/refusal.js'
import {
  deadlineOf,
  formatInstant,
  parseInstant,
} from '../../../shared/working-days/working-days.js'
import type { Calendars } from '../../../shared/working-days/working-days.js'
import type { Io } from '../io.js'
import { officialCalendars } from './official-calendars.js'

const USAGE = `huiqian calendar deadlines < lines
  in:  {"id","receivedAt","workingDays","asOf"?,"region"?}
  out: {"id","lastDay","deadline","counted","provisional"} or {"id","error"}
`

/** Answers each line of standard input; 0 when every line has its answer, be it an error. */
export async function run(args: string[], io: Io): Promise<number> {
  if (args.length > 0) {
    const help = args.every((word) => word === '--help' || word === '-h')
    ;(help ? io.stdout : io.stderr).write(USAGE)
    return help ? 0 : 2
  }
  const calendars = officialCalendars()
  for await (const line of createInterface({ input: io.stdin, crlfDelay: Infinity })) {
    if (line.trim() === '') continue
    const room = io.stdout.write(`${JSON.stringify(answerLine(line, calendars))}\n`)
    if (!room) await once(io.stdout, 'drain')
  }
  return 0
}

type Id = string | number | null
export type Answer =
  | { id: Id; lastDay: string; deadline: string; counted: readonly string[]; provisional: boolean }
  | { id: Id; error: string }

/** The answer to one line. */
export function answerLine(line: string, calendars: Calendars): Answer {
  const asked = objectOf(line.replace(/^\uFEFF/, ''))
  if (asked === undefined) return { id: null, error: 'MALFORMED_LINE' }
  const id = idOf(asked['id'])
  try {
    if (id === null) throw missing('id')
    return { id, ...endOf(asked, calendars) }
  } catch (error) {
    if (error instanceof Refusal) return { id, error: error.reason }
    throw error
  }
}

function objectOf(line: string): Readonly<Record<string, unknown>> | undefined {
  let value: unknown
  try {
    value = JSON.parse(line)
  } catch {
    return undefined // told as MALFORMED_LINE
  }
  const isObject = typeof value === 'object' && value !== null && !Array.isArray(value)
  return isObject ? (value as Record<string, unknown>) : undefined
}

const idOf = (id: unknown): Id => (typeof id === 'string' || typeof id === 'number' ? id : null)

function endOf(asked: Readonly<Record<string, unknown>>, calendars: Calendars) {
  const { receivedAt, workingDays, asOf, region } = asked
  if (receivedAt === undefined || receivedAt === null) throw missing('receivedAt')
  if (workingDays === undefined || workingDays === null) throw missing('workingDays')
  const calendar = calendars({
    ...(region === undefined || region === null ? {} : { region: textOf(region) }),
    ...(asOf === undefined || asOf === null ? {} : { publishedBy: textOf(asOf) }),
  })
  const n = typeof workingDays === 'number' ? workingDays : NaN
  const found = deadlineOf(calendar, parseInstant(textOf(receivedAt)), n)
  const { lastDay, deadline, counted, provisional } = found
  return { lastDay, deadline: formatInstant(deadline), counted, provisional }
}

/** Anything but text becomes text that no reader takes for a date, an instant or a region. */
const textOf = (value: unknown): string =>
  typeof value === 'string' ? value : `(${JSON.stringify(value)})`

const missing = (field: string): Refusal =>
  new Refusal('malformed', 'FIELD_MISSING', 'house/calendar', {
    ...{ field, why: 'missing', why_zh: '每行都须给出。', why_en: 'Each line must give it.' },
  })
