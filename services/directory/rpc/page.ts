// A page of a listing: rows after a key, as many as fit, and a token for the rest.
import type { PageTokens } from '../../../shared/rpc/page-tokens.js'

const BYTES_MAX = 900_000 // a message holds 1 MiB

type Listing<Row, Item> = {
  readonly pageTokens: PageTokens
  readonly token: string
  /** The call with all of its filters. */
  readonly scope: string
  readonly size: number
  readonly rows: (after: string, limit: number) => Promise<readonly Row[]>
  readonly keyOf: (row: Row) => string
  readonly messageOf: (row: Row) => Item
  readonly bytesOf: (item: Item) => number
}

export type Page<Item> = { readonly items: Item[]; readonly nextPageToken: string }

export async function pageOf<Row, Item>(listing: Listing<Row, Item>): Promise<Page<Item>> {
  const { pageTokens, token, scope, size, rows, keyOf, messageOf, bytesOf } = listing
  const [from = ''] = pageTokens.decode(scope, token) ?? []
  const found = await rows(String(from), size + 1) // one more: is there another page?
  const items: Item[] = []
  let bytes = 0
  for (const [index, row] of found.entries()) {
    const item = messageOf(row)
    bytes += bytesOf(item)
    if (index === size || (bytes > BYTES_MAX && index > 0)) {
      const last = found[index - 1]
      return { items, nextPageToken: last ? pageTokens.encode(scope, [keyOf(last)]) : '' }
    }
    items.push(item)
  }
  return { items, nextPageToken: '' }
}
