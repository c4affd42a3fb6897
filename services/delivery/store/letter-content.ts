// What letters say, and who signed for them, apart from the facts: by release, so that it can be
// encrypted and destroyed with its release.
import type { Statement } from '../../../shared/database/database.js'
import { contentStore } from '../../../shared/dossier/content.js'
import type { DeliveryDatabase } from './schema.js'

export type LetterContent = ReturnType<typeof letterContent>

export function letterContent(database: DeliveryDatabase) {
  const content = contentStore(database)
  const sign = database.compileOnce<{ letter_id: string; salt: Uint8Array; signed_by: string }>(
    (db, $) =>
      db
        .insertInto('signature')
        .values({ letter_id: $('letter_id'), salt: $('salt'), signed_by: $('signed_by') }),
  )
  return {
    put: (row: { release: string; digest: string; bytes: Uint8Array }): Statement =>
      content.put({ ...row, part: 'letter' }),
    /** The bytes; undefined: destroyed. */
    bytes: async (release: string, digest: string): Promise<Uint8Array | undefined> =>
      (await content.get(release, digest))?.bytes,
    signature: (letter_id: string, salt: Uint8Array, signed_by: string): Statement =>
      sign({ letter_id, salt, signed_by }),
  }
}
