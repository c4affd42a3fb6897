// The official calendar that comes with the house: the first revision of a new directory.
import { readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { loadInstruments, type Instrument } from '../../../shared/working-days/working-days.js'

/** The instruments of the folder `calendar/data/`, checked to the last date. */
export function officialInstruments(): Instrument[] {
  const folder = fileURLToPath(new URL('../calendar/data/', import.meta.url))
  const paths = readdirSync(folder, { recursive: true })
    .map(String)
    .filter((path) => path.endsWith('.json'))
  return loadInstruments(
    paths.map((path) => ({
      path: path.replaceAll('\\', '/'),
      text: readFileSync(folder + path, 'utf8'),
    })),
  )
}
