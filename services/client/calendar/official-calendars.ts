// The calendars that the command line counts by: the folder of the house, read as data, so that no
// service need be running.
import { readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import {
  calendarsOf,
  loadInstruments,
  type Calendars,
} from '../../../shared/working-days/working-days.js'

/** The official calendars; the folder's path is the same among the sources and in the built service. */
export function officialCalendars(): Calendars {
  const folder = fileURLToPath(new URL('../../directory/calendar/data/', import.meta.url))
  const paths = readdirSync(folder, { recursive: true })
    .map(String)
    .filter((path) => path.endsWith('.json'))
  const files = paths.map((path) => ({
    path: path.replaceAll('\\', '/'),
    text: readFileSync(folder + path, 'utf8'),
  }))
  return calendarsOf(loadInstruments(files))
}
