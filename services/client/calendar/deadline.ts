// huiqian calendar deadline: one deadline, day by day, with the notice behind each day.
import { parseArgs } from 'node:util'
import { Refusal } from '../../../shared/refusal/refusal.js'
import {
  deadlineOf,
  explain,
  formatInstant,
  parseInstant,
} from '../../../shared/working-days/working-days.js'
import type { Io } from '../io.js'
import { deadlineText, type Language } from './deadline-text.js'
import { officialCalendars } from './official-calendars.js'

const USAGE = `huiqian calendar deadline --received <instant> --working-days <n>
  [--as-of <date>] [--region <code>] [--json] [--lang zh|en]

  --received       2026-09-28T10:00+08:00
  --working-days   1 … 1000
  --as-of          2020-01-26: as published by that date
  --region         CN, CN-GX, 441826
`

const OPTIONS = {
  received: { type: 'string' },
  'working-days': { type: 'string' },
  'as-of': { type: 'string' },
  region: { type: 'string' },
  json: { type: 'boolean' },
  lang: { type: 'string' },
  help: { type: 'boolean', short: 'h' },
} as const

/** Runs the command; 0 answered, 1 no answer, 2 not understood. */
export async function run(args: string[], io: Io): Promise<number> {
  const options = optionsOf(args)
  if (options === undefined || 'help' in options) {
    const wanted = options !== undefined
    ;(wanted ? io.stdout : io.stderr).write(USAGE)
    return wanted ? 0 : 2
  }
  try {
    io.stdout.write(answer(options))
    return 0
  } catch (error) {
    if (!(error instanceof Refusal)) throw error
    if (options.json) io.stdout.write(`${JSON.stringify(refusalForm(error))}\n`)
    else io.stderr.write(`${error.reason}: ${error.text(options.language)}\n`)
    return 1
  }
}

type Options = {
  received: string
  workingDays: number
  asOf: string | undefined
  region: string | undefined
  json: boolean
  language: Language
}

function optionsOf(args: string[]): Options | { help: true } | undefined {
  let values
  try {
    values = parseArgs({ args, options: OPTIONS, allowPositionals: false }).values
  } catch {
    return undefined // not understood: the usage says what is
  }
  if (values.help) return { help: true }
  const { received, 'working-days': workingDays, lang = 'zh' } = values
  if (received === undefined || workingDays === undefined) return undefined
  if (lang !== 'zh' && lang !== 'en') return undefined
  return {
    received,
    workingDays: /^\d+$/.test(workingDays) ? Number(workingDays) : NaN,
    asOf: values['as-of'],
    region: values.region,
    json: values.json ?? false,
    language: lang,
  }
}

function answer({ received, workingDays, asOf, region, json, language }: Options): string {
  const receivedAt = parseInstant(received, '--received')
  const calendar = officialCalendars()({
    ...(region === undefined ? {} : { region }),
    ...(asOf === undefined ? {} : { publishedBy: asOf }),
  })
  const deadline = deadlineOf(calendar, receivedAt, workingDays)
  const days = explain(calendar, receivedAt, workingDays)
  if (!json) return deadlineText({ receivedAt, asOf, deadline, days }, language)
  const { receivedOn, lastDay, counted, provisional, awaitsNotice, instruments } = deadline
  const facts = { receivedAt: formatInstant(receivedAt), receivedOn, workingDays }
  const view = { region: deadline.region, asOf: asOf ?? null }
  const end = { lastDay, deadline: formatInstant(deadline.deadline), counted, provisional }
  return `${JSON.stringify({ ...facts, ...view, ...end, awaitsNotice, instruments, days }, null, 2)}\n`
}

const refusalForm = (refusal: Refusal) => ({
  error: refusal.reason,
  field: refusal.field ?? null,
  zh: refusal.text('zh'),
  en: refusal.text('en'),
})
