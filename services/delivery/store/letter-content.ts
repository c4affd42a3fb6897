// What letters say, and who signed for them, apart from the facts: by release, so that it can be
// encrypted and destroyed with its release.
import type { Held } from '../../../shared/acts/acts.js'
import { putSignedAct } from '../../../shared/acts/kept-act.js'
import type { Statement } from '../../../shared/database/database.js'
import type { Vault } from '../../../shared/confidentiality/confidentiality.js'
import { contentStore } from '../../../shared/dossier/content.js'
import type { DeliveryDatabase } from './schema.js'

/** Who signed belongs to the mailbox: it outlives what the letter said. */
const signerOf = (recipient: string): string => `mailbox:${recipient}`
const signaturePlace = (letterId: string) => ['signature', letterId]

/** A letter's row with the name of who signed for it, opened. */
export async function withSigner<Row extends SignedRow>(vault: Vault, row: Row): Promise<Row> {
  const { recipient, letter_id, signed_by } = row
  if (signed_by === null) return row
  const name = await vault.openText(signerOf(recipient), signaturePlace(letter_id), signed_by)
  return { ...row, signed_by: name }
}
type SignedRow = {
  readonly recipient: string
  readonly letter_id: string
  readonly signed_by: string | null
}

export type LetterContent = ReturnType<typeof letterContent>

export function letterContent(database: DeliveryDatabase, vault: Vault) {
  const content = contentStore(database, vault)
  const sign = database.compileOnce<{ letter_id: string; salt: Uint8Array; signed_by: string }>(
    (db, $) =>
      db
        .insertInto('signature')
        .values({ letter_id: $('letter_id'), salt: $('salt'), signed_by: $('signed_by') }),
  )
  return {
    put: (row: { release: string; digest: string; bytes: Uint8Array }): readonly Statement[] =>
      content.put({ ...row, part: 'letter' }),
    sealClear: content.sealClear,
    /** What is kept of a receipt that the agency signed itself. */
    signedAct: (release: string, held: Held | undefined): readonly Statement[] =>
      putSignedAct(content, release, held),
    /** Destroys what all letters of a release say. */
    destroy: content.destroy,
    /** The bytes; undefined: destroyed. */
    bytes: async (release: string, digest: string): Promise<Uint8Array | undefined> =>
      (await content.get(release, digest))?.bytes,
    signature(
      { recipient, letter_id }: { recipient: string; letter_id: string },
      salt: Uint8Array,
      signedBy: string,
    ): readonly Statement[] {
      const { text, keep } = vault.sealText(
        signerOf(recipient),
        signaturePlace(letter_id),
        signedBy,
      )
      return [...keep, sign({ letter_id, salt, signed_by: text })]
    },
  }
}
