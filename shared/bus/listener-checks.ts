// What a listener believes. A page of the feed is proof, and a fault in it stops the source; a frame is
// a hint, and one that does not follow only asks for a look at the feed.
import type { FeedEntry, FeedPage } from '../dossier/dossier.js'
import type { Frame } from './bus.js'
import { CHAIN_BEGIN } from '../dossier/sealing.js'
import { follows } from './chain.js'
import type { Cursor } from './listener-batch.js'

export const BATCH_MAX = 1_000

export type Alarm = {
  readonly kind: 'broken-chain' | 'other-incarnation' | 'feed-shrank' | 'poison'
  readonly source: string
  readonly sequence: number
  readonly detail: string
}

/** A feed that is not the one it was: nothing of it is handled any more. */
export class BrokenFeed extends Error {
  override readonly name = 'BrokenFeed'
  constructor(readonly alarm: Alarm) {
    super(`the feed of ${alarm.source} is broken at ${alarm.sequence}: ${alarm.detail}`)
  }
}

/** Where a listener stands that never heard anything. */
export function startOf(page: FeedPage): Cursor {
  return { sequence: 0, incarnation: page.incarnation, chain: CHAIN_BEGIN }
}

/** What is wrong with a page that claims to follow a cursor. */
export function faultOf(source: string, page: FeedPage, at: Cursor): Alarm | undefined {
  const alarm = (kind: Alarm['kind'], sequence: number, detail: string): Alarm => ({
    kind,
    source,
    sequence,
    detail,
  })
  if (page.incarnation !== at.incarnation)
    return alarm('other-incarnation', at.sequence, 'the source was made anew or restored')
  if (page.head < at.sequence)
    return alarm('feed-shrank', page.head, `${at.sequence} entries were heard, ${page.head} exist`)
  let before: { sequence: number; chain: Uint8Array } = at
  for (const entry of page.entries) {
    if (!follows(entry, before))
      return alarm('broken-chain', entry.sequence, `it does not follow ${before.sequence}`)
    before = entry
  }
  return undefined
}

/** The entries of heard frames that follow the cursor without a gap, one batch at most. */
export function followingOf(
  heard: readonly Frame[],
  cursor: Cursor | undefined,
): { entries: FeedEntry[]; rest: Frame[]; gap: boolean } {
  if (cursor === undefined) return { entries: [], rest: [], gap: true }
  const entries: FeedEntry[] = []
  let before: { sequence: number; chain: Uint8Array } = cursor
  for (const [index, frame] of heard.entries()) {
    if (frame.incarnation !== cursor.incarnation) return { entries, rest: [], gap: true }
    const fresh = frame.entries.filter(({ sequence }) => sequence > before.sequence)
    if (entries.length > 0 && entries.length + fresh.length > BATCH_MAX)
      return { entries, rest: heard.slice(index), gap: false }
    for (const entry of fresh) {
      if (!follows(entry, before)) return { entries, rest: [], gap: true } // what else was heard is in the feed as well
      entries.push(entry)
      before = entry
    }
  }
  return { entries, rest: [], gap: false }
}
