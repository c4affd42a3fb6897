// What is already known of posted letters, by id: looked up for hundreds at once.
import type { DeliveryDatabase, LetterRow } from './schema.js'

const SIZES = [1, 8, 64, 500] as const // a query is compiled for each, and padded

export type KnownLetters = (ids: readonly string[]) => Promise<ReadonlyMap<string, LetterRow>>

export function knownLetters(database: DeliveryDatabase): KnownLetters {
  const bySize = SIZES.map((size) => {
    const names = Array.from({ length: size }, (_, index) => `id${index}`)
    const find = database.compileOnce<Record<string, string>>((db, $) =>
      db
        .selectFrom('letter')
        .selectAll()
        .where(
          'letter_id',
          'in',
          names.map((name) => $(name)),
        ),
    )
    return { size, names, find }
  })
  return async (ids) => {
    const known = new Map<string, LetterRow>()
    const last = ids.at(-1)
    if (last === undefined) return known
    const fitting = bySize.find(({ size }) => size >= ids.length)
    if (fitting === undefined) throw new RangeError(`${ids.length} letters are too many at once`)
    const { names, find } = fitting
    const values = Object.fromEntries(names.map((name, index) => [name, ids[index] ?? last]))
    for (const row of (await database.query(find(values))) as LetterRow[])
      known.set(row.letter_id, row)
    return known
  }
}
