// What is kept of a signed act, beside what it says: sealed with its release, whole for whoever may read the act.
import type { Held } from '../../../shared/acts/acts.js'
import type { Statement } from '../../../shared/database/database.js'
import type { Coordination } from '../coordination.js'

export const putSignedAct = (
  { content }: Pick<Coordination, 'content'>,
  release: string,
  held: Held | undefined,
): readonly Statement[] =>
  held === undefined
    ? []
    : content.put({ release, digest: held.by.digest, part: 'signed-act', bytes: held.bytes })

/** `huiqian-signed-act-1`; empty: not signed, or destroyed. */
export async function signedActBytes(
  { content }: Pick<Coordination, 'content'>,
  release: string,
  signed: { readonly digest: string } | undefined,
): Promise<Buffer> {
  const found = signed && (await content.get(release, signed.digest))
  return Buffer.from(found?.bytes ?? [])
}
