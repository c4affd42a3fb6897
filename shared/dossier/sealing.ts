// The digests of the record: what an event commits to, and how the feed hangs together. Pure.
import { hash } from 'node:crypto'
import { canonical } from './canonical.js'

export const SALT_BYTES = 16
export const ANNOUNCEMENT_BYTES_MAX = 1_024
export const CHAIN_BEGIN: Uint8Array = new Uint8Array(32)

/** The canonical bytes of an event and its commitment: SHA-256(salt ‖ body). */
export function committed(
  event: unknown,
  salt: Uint8Array,
): { readonly body: Uint8Array; readonly commitment: Uint8Array } {
  const text = canonical(event)
  const salted = Buffer.allocUnsafe(SALT_BYTES + Buffer.byteLength(text))
  salted.set(salt, 0)
  salted.write(text, SALT_BYTES)
  return { body: salted.subarray(SALT_BYTES), commitment: hash('sha256', salted, 'buffer') }
}

const link = Buffer.alloc(40 + ANNOUNCEMENT_BYTES_MAX)

/** SHA-256(chain of the entry before ‖ sequence as 8 bytes big endian ‖ announcement). */
export function chained(
  before: Uint8Array,
  sequence: number,
  announcement: Uint8Array,
): Uint8Array {
  if (announcement.length > ANNOUNCEMENT_BYTES_MAX)
    throw new RangeError('an announcement is too long')
  link.set(before, 0)
  link.writeUInt32BE(Math.floor(sequence / 2 ** 32), 32)
  link.writeUInt32BE(sequence % 2 ** 32, 36)
  link.set(announcement, 40)
  return hash('sha256', link.subarray(0, 40 + announcement.length), 'buffer')
}
