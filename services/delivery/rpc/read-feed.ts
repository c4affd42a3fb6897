// The feed of delivery: for services only.
import type { ReadRequest, ReadResponse } from '../../../gen/huiqian/delivery/v1/feed.js'
import type { FeedEntry } from '../../../shared/dossier/dossier.js'
import { pageSize } from '../../../shared/rpc/fields.js'
import { unary } from '../../../shared/rpc/rpc.js'
import type { Delivery } from '../delivery.js'

const ENTRIES_MAX = 1_000
const PAGE_BYTES_MAX = 900_000 // a page of the longest announcements would not fit into a message
const ENTRY_OVERHEAD = 96

export const readFeed = ({ dossier }: Pick<Delivery, 'dossier'>) =>
  unary<ReadRequest, ReadResponse>(async ({ after, limit }) => {
    const most = pageSize(limit, { otherwise: ENTRIES_MAX, max: ENTRIES_MAX, field: 'limit' })
    const { incarnation, entries, head } = await dossier.tail(after, most)
    return { page: { incarnation, entries: fitting(entries), head } }
  })

function fitting(entries: readonly FeedEntry[]) {
  let bytes = 0
  return entries
    .filter(({ announcement }) => (bytes += announcement.length + ENTRY_OVERHEAD) <= PAGE_BYTES_MAX)
    .map(({ sequence, kind, announcement, chain }) => ({
      sequence,
      kind,
      announcement: Buffer.from(announcement),
      chain: Buffer.from(chain),
    }))
}
