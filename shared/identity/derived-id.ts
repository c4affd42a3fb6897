// An id that follows from what it is about, so that the thing is made once however often it is asked for. Pure.
import { createHash } from 'node:crypto'
import type { Id, IdKind } from './identity.js'

/** A UUID (version 8) over what it is about. */
export function derivedId<Kind extends IdKind>(...about: readonly (string | number)[]): Id<Kind> {
  const bytes = createHash('sha256').update(JSON.stringify(about)).digest().subarray(0, 16)
  bytes[6] = ((bytes[6] ?? 0) & 0x0f) | 0x80
  bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80
  const hex = bytes.toString('hex')
  return [8, 12, 16, 20, 32]
    .map((end, index, ends) => hex.slice(ends[index - 1] ?? 0, end))
    .join('-')
}
