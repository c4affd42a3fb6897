// Whether an entry follows another: SHA-256(chain before ‖ sequence as 8 bytes big endian ‖ announcement).
import { createHash } from 'node:crypto'
import type { FeedEntry } from '../dossier/dossier.js'

/** What stands before the first entry: 32 zero bytes. */
export const CHAIN_START = new Uint8Array(32)

/** Whether `entry` is the one after (`sequence`, `chain`) in an unbroken feed. */
export function follows(
  entry: FeedEntry,
  before: { readonly sequence: number; readonly chain: Uint8Array },
): boolean {
  if (entry.sequence !== before.sequence + 1) return false
  const number = Buffer.alloc(8)
  number.writeBigUInt64BE(BigInt(entry.sequence))
  const expected = createHash('sha256').update(before.chain).update(number)
  return expected.update(entry.announcement).digest().equals(entry.chain)
}
