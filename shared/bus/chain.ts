// Whether an entry of a feed is the one after another.
import type { FeedEntry } from '../dossier/dossier.js'
import { ANNOUNCEMENT_BYTES_MAX, chained } from '../dossier/sealing.js'

/** Whether `entry` is the one after (`sequence`, `chain`) in an unbroken feed. */
export function follows(
  entry: FeedEntry,
  before: { readonly sequence: number; readonly chain: Uint8Array },
): boolean {
  if (entry.sequence !== before.sequence + 1) return false
  if (entry.announcement.length > ANNOUNCEMENT_BYTES_MAX) return false
  const expected = chained(before.chain, entry.sequence, entry.announcement)
  return Buffer.compare(expected, entry.chain) === 0
}
