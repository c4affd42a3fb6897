// A row of the event table as an event.
import type { Row } from '../database/database.js'
import type { EventLike, Recorded } from './dossier.js'
import { parsed } from './states.js'
import type { DossierTables } from './tables.js'

export function recorded<Event extends EventLike>(row: Row): Recorded<Event> {
  const { sequence, stream, version, body, digest, recorded_at } =
    row as unknown as DossierTables['event']
  return {
    sequence,
    stream,
    version,
    event: parsed(body) as Event,
    recordedAt: recorded_at,
    commitment: digest,
  }
}
