// Announces what was recorded: on each commit and at start it reads the feed from its mark and
// publishes frames, one after the other. A broker that is down stops nothing; the feed grows.
import type { Clock } from '../clock/clock.js'
import type { Dossier } from '../dossier/dossier.js'
import type { Instant } from '../identity/identity.js'
import type { Bus } from './bus.js'
import { framesOf } from './frame.js'

const PAGE_MAX = 1_000
const RETRY_MS = 100
const RETRY_MS_MAX = 5_000
const SAVE_EVERY_MS = 1_000 // a mark that is a little old only announces something twice
const STOP_MS = 5_000

export type RelayOptions = {
  /** The service whose record this is. */
  readonly source: string
  readonly clock: Clock
  /** Where the mark is kept over restarts; without one, a start announces the last page again. */
  readonly mark?: {
    load(incarnation: string): Promise<number | undefined>
    save(incarnation: string, sequence: number): Promise<void>
  }
  readonly onError?: (error: unknown) => void
}

export type RelayReport = {
  readonly head: number
  readonly announced: number
  /** Since when it cannot announce; undefined: it can. */
  readonly degradedSince?: Instant
  readonly lastError?: string
}

export type Relay = {
  start(): Promise<void>
  /** Resolves when everything recorded so far was announced, or as soon as the broker is down. */
  idle(): Promise<void>
  report(): RelayReport
  /** Ends in bounded time. What was not announced is announced at the next start. */
  stop(): Promise<void>
}

/** The part of a record that a relay needs. */
export type Announceable = Pick<Dossier, 'tail' | 'head' | 'onCommit'>

export function relay(record: Announceable, bus: Bus, options: RelayOptions): Relay {
  const { source, clock } = options
  let incarnation = ''
  let announced = 0
  let saved = 0
  let head = 0
  let round: Promise<void> | undefined
  let again = false
  let failures = 0
  let degraded: { since: Instant; error: string } | undefined
  let retry: NodeJS.Timeout | undefined
  let saving: NodeJS.Timeout | undefined
  let stopped = false
  let uncommit = (): void => undefined

  /** Announces page after page until nothing is left. */
  const announceAll = async (): Promise<void> => {
    while (!stopped) {
      again = false
      const page = await record.tail(announced, PAGE_MAX)
      head = Math.max(head, page.head)
      const last = page.entries.at(-1)
      if (last === undefined) {
        if (!again) return
        continue
      }
      await bus.announce(framesOf(source, page.incarnation, page.entries))
      announced = last.sequence
      failures = 0
      degraded = undefined
      saveSoon()
    }
  }

  const run = (): Promise<void> => {
    again = true
    round ??= announceAll()
      .catch(failed)
      .finally(() => {
        round = undefined
        if (again && !stopped && retry === undefined) void run() // committed while it was ending
      })
    return round
  }

  const failed = (error: unknown): void => {
    failures += 1
    degraded = { since: degraded?.since ?? clock.now(), error: nameOf(error) }
    if (failures === 1) options.onError?.(error) // once an outage
    if (stopped) return
    const wait = Math.min(RETRY_MS * 2 ** (failures - 1), RETRY_MS_MAX)
    retry = setTimeout(() => {
      retry = undefined
      void run()
    }, wait).unref()
  }

  const save = async (): Promise<void> => {
    clearTimeout(saving)
    saving = undefined
    if (options.mark === undefined || saved === announced) return
    const present = announced
    try {
      await options.mark.save(incarnation, present)
      saved = present
    } catch (error) {
      options.onError?.(error)
    }
  }
  const saveSoon = (): void => {
    saving ??= setTimeout(() => void save(), SAVE_EVERY_MS).unref()
  }

  return {
    async start() {
      const present = await record.head()
      incarnation = present.incarnation
      const mark = await options.mark?.load(incarnation)
      // Without a mark of this very record, the last page is announced: whoever hears it sees how much it missed.
      const known = mark !== undefined && mark <= present.sequence
      announced = saved = known ? mark : Math.max(0, present.sequence - PAGE_MAX)
      head = present.sequence
      uncommit = record.onCommit((newest) => {
        head = Math.max(head, newest)
        again = true
        if (retry === undefined) void run() // while the broker is down, commits do not hammer at it
      })
      void run()
    },
    async idle() {
      const wanted = Math.max(head, (await record.head()).sequence)
      while (!stopped && announced < wanted) {
        clearTimeout(retry)
        retry = undefined
        await run()
        if (degraded !== undefined) return
      }
    },
    report: () => ({
      head,
      announced,
      ...(degraded && { degradedSince: degraded.since, lastError: degraded.error }),
    }),
    async stop() {
      stopped = true
      uncommit()
      clearTimeout(retry)
      await Promise.race([round, new Promise((resolve) => setTimeout(resolve, STOP_MS).unref())])
      await save()
    },
  }
}

function nameOf(error: unknown): string {
  return error instanceof Error ? `${error.name}: ${error.message}` : String(error)
}
