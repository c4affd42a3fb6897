// A page of a service's own feed, as its FeedService answers: whatever fits into a message.
import type { FeedPage } from '../../gen/huiqian/common/v1/feed.js'
import type { Dossier, FeedEntry } from '../dossier/dossier.js'
import { pageSize } from './fields.js'

const ENTRIES_MAX = 1_000
const PAGE_BYTES_MAX = 900_000 // a page of the longest announcements would not fit into a message
const ENTRY_BYTES = 96 // of an entry, besides its announcement

/** Entries after a sequence number, at most `limit` (0: 1,000). */
export async function feedPage(
  dossier: Pick<Dossier, 'tail'>,
  { after, limit }: { readonly after: number; readonly limit: number },
): Promise<FeedPage> {
  const most = pageSize(limit, { otherwise: ENTRIES_MAX, max: ENTRIES_MAX, field: 'limit' })
  const { incarnation, entries, head } = await dossier.tail(after, most)
  return { incarnation, entries: fitting(entries), head }
}

function fitting(entries: readonly FeedEntry[]): FeedPage['entries'] {
  let bytes = 0
  return entries
    .filter(({ announcement }) => (bytes += announcement.length + ENTRY_BYTES) <= PAGE_BYTES_MAX)
    .map(({ sequence, kind, announcement, chain }) => ({
      sequence,
      kind,
      announcement: Buffer.from(announcement),
      chain: Buffer.from(chain),
    }))
}
