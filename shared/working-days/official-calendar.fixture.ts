// For tests: the official calendar as it lies in the directory service's data folder, its public test
// vectors, and its lists of days as plain sets, read without any code of this room.
import { readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { calendarsOf, loadInstruments, type CalendarFile } from './working-days.js'

const folder = fileURLToPath(new URL('../../services/directory/calendar/data/', import.meta.url))

export const files: readonly CalendarFile[] = readdirSync(folder, { recursive: true })
  .map(String)
  .filter((path) => path.endsWith('.json'))
  .map((path) => ({ path: path.replaceAll('\\', '/'), text: readFileSync(folder + path, 'utf8') }))

export const instruments = loadInstruments(files)
export const calendars = calendarsOf(instruments)

/** The instrument with this number or title. */
export function instrument(name: string) {
  const found = instruments.find(({ number, title }) => (number ?? title) === name)
  if (!found) throw new Error(`no instrument ${name}`)
  return found
}

type Case = {
  readonly id: string
  readonly receivedAt: string
  readonly receivedOn: string
  readonly workingDays: number
  readonly asOf?: string
  readonly region?: string
  readonly lastDay: string
  readonly deadline: string
  readonly counted: readonly string[]
  readonly provisional?: boolean
}
type DayCheck = {
  readonly id: string
  readonly date: string
  readonly working: boolean
  readonly kind: string
  readonly holiday?: string
}
export const vectors = JSON.parse(readFileSync(`${folder}vectors.json`, 'utf8')) as {
  readonly cases: readonly Case[]
  readonly provisionalCases: readonly Case[]
  readonly dayChecks: readonly DayCheck[]
}

type Listed = { readonly date: string; readonly name: string; readonly by: string }
/** The final lists of the national year files, by date. */
export const off = new Map<string, Listed>()
export const work = new Map<string, Listed>()
for (const { path, text } of files) {
  if (!/^cn\/\d{4}\.json$/.test(path)) continue
  const year = JSON.parse(text) as { daysOff: Listed[]; workdays: Listed[] }
  for (const listed of year.daysOff) off.set(listed.date, listed)
  for (const listed of year.workdays) work.set(listed.date, listed)
}
