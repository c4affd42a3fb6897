// The edition of the whole directory: a change that rests on other agencies' records moves it on from
// the one it was decided upon, so that of two such changes at once one is decided again.
import type { Prepared } from '../../../shared/database/database.js'
import type { DirectoryDatabase } from './schema.js'

export type MoveEdition = Prepared<{ readonly from: number }>

export function moveEdition(database: DirectoryDatabase): MoveEdition {
  const move = database.compileOnce<{ from: number; to: number }>((db, $) =>
    db
      .updateTable('agency_edition')
      .set({ edition: $('to') })
      .where('id', '=', 1)
      .where('edition', '=', $('from')),
  )
  return ({ from }) => ({ ...move({ from, to: from + 1 }), mustChange: true })
}
