// A listener must miss nothing, double nothing and believe nothing but the feed.
import { describe, expect, onTestFinished, test } from 'vitest'
import type { Bus } from '../../shared/bus/bus.js'
import { inProcessBus } from '../../shared/bus/in-process-bus.js'
import type { Alarm, Cursor, Listener, ListenerOptions } from '../../shared/bus/listener.js'
import { listener, troubleOfFeed } from '../../shared/bus/listener.js'
import { turnedClock } from '../../shared/clock/turned-clock.js'
import type { FeedEntry } from '../../shared/dossier/dossier.js'
import { MemoryFeed, entryAfter, until } from './feeds.js'

const NEVER_MS = 1_000_000_000

/** A table of effects and its cursor, changed together or not at all. */
class Ledger {
  cursor: Cursor | undefined
  effects: string[] = []
  deadLetters: string[] = []
  batches: number[] = []
  /** Throws to make a commit fail, before or after it took place. */
  before: (entries: readonly FeedEntry[]) => void = () => undefined
  after: (entries: readonly FeedEntry[]) => void = () => undefined

  load = (): Promise<Cursor | undefined> => Promise.resolve(this.cursor)

  handle = async (entries: readonly FeedEntry[], cursor: Cursor): Promise<void> => {
    await Promise.resolve()
    this.before(entries)
    this.effects.push(...entries.map(textOf))
    this.batches.push(entries.length)
    this.cursor = cursor
    this.after(entries)
  }

  quarantine = (entry: FeedEntry, errorClass: string, cursor: Cursor): Promise<void> => {
    this.deadLetters.push(`${entry.sequence} ${errorClass}`)
    this.cursor = cursor
    return Promise.resolve()
  }
}

type Scene = {
  bus: Bus
  feed: MemoryFeed
  ledger: Ledger
  alarms: Alarm[]
  reads: number[]
  listener: Listener
}

async function scene(options: Partial<ListenerOptions> & { start?: boolean } = {}): Promise<Scene> {
  const [bus, feed, ledger] = [inProcessBus(), new MemoryFeed('inc-1'), new Ledger()]
  const alarms: Alarm[] = []
  const reads: number[] = []
  const hearing = listener({
    source: 'alpha',
    bus,
    readFeed: (after, limit) => {
      reads.push(after)
      return feed.tail(after, limit)
    },
    load: ledger.load,
    handle: ledger.handle,
    quarantine: ledger.quarantine,
    clock: turnedClock(0),
    onAlarm: (alarm) => alarms.push(alarm),
    sweepEveryMs: NEVER_MS,
    retryMs: 1,
    ...options,
  })
  onTestFinished(() => hearing.stop())
  if (options.start !== false) {
    await hearing.start()
    await hearing.settle()
  }
  return { bus, feed, ledger, alarms, reads, listener: hearing }
}

const textOf = (entry: FeedEntry): string => Buffer.from(entry.announcement).toString()

describe('a head that is newer than its page', () => {
  // Entries and head are two statements: a commit may come between them.
  const growingWhileRead = (pagesBehind: number) => {
    const feed = new MemoryFeed('inc-1')
    let behind = pagesBehind
    return scene({
      start: false,
      readFeed: async (after, limit) => {
        const page = await feed.tail(after, limit)
        if (behind === 0) return page
        if (behind === pagesBehind) feed.record('came meanwhile')
        behind--
        return { ...page, entries: [], head: feed.entries.length }
      },
    })
  }

  test('is read on from: what came between is handled', async () => {
    const { ledger, listener } = await growingWhileRead(1)
    await listener.start()
    await listener.settle()
    expect(ledger.effects).toEqual(['came meanwhile'])
  })

  test('by whom it is promised again, and nothing given, is an error, not waited on for ever', async () => {
    const { listener } = await growingWhileRead(2)
    await listener.start()
    await expect(listener.settle()).rejects.toThrow('holds back what follows 0')
  })
})

describe('what is heard', () => {
  test('is handled as it comes, without a reading of the feed', async () => {
    const { bus, feed, ledger, reads } = await scene()
    const before = reads.length
    feed.record('a', 'b', 'c')
    await bus.announce([feed.frame('alpha', 1, 2), feed.frame('alpha', 3, 3)])
    await until('handled', () => ledger.effects.length === 3)
    expect(ledger.effects).toEqual(['a', 'b', 'c'])
    expect(reads).toHaveLength(before)
  })

  test('twice, or in part again, is handled once', async () => {
    const { bus, feed, ledger, listener, reads } = await scene()
    const before = reads.length
    feed.record('a', 'b', 'c')
    const [whole, part] = [feed.frame('alpha', 1, 2), feed.frame('alpha', 2, 3)]
    await bus.announce([whole, whole, part, whole, part])
    await until('handled', () => ledger.effects.length >= 3)
    expect(reads).toHaveLength(before) // a repetition is no gap
    await listener.settle()
    expect(ledger.effects).toEqual(['a', 'b', 'c'])
  })

  test('after a gap makes the feed be read, page by page', async () => {
    const { bus, feed, ledger } = await scene()
    const texts = Array.from({ length: 2_500 }, (_, index) => `e${index}`)
    feed.record(...texts)
    await bus.announce([feed.frame('alpha', 2_500, 2_500)]) // all before it was lost
    await until('handled', () => ledger.effects.length === 2_500)
    expect(ledger.effects).toEqual(texts)
    expect(Math.max(...ledger.batches)).toBeLessThanOrEqual(1_000)
  })

  test('in another order is handled in the feed’s', async () => {
    const { bus, feed, ledger, listener } = await scene()
    feed.record('a', 'b', 'c', 'd')
    await bus.announce([3, 1, 4, 2].map((at) => feed.frame('alpha', at, at)))
    await until('handled', () => ledger.effects.length >= 4)
    await listener.settle()
    expect(ledger.effects).toEqual(['a', 'b', 'c', 'd'])
  })

  test('by nobody is found by the sweep', async () => {
    const { feed, ledger } = await scene({ sweepEveryMs: 10 })
    feed.record('a', 'b')
    await until('swept', () => ledger.effects.length === 2)
    expect(ledger.effects).toEqual(['a', 'b'])
  })

  test('without sweep, gap or settling stays unknown (control of the test before)', async () => {
    const { feed, ledger, reads } = await scene()
    const before = reads.length
    feed.record('a', 'b')
    await new Promise((resolve) => setImmediate(resolve))
    expect([ledger.effects, reads.length]).toEqual([[], before])
  })
})

describe('a forged frame', () => {
  test('is not handled; the feed is asked, and the source goes on', async () => {
    const { bus, feed, ledger, alarms, listener } = await scene()
    feed.record('a')
    const forged = {
      sequence: 1,
      kind: 'K',
      announcement: Buffer.from('forged'),
      chain: Buffer.alloc(32),
    }
    await bus.announce([{ source: 'alpha', incarnation: 'inc-1', entries: [forged] }])
    await bus.announce([{ ...feed.frame('alpha', 1, 1), incarnation: 'other' }])
    await until('handled', () => ledger.effects.length > 0)
    await listener.settle()
    expect([ledger.effects, alarms]).toEqual([['a'], []])
  })

  test('about a future far away is put right by the feed', async () => {
    const { bus, listener } = await scene()
    const far = { ...entryAfter(undefined, 'x'), sequence: 1_000_000 }
    await bus.announce([{ source: 'alpha', incarnation: 'inc-1', entries: [far] }])
    await new Promise((resolve) => setImmediate(resolve))
    await listener.settle()
    expect(listener.report()).toMatchObject({ head: 0, lag: 0, state: 'running' })
  })
})

describe('a feed that is not what it was', () => {
  const kinds: [Alarm['kind'], (feed: MemoryFeed) => void][] = [
    ['other-incarnation', (feed) => (feed.incarnation = 'inc-2')],
    ['feed-shrank', (feed) => feed.entries.pop()],
    [
      'broken-chain',
      (feed) => {
        feed.entries = []
        feed.record('a', 'changed', 'c', 'd') // restored from elsewhere, and gone on
      },
    ],
  ]
  test.each(kinds)('stops the source and alarms: %s', async (kind, spoil) => {
    const { bus, feed, ledger, alarms, listener } = await scene()
    feed.record('a', 'b', 'c')
    await listener.settle()
    spoil(feed)
    await expect(listener.settle()).rejects.toThrow(/broken/)
    feed.record('e')
    await bus.announce([feed.frame('alpha', feed.entries.length, feed.entries.length)])
    await expect(listener.settle()).rejects.toThrow(/broken/)
    expect(alarms.map((alarm) => alarm.kind)).toEqual([kind])
    expect(ledger.effects).toEqual(['a', 'b', 'c'])
    expect(listener.report().state).toBe('broken')
  })

  test('is not what a feed is that only grew (control)', async () => {
    const { feed, alarms, listener } = await scene()
    feed.record('a', 'b', 'c')
    await listener.settle()
    feed.record('d')
    await listener.settle()
    expect([alarms, listener.report().state]).toEqual([[], 'running'])
  })

  test('is noticed when a frame tells of another incarnation, long before the sweep', async () => {
    const { bus, feed, alarms, listener } = await scene()
    feed.record('a', 'b')
    await listener.settle()
    const restored = new MemoryFeed('inc-2')
    restored.record('a')
    feed.incarnation = 'inc-2'
    await bus.announce([restored.frame('alpha', 1, 1)])
    await until('alarmed', () => alarms.length > 0)
    expect(alarms[0]?.kind).toBe('other-incarnation')
  })
})

describe('a handler that fails', () => {
  test('is tried again, and what it did is neither lost nor doubled', async () => {
    const { feed, ledger, listener } = await scene()
    let failures = 3
    ledger.before = () => {
      if (failures-- > 0) throw new Error('the database is busy')
    }
    feed.record('a', 'b')
    await listener.settle()
    expect(ledger.effects).toEqual(['a', 'b'])
    expect(listener.report()).toMatchObject({ failures: 0, lag: 0 })
  })

  test('after its commit is believed to have committed', async () => {
    const { feed, ledger, listener } = await scene()
    let failures = 2
    ledger.after = () => {
      if (failures-- > 0) throw new Error('the connection broke after the commit')
    }
    feed.record('a', 'b')
    await listener.settle()
    feed.record('c')
    await listener.settle()
    expect(ledger.effects).toEqual(['a', 'b', 'c'])
  })

  test('on one poison entry lets all others pass, and says which it was', async () => {
    const { feed, ledger, alarms, listener } = await scene()
    let deliveries = 0
    ledger.before = (entries) => {
      if (!entries.some((entry) => textOf(entry) === 'poison')) return
      deliveries += entries.length === 1 ? 1 : 0
      throw new RangeError('secret words of the entry')
    }
    feed.record('a', 'b', 'poison', 'd')
    await listener.settle()
    expect(ledger.effects).toEqual(['a', 'b', 'd'])
    expect(ledger.deadLetters).toEqual(['3 RangeError'])
    expect(alarms).toEqual([{ kind: 'poison', source: 'alpha', sequence: 3, detail: 'RangeError' }])
    expect(deliveries).toBe(5)
    expect(ledger.cursor?.sequence).toBe(4)
  })

  test('where quarantine fails as well keeps the entry, and takes it up again', async () => {
    const ledger = new Ledger()
    let down = true
    const { feed, listener } = await scene({
      load: ledger.load,
      handle: (entries, cursor) =>
        down ? Promise.reject(new Error('down')) : ledger.handle(entries, cursor),
      quarantine: (entry, errorClass, cursor) =>
        down ? Promise.reject(new Error('down')) : ledger.quarantine(entry, errorClass, cursor),
    })
    feed.record('a', 'b')
    await expect(listener.settle()).rejects.toThrow('down')
    expect(listener.report().failures).toBeGreaterThan(0)
    down = false
    await until('taken up by itself', () => ledger.effects.length === 2)
    expect([ledger.effects, ledger.deadLetters]).toEqual([['a', 'b'], []])
  })
})

describe('a start', () => {
  test('goes on from the cursor as committed, and hears what came meanwhile', async () => {
    const { bus, feed, ledger, listener: first } = await scene()
    feed.record('a', 'b')
    await first.settle()
    await first.stop()
    feed.record('c')
    const reads: number[] = []
    const second = await scene({
      bus,
      load: ledger.load,
      handle: ledger.handle,
      readFeed: (after, limit) => {
        reads.push(after)
        return feed.tail(after, limit)
      },
    })
    expect(ledger.effects).toEqual(['a', 'b', 'c'])
    expect(second.listener.report()).toMatchObject({ cursor: 3, head: 3, state: 'running' })
    expect(first.report().state).toBe('stopped')
    expect(reads[0]).toBe(2)
  })

  test('while the source is down waits for it, reports, and refuses to call itself settled', async () => {
    let down = true
    const [feed, ledger] = [new MemoryFeed('inc-1'), new Ledger()]
    feed.record('a')
    const { listener } = await scene({
      start: false,
      load: ledger.load,
      handle: ledger.handle,
      readFeed: (after, limit) =>
        down ? Promise.reject(new Error('UNAVAILABLE')) : feed.tail(after, limit),
    })
    await listener.start()
    await expect(listener.settle()).rejects.toThrow('UNAVAILABLE')
    expect(listener.report()).toMatchObject({
      state: 'running',
      lastError: 'Error',
      behindForMs: expect.any(Number), // not knowing is being behind
    })
    down = false
    await until('read by itself', () => ledger.effects.length === 1)
    await listener.settle()
    expect(listener.report().behindForMs).toBeUndefined()
  })

  test('reports how far behind it is, and for how long, which health tells beyond a limit', async () => {
    const [turned, lived] = [turnedClock(1_000), { ms: 500 }]
    const clock = { ...turned, lived: () => lived.ms }
    let release = (): void => undefined
    const held = new Promise<void>((resolve) => (release = resolve))
    const [feed, ledger] = [new MemoryFeed('inc-1'), new Ledger()]
    feed.record('a', 'b', 'c')
    const slow = await scene({
      clock,
      start: false,
      readFeed: (after, limit) => feed.tail(after, limit),
      handle: async (entries, cursor) => {
        await held
        await ledger.handle(entries, cursor)
      },
    })
    await slow.listener.start()
    await until('read', () => slow.listener.report().head === 3)
    turned.turnTo(61_000)
    expect(slow.listener.report()).toMatchObject({ lag: 3, behindForMs: 0 }) // nobody lived that minute
    expect(troubleOfFeed(slow.listener.report(), 60_000)).toBeUndefined()
    lived.ms += 60_000
    expect(troubleOfFeed(slow.listener.report(), 60_000)).toBeUndefined()
    lived.ms += 1
    expect(slow.listener.report()).toMatchObject({ lag: 3, behindForMs: 60_001 })
    expect(troubleOfFeed(slow.listener.report(), 60_000)).toMatch(
      /^the feed of .* is too far behind$/,
    )
    release()
    await slow.listener.settle()
    expect(slow.listener.report()).toMatchObject({ lag: 0, caughtUpAt: 61_000 })
    expect(slow.listener.report().behindForMs).toBeUndefined()
  })
})
