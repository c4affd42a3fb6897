// A relay must announce everything that is recorded, whatever the broker does meanwhile.
import { describe, expect, onTestFinished, test } from 'vitest'
import type { Bus, Frame } from '../../shared/bus/bus.js'
import { inProcessBus } from '../../shared/bus/in-process-bus.js'
import type { Relay, RelayOptions } from '../../shared/bus/relay.js'
import { relay } from '../../shared/bus/relay.js'
import { turnedClock } from '../../shared/clock/turned-clock.js'
import { MemoryFeed, until } from './feeds.js'

/** A real bus whose line can be cut. */
function cuttable(): { bus: Bus; cut(): void; mend(): void } {
  const line = inProcessBus()
  let cut = false
  const bus: Bus = {
    ...line,
    announce: (frames) =>
      cut ? Promise.reject(new Error('the line is cut')) : line.announce(frames),
  }
  return { bus, cut: () => void (cut = true), mend: () => void (cut = false) }
}

async function relaying(
  feed: MemoryFeed,
  bus: Bus,
  options: Partial<RelayOptions> = {},
): Promise<Relay> {
  const made = relay(feed, bus, { source: 'alpha', clock: turnedClock(5_000), ...options })
  onTestFinished(() => made.stop())
  await made.start()
  return made
}

async function hearing(bus: Bus): Promise<Frame[]> {
  const frames: Frame[] = []
  await bus.hear('alpha', (frame) => frames.push(frame))
  return frames
}

const sequences = (frames: Frame[]): number[] =>
  frames.flatMap(({ entries }) => entries.map(({ sequence }) => sequence))
const upTo = (last: number): number[] => Array.from({ length: last }, (_, index) => index + 1)
const texts = (count: number): string[] => upTo(count).map((index) => `event ${index}`)

/** Does something so many turns of the microtask queue later. */
async function laterBy(turns: number, act: () => unknown): Promise<void> {
  for (let turn = 0; turn < turns; turn++) await Promise.resolve()
  act()
}

describe('a relay', () => {
  test('announces what is recorded, in order and many entries a frame', async () => {
    const [feed, { bus }] = [new MemoryFeed('inc-1'), cuttable()]
    const heard = await hearing(bus)
    const relayed = await relaying(feed, bus)
    feed.record(...texts(2_300))
    feed.record('last')
    await relayed.idle()
    await until('heard', () => sequences(heard).length >= 2_301)
    expect(sequences(heard)).toEqual(upTo(2_301))
    expect(heard.length).toBeLessThan(30)
    expect(relayed.report()).toEqual({ head: 2_301, announced: 2_301 })
  })

  test('at start announces what an earlier run recorded and did not announce', async () => {
    const [feed, { bus }] = [new MemoryFeed('inc-1'), cuttable()]
    feed.record(...texts(10))
    const heard = await hearing(bus)
    const kept = new Map([['inc-1', 7]])
    const mark = {
      load: (incarnation: string) => Promise.resolve(kept.get(incarnation)),
      save: (incarnation: string, sequence: number) =>
        Promise.resolve(void kept.set(incarnation, sequence)),
    }
    const relayed = await relaying(feed, bus, { mark })
    await relayed.idle()
    await until('heard', () => heard.length > 0)
    expect(sequences(heard)).toEqual([8, 9, 10])
    await relayed.stop()
    expect([...kept]).toEqual([['inc-1', 10]])
  })

  test.each([
    ['another incarnation', 'inc-0', 3_400],
    ['a future that was undone', 'inc-1', 9_999],
  ])('with a mark of %s announces the last page again', async (_, of, at) => {
    const [feed, { bus }] = [new MemoryFeed('inc-1'), cuttable()]
    feed.record(...texts(3_500))
    const heard = await hearing(bus)
    const mark = {
      load: (incarnation: string) => Promise.resolve(incarnation === of ? at : undefined),
      save: () => Promise.resolve(),
    }
    await (await relaying(feed, bus, { mark })).idle()
    await until('heard', () => sequences(heard).at(-1) === 3_500)
    expect(sequences(heard)).toEqual(upTo(3_500).slice(2_500))
  })

  test('whose broker is down refuses nothing, says so, and catches up by itself', async () => {
    const [feed, { bus, cut, mend }] = [new MemoryFeed('inc-1'), cuttable()]
    const errors: unknown[] = []
    const heard = await hearing(bus)
    const relayed = await relaying(feed, bus, { onError: (error) => errors.push(error) })
    cut()
    feed.record('a', 'b')
    await relayed.idle() // resolves although nothing can be announced
    expect(relayed.report()).toEqual({
      head: 2,
      announced: 0,
      degradedSince: 5_000,
      lastError: 'Error: the line is cut',
    })
    feed.record('c')
    mend()
    await until('caught up', () => sequences(heard).length === 3)
    expect(sequences(heard)).toEqual([1, 2, 3])
    await until('well again', () => relayed.report().degradedSince === undefined)
    expect(errors).toHaveLength(1)
  })

  test('that was asked to be idle tries at once, however long it waited before', async () => {
    const [feed, { bus, cut, mend }] = [new MemoryFeed('inc-1'), cuttable()]
    const relayed = await relaying(feed, bus)
    cut()
    feed.record('a')
    for (let outage = 0; outage < 8; outage++) await relayed.idle()
    mend()
    await relayed.idle()
    expect(relayed.report()).toEqual({ head: 1, announced: 1 })
  })

  test('misses no commit that comes in the very moment in which it believes to be done', async () => {
    for (let depth = 0; depth < 24; depth++) {
      const [feed, { bus }] = [new MemoryFeed('inc-1'), cuttable()]
      const heard = await hearing(bus)
      let late = 1
      const record = {
        head: () => feed.head(),
        onCommit: (listener: (head: number) => void) => feed.onCommit(listener),
        async tail(after: number, limit: number) {
          const page = await feed.tail(after, limit)
          if (page.entries.length === 0 && late-- > 0)
            void laterBy(depth, () => feed.record('late'))
          return page
        },
      }
      const relayed = relay(record, bus, { source: 'alpha', clock: turnedClock(0) })
      await relayed.start()
      await until(`announced at depth ${depth}`, () => sequences(heard).length === 1, 2_000)
      await relayed.stop()
    }
  })

  test('that was stopped announces nothing more', async () => {
    const [feed, { bus }] = [new MemoryFeed('inc-1'), cuttable()]
    const heard = await hearing(bus)
    const relayed = await relaying(feed, bus)
    feed.record('a')
    await relayed.idle()
    await relayed.stop()
    feed.record('b')
    await relayed.idle()
    await new Promise((resolve) => setImmediate(resolve))
    expect(sequences(heard)).toEqual([1])
  })
})
