// Coordination's own copy of the calendar's revisions, and the deadlines computed with it.
import { openRevisions as open, type Revisions as Copy } from '../../../shared/copies/revisions.js'
import type { Database } from '../../../shared/database/database.js'
import { deadlinesBy, type Deadlines } from '../calendar/deadlines.js'
import type { Schema } from './schema.js'

export type Revisions = Copy<Deadlines>

export const openRevisions = (database: Database<Schema>): Promise<Revisions> =>
  open(database, deadlinesBy)
