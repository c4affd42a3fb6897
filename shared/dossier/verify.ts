// Reads the whole record and recomputes every digest: what an auditor, a restore and a restart after
// a crash want to know.
import { hash } from 'node:crypto'
import type { Database } from '../database/database.js'
import type { FeedRow } from './committing.js'
import { CHAIN_BEGIN, chained } from './sealing.js'
import { statementsOf } from './statements.js'
import type { DossierTables } from './tables.js'

const PAGE = 1_000

/** Throws on the first event that is missing, out of place or altered; gives how many were found right. */
export async function verifyRecord<Schema>(database: Database<Schema>): Promise<number> {
  const own = database as unknown as Database<DossierTables>
  const statements = statementsOf(own)
  const [feed] = (await own.query(statements.readFeed({}))) as FeedRow[]
  const versions = new Map<string, number>()
  let sequence = 0
  let chain = CHAIN_BEGIN
  while (sequence < feed!.last_sequence) {
    const rows = await own.query(statements.eventsOfAll({ after: sequence, limit: PAGE }))
    if (rows.length === 0) throw new Error(`the record ends at ${sequence}, its feed does not`)
    for (const row of rows as DossierTables['event'][]) {
      const at = `event ${row.sequence} (${row.stream}, version ${row.version})`
      const version = (versions.get(row.stream) ?? 0) + 1
      if (row.sequence !== sequence + 1) throw new Error(`${at} follows ${sequence}`)
      if (row.version !== version) throw new Error(`${at} should be version ${version}`)
      const digest = hash('sha256', Buffer.concat([row.salt, row.body]), 'buffer')
      if (!digest.equals(row.digest)) throw new Error(`${at} does not match its commitment`)
      chain = chained(chain, row.sequence, row.announcement)
      if (Buffer.compare(chain, row.chain) !== 0) throw new Error(`${at} breaks the chain`)
      versions.set(row.stream, version)
      sequence = row.sequence
    }
  }
  if (Buffer.compare(chain, feed!.last_chain) !== 0)
    throw new Error('the feed ends in another chain')
  return sequence
}
