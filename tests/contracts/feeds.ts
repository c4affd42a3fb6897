// Feeds for the bus's tests: real chains of real bytes, kept in an array.
import { createHash } from 'node:crypto'
import type { Frame } from '../../shared/bus/bus.js'
import type { FeedEntry, FeedPage } from '../../shared/dossier/dossier.js'

/** The entry after `before`, chained as proto/huiqian/common/v1/feed.proto says. */
export function entryAfter(before: FeedEntry | undefined, text: string): FeedEntry {
  const sequence = (before?.sequence ?? 0) + 1
  const number = Buffer.alloc(8)
  number.writeBigUInt64BE(BigInt(sequence))
  const announcement = Buffer.from(text)
  const hash = createHash('sha256').update(before?.chain ?? Buffer.alloc(32))
  const chain = hash.update(number).update(announcement).digest()
  return { sequence, kind: 'SomethingHappened', announcement, chain }
}

/** A feed that grows in memory and calls back on each growth. */
export class MemoryFeed {
  entries: FeedEntry[] = []
  private readonly listeners = new Set<(head: number) => void>()

  constructor(public incarnation: string) {}

  record(...texts: string[]): FeedEntry[] {
    const added = texts.map((text) => {
      const entry = entryAfter(this.entries.at(-1), text)
      this.entries.push(entry)
      return entry
    })
    for (const listener of this.listeners) listener(this.entries.length)
    return added
  }

  tail(after: number, limit: number): Promise<FeedPage> {
    const entries = this.entries.slice(after, after + limit)
    return Promise.resolve({ incarnation: this.incarnation, entries, head: this.entries.length })
  }

  head(): Promise<{ incarnation: string; sequence: number }> {
    return Promise.resolve({ incarnation: this.incarnation, sequence: this.entries.length })
  }

  onCommit(listener: (head: number) => void): () => void {
    this.listeners.add(listener)
    return () => void this.listeners.delete(listener)
  }

  /** Entries `from` to `to`, as one frame. */
  frame(source: string, from: number, to: number): Frame {
    return { source, incarnation: this.incarnation, entries: this.entries.slice(from - 1, to) }
  }
}

/** Waits on real input and output, in bounded time; fails with `what` when it does not come. */
export async function until(
  what: string,
  holds: () => boolean,
  patienceMs = 20_000,
): Promise<void> {
  const ends = performance.now() + patienceMs
  while (!holds()) {
    if (performance.now() > ends) throw new Error(`still not: ${what}`)
    await new Promise((resolve) => setTimeout(resolve, 5))
  }
}
