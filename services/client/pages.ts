// Lists come in pages; a reader wants the first so many.

const PAGE_MAX = 1_000

type Page<T> = { readonly items: readonly T[]; readonly nextPageToken: string }

/** The first `limit` of a list, and the token of what follows; empty: nothing follows. */
export async function firstOf<T>(
  limit: number,
  page: (asked: { pageSize: number; pageToken: string }) => Promise<Page<T>>,
): Promise<{ items: T[]; nextPageToken: string }> {
  const items: T[] = []
  let pageToken = ''
  do {
    const pageSize = Math.min(limit - items.length, PAGE_MAX)
    const answer = await page({ pageSize, pageToken })
    items.push(...answer.items)
    pageToken = answer.nextPageToken
  } while (pageToken !== '' && items.length < limit)
  return { items, nextPageToken: pageToken }
}
