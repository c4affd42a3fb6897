// Hears one source. Frames are hints: they save a reading of the feed while they follow the cursor
// without a gap; whatever does not is read from the feed, and only the feed can convict its source.
import type { Clock } from '../clock/clock.js'
import type { Instant } from '../identity/identity.js'
import type { Bus, Frame, ReadFeed } from './bus.js'
import type { BatchOptions, Cursor } from './listener-batch.js'
import { handOver } from './listener-batch.js'
import type { Alarm } from './listener-checks.js'
import { BATCH_MAX, BrokenFeed, faultOf, followingOf, startOf } from './listener-checks.js'

export type { Cursor } from './listener-batch.js'
export type { Alarm } from './listener-checks.js'
export { BrokenFeed } from './listener-checks.js'

const HEARD_MAX = 512 // frames; what is heard beyond them is read from the feed
const SWEEP_MS = 15_000
const RETRY_MS = 100
const RETRY_MS_MAX = 15_000
const STOP_MS = 5_000

export type ListenerOptions = Pick<BatchOptions, 'load' | 'handle' | 'quarantine'> & {
  readonly source: string
  readonly bus: Bus
  readonly readFeed: ReadFeed
  readonly clock: Clock
  readonly onAlarm: (alarm: Alarm) => void
  /** Told of each failure (of the handler, of the feed); it is tried again. */
  readonly onError?: (error: unknown) => void
  readonly sweepEveryMs?: number
  readonly retryMs?: number
}

export type ListenerReport = {
  readonly source: string
  readonly state: 'running' | 'broken' | 'stopped'
  readonly cursor: number
  /** The newest entry known of. */
  readonly head: number
  readonly lag: number
  /** The milliseconds lived since it is behind, or does not know whether it is: for health. */
  readonly behindForMs?: number
  /** When the feed was last read to its end. */
  readonly caughtUpAt?: Instant
  /** Consecutive failures of handling or reading. */
  readonly failures: number
  readonly lastError?: string
}

export type Listener = {
  start(): Promise<void>
  /** Reads the feed until nothing in it is new. Rejects where it cannot be read or handled, or is broken. */
  settle(): Promise<void>
  report(): ListenerReport
  stop(): Promise<void>
}

/** Why a service cannot rely on what it heard, where that is so: for health, which tells it. */
export function troubleOfFeed(
  { source, state, behindForMs }: ListenerReport,
  lagMaxMs: number,
): string | undefined {
  if (state === 'broken') return `the feed of ${source} is broken`
  if (behindForMs !== undefined && behindForMs > lagMaxMs)
    return `the feed of ${source} is too far behind`
  return undefined
}

export function listener(options: ListenerOptions): Listener {
  const { source, clock } = options
  const stopping = new AbortController()
  let cursor: Cursor | undefined // undefined: to be loaded (again)
  let heard: Frame[] = []
  let head = 0
  let behindSince: number | undefined // as lived
  let caughtUpAt: Instant | undefined
  let broken: BrokenFeed | undefined
  let failures = 0
  let failedTurns = 0
  let lastError: string | undefined
  let feedWanted = true
  let readingsBegun = 0
  let readingsDone = 0
  let turning: Promise<void> | undefined
  let retry: NodeJS.Timeout | undefined
  let sweep: NodeJS.Timeout | undefined
  let unhear = (): Promise<void> => Promise.resolve()

  const noteFailure = (error: unknown): void => {
    failures += 1
    lastError = error instanceof Error ? error.name : typeof error
    options.onError?.(error)
  }

  const batch: BatchOptions = {
    load: options.load,
    handle: options.handle,
    quarantine: options.quarantine,
    retryMs: options.retryMs ?? RETRY_MS,
    signal: stopping.signal,
    onFailure: noteFailure,
    onPoison: ({ sequence }, detail) =>
      options.onAlarm({ kind: 'poison', source, sequence, detail }),
  }

  const moveTo = (next: Cursor): void => {
    cursor = next
    head = Math.max(head, next.sequence)
    failures = 0
    lastError = undefined
    behindSince = head > next.sequence ? (behindSince ?? clock.lived()) : undefined
  }

  /** Reads the feed from the cursor to its end. */
  const readFeed = async (): Promise<void> => {
    const mine = ++readingsBegun
    let promised = 0 // by the page before: its head is read after its entries, and may be newer than they are
    for (;;) {
      const page = await options.readFeed(cursor?.sequence ?? 0, BATCH_MAX)
      const at: Cursor = cursor ?? startOf(page)
      const fault = faultOf(source, page, at)
      if (fault !== undefined) throw new BrokenFeed(fault)
      head = page.head
      moveTo(at)
      moveTo(await handOver(page.entries, at, batch))
      if (cursor!.sequence >= head) break
      if (page.entries.length === 0 && at.sequence < promised)
        throw new Error(`the feed of ${source} holds back what follows ${at.sequence}`)
      promised = page.head
      stopping.signal.throwIfAborted()
    }
    caughtUpAt = clock.now()
    readingsDone = mine
  }

  /** Handles what was heard as far as it follows the cursor. Where it does not, the feed is wanted. */
  const takeHeard = async (): Promise<void> => {
    const taken = followingOf(heard, cursor)
    heard = taken.rest
    if (taken.gap) feedWanted = true
    if (cursor !== undefined) moveTo(await handOver(taken.entries, cursor, batch))
  }

  const turn = async (): Promise<void> => {
    if (failures > 0 || cursor === undefined) cursor = await options.load()
    while ((feedWanted || heard.length > 0) && !stopping.signal.aborted) {
      if (feedWanted || cursor === undefined) {
        feedWanted = false
        await readFeed()
      } else {
        await takeHeard()
      }
    }
    failedTurns = 0
  }

  const run = (): Promise<void> => {
    if (broken !== undefined) return Promise.reject(broken)
    turning ??= turn()
      .catch((error: unknown) => {
        failed(error)
        throw error
      })
      .finally(() => {
        turning = undefined
        if (feedWanted || heard.length > 0) runUnasked() // it came while the turn was ending
      })
    return turning
  }

  const runUnasked = (): void => {
    if (retry !== undefined || broken !== undefined || stopping.signal.aborted) return
    run().catch(() => undefined) // `failed` was told and sees to it
  }

  const failed = (error: unknown): void => {
    feedWanted = true
    if (stopping.signal.aborted) return
    if (error instanceof BrokenFeed) {
      broken = error
      heard = []
      clearInterval(sweep)
      options.onAlarm(error.alarm)
      unhear().catch(noteFailure)
      return
    }
    noteFailure(error)
    behindSince ??= clock.lived() // how far is not known while the feed cannot be read
    const wait = Math.min((options.retryMs ?? RETRY_MS) * 2 ** failedTurns, RETRY_MS_MAX)
    failedTurns += 1
    retry = setTimeout(() => {
      retry = undefined
      runUnasked()
    }, wait).unref()
  }

  const hear = (frame: Frame): void => {
    if (broken !== undefined || stopping.signal.aborted) return
    heard.push(frame)
    const newest = frame.entries.at(-1)?.sequence ?? 0
    if (cursor !== undefined && frame.incarnation === cursor.incarnation && newest > head) {
      head = newest // a false one is put right by the next reading of the feed
      behindSince ??= clock.lived()
    }
    if (heard.length > HEARD_MAX) {
      heard = []
      feedWanted = true
    }
    runUnasked()
  }

  return {
    async start() {
      cursor = await options.load()
      head = cursor?.sequence ?? 0
      unhear = await options.bus.hear(source, hear)
      sweep = setInterval(() => {
        feedWanted = true
        runUnasked()
      }, options.sweepEveryMs ?? SWEEP_MS).unref()
      runUnasked()
    },
    async settle() {
      const wanted = readingsBegun + 1
      while (readingsDone < wanted) {
        if (stopping.signal.aborted) throw new Error(`the listener to ${source} was stopped`)
        feedWanted = true
        clearTimeout(retry)
        retry = undefined
        await run()
      }
    },
    report: () => ({
      source,
      state: stopping.signal.aborted ? 'stopped' : broken === undefined ? 'running' : 'broken',
      cursor: cursor?.sequence ?? 0,
      head,
      lag: Math.max(0, head - (cursor?.sequence ?? 0)),
      ...(behindSince !== undefined && { behindForMs: clock.lived() - behindSince }),
      ...(caughtUpAt !== undefined && { caughtUpAt }),
      failures,
      ...(lastError !== undefined && { lastError }),
    }),
    async stop() {
      stopping.abort()
      clearInterval(sweep)
      clearTimeout(retry)
      await unhear()
      const ended = turning?.catch(() => undefined)
      await Promise.race([ended, new Promise((resolve) => setTimeout(resolve, STOP_MS).unref())])
    },
  }
}
