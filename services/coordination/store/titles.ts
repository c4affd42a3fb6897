// Releases by their titles, for agencies that know no more of them. Kept as keyed digests, so that the
// table tells nobody what is being prepared.
import { createHmac } from 'node:crypto'
import type { Database, Statement } from '../../../shared/database/database.js'
import type { Schema } from './schema.js'

const FOUND_MAX = 100

export type Titles = {
  /** Keeps the title that a version of a release has. */
  put(releaseId: string, title: string): Statement
  /** Releases with that title, whatever the spaces, brackets and widths it was typed with. */
  find(title: string): Promise<string[]>
}

export function titlesOf(database: Database<Schema>, secret: Uint8Array): Titles {
  const keyOf = (title: string): string =>
    createHmac('sha256', secret)
      .update(`release-title\n${plain(title)}`)
      .digest('hex')
  const put = database.compileOnce<Schema['release_title']>((db, $) =>
    db
      .insertInto('release_title')
      .values({ release_id: $('release_id'), title_key: $('title_key') })
      .onConflict((conflict) => conflict.doNothing()),
  )
  const find = database.compileOnce<{ title_key: string; limit: number }>((db, $) =>
    db
      .selectFrom('release_title')
      .select('release_id')
      .where('title_key', '=', $('title_key'))
      .orderBy('release_id')
      .limit($('limit')),
  )
  return {
    put: (release_id, title) => put({ release_id, title_key: keyOf(title) }),
    async find(title) {
      const rows = await database.query(find({ title_key: keyOf(title), limit: FOUND_MAX }))
      return rows.map((row) => row['release_id'] as string)
    },
  }
}

/** A title as it is compared: without spaces and quotation marks, full-width forms folded. */
export const plain = (title: string): string =>
  title
    .normalize('NFKC')
    .replace(/[\s《》〈〉「」『』“”"'‘’]/gu, '')
    .toLowerCase()
