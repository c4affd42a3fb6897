// What is kept of a signed act, beside what it says: sealed with its release, whole for whoever may read the act.
import type { Statement } from '../database/database.js'
import type { ContentStore } from '../dossier/content.js'
import type { SignedBy } from '../identity/signing-key.js'
import type { Held } from './acts.js'

/** Statements for the decision that the act is; none where it was not signed. */
export const putSignedAct = (
  content: ContentStore,
  release: string,
  held: Held | undefined,
): readonly Statement[] =>
  held === undefined
    ? []
    : content.put({ release, digest: held.by.digest, part: 'signed-act', bytes: held.bytes })

/** `huiqian-signed-act-1`; empty: not signed, or destroyed. */
export async function signedActBytes(
  content: ContentStore,
  release: string,
  signed: SignedBy | undefined,
): Promise<Buffer> {
  const found = signed && (await content.get(release, signed.digest))
  return Buffer.from(found?.bytes ?? [])
}
