// The digest of a draft, computed by whoever submits it: what the agencies will consent to is the text
// that left this machine (proto/DIGESTS.md).
import { createHash } from 'node:crypto'
import { canonical } from '../../shared/dossier/canonical.js'

export type DraftParts = {
  readonly title: string
  readonly text: string
  readonly attachments: readonly { digest: string; name: string; size: number }[]
}

/** SHA-256 of the draft's canonical form, hex. */
export function draftDigest({ title, text, attachments }: DraftParts): string {
  const files = attachments.map(({ digest, name, size }) => ({ digest, name, size }))
  const form = { form: 'huiqian-draft-1', title, text, attachments: files }
  return createHash('sha256').update(canonical(form)).digest('hex')
}
