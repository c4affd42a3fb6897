// From year files to instruments: what each notice and amendment said itself. A file holds the final
// state, so what an amendment removed is put back into the notice that had said it; and folded again,
// the instruments must give exactly the lists of every file, or the files are refused.
import { Refusal } from '../refusal/refusal.js'
import { compile } from './calendar.js'
import { dateOf, yearOf } from './day.js'
import { eachAt, formOf, jsonOf, notAsExpected } from './form.js'
import { citationOf, type Instrument, type Operation } from './instrument.js'
import { checkInstrument, parseInstrument } from './instrument-form.js'
import { COUNTRY } from './region.js'
import { parseYearFile } from './year-file.js'
import type { Amendment, Head, Lists, NamedDate, YearFile } from './year-file.js'

/** A file of the calendar's folder: its path in the folder, and its text. */
export type CalendarFile = { readonly path: string; readonly text: string }

/**
 * The instruments of a calendar folder: `cn/<year>.json`, `regions/<region>/<year>.json`, and
 * `cn/statutes.json` with the statutory days of years whose notice is not out.
 */
export function loadInstruments(files: readonly CalendarFile[]): Instrument[] {
  const statutes: Instrument[] = []
  const years: YearFile[] = []
  for (const { path, text } of files) {
    const place = /^(cn|regions\/([^/]+))\/(\d{4}|statutes)\.json$/.exec(path)
    if (!place) continue
    const value = jsonOf(text, path)
    if (place[3] === 'statutes') {
      statutes.push(...eachAt(formOf(value, path), 'instruments', path, parseInstrument))
      continue
    }
    const file = parseYearFile(value, path)
    if (file.year !== Number(place[3])) throw notAsExpected(`${path}: year`, `${place[3]}`)
    if (file.region !== (place[2] ?? COUNTRY))
      throw notAsExpected(`${path}: region`, place[2] ?? COUNTRY)
    years.push(file)
  }
  const instruments = merged([...statutes, ...years.flatMap(instrumentsOfYear)])
  for (const instrument of instruments) checkInstrument(instrument, citationOf(instrument))
  for (const file of years) checkReplay(file, instruments)
  return instruments
}

function instrumentsOfYear(file: YearFile): Instrument[] {
  const { notice, amendments, region, year } = file
  if (notice === null) return statutesOf(file)
  const own = (head: Head): Operation[] => [
    ...operationsOf('off', file.daysOff, citationOf(head)),
    ...operationsOf('work', file.workdays, citationOf(head)),
  ]
  const original: Instrument = {
    ...{ ...headOf(notice), region, provides: [] },
    notifies: region === COUNTRY ? [year] : [],
    operations: inDateOrder([...own(notice), ...putBack(amendments)]),
  }
  return [original, ...amendments.map((amendment) => amending(amendment, file))]
}

const operationsOf = (
  op: 'off' | 'work',
  list: readonly (NamedDate & { by?: string })[],
  by?: string,
): Operation[] =>
  list
    .filter((entry) => by === undefined || entry.by === by)
    .map(({ date, name }) => ({ date, op, name }))

const both = (lists: Lists<NamedDate>): Operation[] => [
  ...operationsOf('off', lists.daysOff),
  ...operationsOf('work', lists.workdays),
]

/** What amendments removed and no earlier amendment had added: the notice had said it. */
function putBack(amendments: readonly Amendment[]): Operation[] {
  const added = new Set(amendments.flatMap(({ adds }) => both(adds).map(keyOf)))
  return amendments
    .flatMap(({ removes }) => both(removes))
    .filter((operation) => !added.has(keyOf(operation)))
}

const keyOf = ({ date, op }: Operation): string => `${date} ${op}`

function amending(amendment: Amendment, { region }: YearFile): Instrument {
  const added = both(amendment.adds)
  const dates = new Set(added.map(({ date }) => date))
  const withdrawn = both(amendment.removes)
    .filter(({ date }) => !dates.has(date))
    .map(({ date, name }) => ({ date, op: 'unset' as const, name }))
  const operations = inDateOrder([...added, ...withdrawn])
  return { ...headOf(amendment), region, notifies: [], provides: [], operations }
}

/** A year without a notice rests on statutes, named by their titles. */
function statutesOf({ daysOff, workdays, region, year }: YearFile): Instrument[] {
  const unknown = { issuer: null, issuedOn: null, publishedOn: null, url: null }
  const titles = new Set([...daysOff, ...workdays].map(({ by }) => by))
  return [...titles].map((title) => ({
    ...{ number: null, title, ...unknown, region, notifies: [], provides: [year] },
    operations: inDateOrder([
      ...operationsOf('off', daysOff, title),
      ...operationsOf('work', workdays, title),
    ]),
  }))
}

function headOf({ number, title, issuer, issuedOn, publishedOn, url }: Head): Head {
  return { number, title, issuer, issuedOn, publishedOn, url }
}

const inDateOrder = (operations: readonly Operation[]): Operation[] =>
  [...operations].sort((one, other) => (one.date < other.date ? -1 : 1))

/** One instrument often stands in two files: a notice also sets days of the December before. */
function merged(instruments: readonly Instrument[]): Instrument[] {
  const byName = new Map<string, Instrument>()
  for (const instrument of instruments) {
    const key = `${instrument.region} ${citationOf(instrument)}`
    const other = byName.get(key)
    byName.set(key, other ? joined(other, instrument) : instrument)
  }
  return [...byName.values()]
}

function joined(one: Instrument, other: Instrument): Instrument {
  const pick = (key: Exclude<keyof Head, 'title'>): string | null => {
    const [mine, theirs] = [one[key], other[key]]
    if (mine !== null && theirs !== null && mine !== theirs) {
      const params = { field: key, value: citationOf(one), one: mine, other: theirs }
      throw new Refusal('malformed', 'CALENDAR_INSTRUMENT_CONFLICT', 'house/calendar', params)
    }
    return mine ?? theirs
  }
  return {
    number: pick('number'),
    title: one.title,
    issuer: pick('issuer'),
    issuedOn: pick('issuedOn'),
    publishedOn: pick('publishedOn'),
    url: pick('url'),
    region: one.region,
    notifies: [...new Set([...one.notifies, ...other.notifies])].sort((a, b) => a - b),
    provides: [...new Set([...one.provides, ...other.provides])].sort((a, b) => a - b),
    operations: inDateOrder([...one.operations, ...other.operations]),
  }
}

function checkReplay(file: YearFile, instruments: readonly Instrument[]): void {
  const { region, year, path } = file
  const layer = instruments.filter((one) => one.region === region)
  const told = new Map<string, string>()
  for (const [day, { op, name, by }] of compile(layer, { region }).entries)
    if (yearOf(day) === year) told.set(dateOf(day), `${op} ${name} ${citationOf(by)}`)
  for (const [op, list] of [
    ['off', file.daysOff],
    ['work', file.workdays],
  ] as const)
    for (const { date, name, by } of list) {
      if (told.get(date) !== `${op} ${name} ${by}`) throw mismatch(path, date)
      told.delete(date)
    }
  for (const date of told.keys()) throw mismatch(path, date)
}

const mismatch = (field: string, date: string): Refusal =>
  new Refusal('malformed', 'CALENDAR_REPLAY', 'house/calendar', { field, date })
