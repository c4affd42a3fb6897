// The feed of the directory: for services only.
import type { ReadRequest, ReadResponse } from '../../../gen/huiqian/directory/v1/feed.js'
import type { FeedEntry } from '../../../shared/dossier/dossier.js'
import { pageSize } from '../../../shared/rpc/fields.js'
import { unary } from '../../../shared/rpc/rpc.js'
import type { Directory } from '../directory.js'

const ENTRIES_MAX = 1_000
const PAGE_BYTES_MAX = 900_000 // a page of the longest announcements would not fit into a message
const ENTRY_BYTES = 96 // of an entry, besides its announcement

export const readFeed = ({ dossier }: Pick<Directory, 'dossier'>) =>
  unary<ReadRequest, ReadResponse>(async ({ after, limit }) => {
    const most = pageSize(limit, { otherwise: ENTRIES_MAX, max: ENTRIES_MAX, field: 'limit' })
    const { incarnation, entries, head } = await dossier.tail(after, most)
    return { page: { incarnation, entries: fitting(entries), head } }
  })

function fitting(entries: readonly FeedEntry[]) {
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
