// Hands entries to a handler that commits their effects and the cursor together. A batch that fails
// again and again is narrowed to single entries, so that one poison entry does not hold up the rest.
import { setTimeout as sleep } from 'node:timers/promises'
import type { FeedEntry } from '../dossier/dossier.js'

export const ATTEMPTS_MAX = 5
const RETRY_MS_MAX = 5_000

/** How far a listener got: kept by the service, committed with the effects. */
export type Cursor = {
  readonly sequence: number
  readonly incarnation: string
  readonly chain: Uint8Array
}

export type BatchOptions = {
  /** Reads the cursor as committed: the only proof of what a failed handler did or did not do. */
  readonly load: () => Promise<Cursor | undefined>
  readonly handle: (entries: readonly FeedEntry[], cursor: Cursor) => Promise<void>
  readonly quarantine: (entry: FeedEntry, errorClass: string, cursor: Cursor) => Promise<void>
  /** The wait after a first failure; it doubles. */
  readonly retryMs: number
  readonly signal: AbortSignal
  readonly onFailure: (error: unknown) => void
  readonly onPoison: (entry: FeedEntry, errorClass: string) => void
}

/** Hands over entries that follow `from`. Gives the cursor after them. Throws where nothing can be committed. */
export async function handOver(
  entries: readonly FeedEntry[],
  from: Cursor,
  options: BatchOptions,
): Promise<Cursor> {
  const last = entries.at(-1)
  if (last === undefined) return from
  const after = cursorAfter(last, from)
  let errorClass = ''
  for (let attempt = 1; attempt <= ATTEMPTS_MAX; attempt++) {
    options.signal.throwIfAborted()
    try {
      await options.handle(entries, after)
      return after
    } catch (error) {
      errorClass = classOf(error)
      options.onFailure(error)
      const committed = (await options.load())?.sequence ?? 0
      if (committed >= after.sequence) return after // it failed after its commit
      if (committed !== from.sequence)
        throw new Error(`the cursor stands at ${committed}, between ${from.sequence} and the batch`)
      if (attempt < ATTEMPTS_MAX) await pause(options.retryMs * 2 ** (attempt - 1), options.signal)
    }
  }
  if (entries.length === 1) {
    await options.quarantine(last, errorClass, after)
    options.onPoison(last, errorClass)
    return after
  }
  let cursor = from
  for (const entry of entries) cursor = await handOver([entry], cursor, options)
  return cursor
}

function cursorAfter(entry: FeedEntry, from: Cursor): Cursor {
  return { sequence: entry.sequence, incarnation: from.incarnation, chain: entry.chain }
}

// The class alone, never the message: a message may quote what the entry held.
function classOf(error: unknown): string {
  return error instanceof Error ? error.name : typeof error
}

function pause(milliseconds: number, signal: AbortSignal): Promise<void> {
  return sleep(Math.min(milliseconds, RETRY_MS_MAX), undefined, { ref: false, signal })
}
