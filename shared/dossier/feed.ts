// The feed: what the record tells others, in one gapless sequence, each entry chained to the one before.
import type { Database } from '../database/database.js'
import type { FeedRow } from './committing.js'
import type { Dossier, FeedEntry } from './dossier.js'
import type { Statements } from './statements.js'
import type { DossierTables } from './tables.js'

type Feed = Pick<Dossier, 'tail' | 'head' | 'onCommit'> & { committed(head: number): void }

export function feedOf(database: Database<DossierTables>, statements: Statements): Feed {
  const listeners = new Set<(head: number) => void>()
  return {
    async tail(after, limit) {
      const [rows, feeds] = await database.queryEach([
        statements.announcements({ after, limit }),
        statements.readFeed({}), // asked last: the head is never behind the entries
      ])
      const { incarnation, last_sequence: head } = feeds![0] as FeedRow
      return { incarnation, entries: rows as unknown as FeedEntry[], head }
    },
    async head() {
      const [row] = (await database.query(statements.readFeed({}))) as FeedRow[]
      return { incarnation: row!.incarnation, sequence: row!.last_sequence }
    },
    onCommit(listener) {
      listeners.add(listener)
      return () => void listeners.delete(listener)
    },
    committed(head) {
      for (const listener of listeners) listener(head)
    },
  }
}
