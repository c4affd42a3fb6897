// Words in their canonical form: the exact bytes that a digest covers (proto/DIGESTS.md), and back. Pure.
import { createHash } from 'node:crypto'
import { canonical } from './canonical.js'

/** A form in its canonical bytes, with their SHA-256 in hex. */
export type Sealed = { readonly bytes: Uint8Array; readonly digest: string }

/** Canonical bytes and digest of a form. */
export function sealForm(form: { readonly form: string }): Sealed {
  const bytes = Buffer.from(canonical(form), 'utf8')
  return { bytes, digest: createHash('sha256').update(bytes).digest('hex') }
}

/** A form back from its bytes, as `sealForm` made them. */
export function unsealForm<Form extends { readonly form: string }>(bytes: Uint8Array): Form {
  return JSON.parse(Buffer.from(bytes).toString('utf8')) as Form
}
