// A broker that is killed, forgets everything, or is not there: nothing is lost and nothing is refused.
import { connect, nkeyAuthenticator } from 'nats'
import { afterAll, beforeEach, describe, expect, onTestFinished, test } from 'vitest'
import type { Bus } from '../../shared/bus/bus.js'
import { encodeFrame } from '../../shared/bus/frame.js'
import { jetStreamBus } from '../../shared/bus/jetstream-bus.js'
import type { Cursor, Listener } from '../../shared/bus/listener.js'
import { listener } from '../../shared/bus/listener.js'
import type { Relay } from '../../shared/bus/relay.js'
import { relay } from '../../shared/bus/relay.js'
import { turnedClock } from '../../shared/clock/turned-clock.js'
import type { TestNats } from '../servers/nats.js'
import { natsForTests, natsIsHere } from '../servers/nats.js'
import { MemoryFeed, until } from './feeds.js'

const NEVER_MS = 1_000_000_000 // the sweep would find everything: here the bus has to
const isHere = await natsIsHere()

describe.skipIf(!isHere)('a broker', () => {
  const running: TestNats[] = []
  let nats: TestNats
  beforeEach(async () => {
    nats = await natsForTests([
      { name: 'alpha', source: 'alpha', hears: [] },
      { name: 'beta', hears: ['alpha'] },
    ])
    running.push(nats)
  })
  afterAll(() => Promise.all(running.map((one) => one.stop())))

  const join = async (name: string, firstConnectMs = 3_000): Promise<Bus> => {
    const bus = await jetStreamBus({
      servers: [nats.url],
      name,
      nkeySeed: nats.key(name).seed,
      firstConnectMs,
    })
    onTestFinished(() => bus.close())
    return bus
  }

  /** A source with its relay, and a listener to it in another place, over the broker. */
  async function line(): Promise<{
    feed: MemoryFeed
    relayed: Relay
    hearing: Listener
    heard: string[]
    reads: () => number
  }> {
    const [feed, heard] = [new MemoryFeed('inc-1'), [] as string[]]
    let cursor: Cursor | undefined
    let reads = 0
    const clock = turnedClock(0)
    const relayed = relay(feed, await join('alpha'), { source: 'alpha', clock })
    const hearing = listener({
      source: 'alpha',
      bus: await join('beta'),
      readFeed: (after, limit) => {
        reads += 1
        return feed.tail(after, limit)
      },
      load: () => Promise.resolve(cursor),
      handle: (entries, next) => {
        heard.push(...entries.map(({ announcement }) => Buffer.from(announcement).toString()))
        cursor = next
        return Promise.resolve()
      },
      quarantine: () => Promise.reject(new Error('nothing here is poison')),
      clock,
      onAlarm: ({ detail }) => {
        throw new Error(detail)
      },
      sweepEveryMs: NEVER_MS,
    })
    onTestFinished(async () => {
      await relayed.stop()
      await hearing.stop()
    })
    await relayed.start()
    await hearing.start()
    await hearing.settle()
    return { feed, relayed, hearing, heard, reads: () => reads }
  }

  test('carries what is recorded, without a reading of the feed', async () => {
    const { feed, heard, reads } = await line()
    const before = reads()
    for (let index = 0; index < 50; index++) feed.record(`a${index}`, `b${index}`)
    await until('all heard', () => heard.length === 100)
    expect(heard).toEqual(feed.entries.map(({ announcement }) => announcement.toString()))
    expect(reads()).toBe(before)
  })

  test('that was killed and came back carries on, without a new call', async () => {
    const { feed, relayed, heard } = await line()
    for (let kill = 1; kill <= 3; kill++) {
      feed.record(`${kill} before`)
      await until('heard before', () => heard.at(-1) === `${kill} before`)
      await nats.kill()
      feed.record(`${kill} while it was down`)
      await relayed.idle()
      expect(relayed.report().announced).toBeLessThan(relayed.report().head)
      await nats.restart()
      await until('heard after', () => heard.at(-1) === `${kill} while it was down`)
    }
    expect(heard).toHaveLength(6)
  }, 60_000)

  test('that forgot everything heals: stream and consumers are made anew, nothing is lost', async () => {
    const { feed, relayed, heard } = await line()
    const texts: string[] = []
    for (let wipe = 1; wipe <= 3; wipe++) {
      texts.push(`${wipe} before`, `${wipe} while it was down`, `${wipe} after`)
      feed.record(`${wipe} before`)
      await relayed.idle()
      await nats.kill()
      nats.wipe()
      feed.record(`${wipe} while it was down`)
      await nats.restart()
      await until('announced again', () => relayed.report().announced === feed.entries.length)
      feed.record(`${wipe} after`)
      await until('heard after', () => heard.length === texts.length)
    }
    expect(heard).toEqual(texts)
  }, 60_000)

  test('that dies before it acknowledged fails the announcement then, not at its time-out', async () => {
    const bus = await join('alpha')
    const feed = new MemoryFeed('inc-1')
    feed.record('one')
    nats.freeze()
    const announced = bus.announce([feed.frame('alpha', 1, 1)])
    const failed = expect(announced).rejects.toThrow(/lost/)
    await nats.kill()
    await failed
    await nats.restart()
  })

  test('that stood still is noticed by its missing heartbeats, and heard again afterwards', async () => {
    const troubles: string[] = []
    const bus = await jetStreamBus({
      servers: [nats.url],
      name: 'beta',
      nkeySeed: nats.key('beta').seed,
      onTrouble: (what) => troubles.push(what),
    })
    onTestFinished(() => bus.close())
    const heard: number[] = []
    await bus.hear('alpha', (frame) => heard.push(frame.entries[0]!.sequence))
    const announcer = await join('alpha')
    nats.freeze()
    await until('noticed', () => troubles.some((what) => what.includes('heartbeats_missed')))
    nats.thaw()
    const feed = new MemoryFeed('inc-1')
    feed.record('one')
    await announcer.announce([feed.frame('alpha', 1, 1)])
    await until('heard', () => heard.length === 1)
  })

  test('that carries bytes which are no frame does not disturb those that are', async () => {
    const troubles: string[] = []
    const bus = await jetStreamBus({
      servers: [nats.url],
      name: 'beta',
      nkeySeed: nats.key('beta').seed,
      onTrouble: (what) => troubles.push(what),
    })
    onTestFinished(() => bus.close())
    const heard: number[] = []
    await bus.hear('alpha', (frame) => heard.push(frame.entries[0]!.sequence))
    const nc = await connect({
      servers: nats.url,
      authenticator: nkeyAuthenticator(new TextEncoder().encode(nats.key('alpha').seed)),
    })
    onTestFinished(() => nc.close())
    const feed = new MemoryFeed('inc-1')
    feed.record('one')
    for (const text of ['', 'no frame', '\u0000\u0001\u0002', 'x'.repeat(60_000)])
      nc.publish('evt.v1.alpha.0', text)
    nc.publish('evt.v1.alpha.0', encodeFrame(feed.frame('other', 1, 1)))
    nc.publish('evt.v1.alpha.0', encodeFrame(feed.frame('alpha', 1, 1)))
    await until('heard', () => heard.length === 1)
    expect(troubles).toEqual(Array.from({ length: 5 }, () => 'a frame of alpha was dropped'))
  })

  test('that is down at start is waited for; the bus says why it is silent', async () => {
    await nats.kill()
    const bus = await join('alpha', 200)
    expect(bus.state().connected).toBe(false)
    expect(bus.state().why).toMatch(/refused/i)
    const feed = new MemoryFeed('inc-1')
    feed.record('one')
    await expect(bus.announce([feed.frame('alpha', 1, 1)])).rejects.toThrow(/not there/)
    const hearer = await join('beta', 200)
    const heard: number[] = []
    await hearer.hear('alpha', (frame) => heard.push(frame.entries[0]!.sequence))
    await nats.restart()
    await until('connected', () => bus.state().connected)
    await bus.announce([feed.frame('alpha', 1, 1)])
    await until('heard', () => heard.length === 1)
  })

  test('whose last frame came before the hearer tells it where the source stands', async () => {
    const bus = await join('alpha')
    const feed = new MemoryFeed('inc-1')
    feed.record('one', 'two', 'three')
    await bus.announce([feed.frame('alpha', 1, 2), feed.frame('alpha', 3, 3)])
    const heard: number[] = []
    await (await join('beta')).hear('alpha', (frame) => heard.push(frame.entries[0]!.sequence))
    await until('heard', () => heard.length > 0)
    expect(heard).toEqual([3])
  })

  test('takes the same frame twice as one', async () => {
    const [announcer, hearer] = [await join('alpha'), await join('beta')]
    const feed = new MemoryFeed('inc-1')
    feed.record('one', 'two')
    const heard: number[] = []
    await hearer.hear('alpha', (frame) => heard.push(frame.entries.length))
    await announcer.announce([feed.frame('alpha', 1, 1)])
    await announcer.announce([feed.frame('alpha', 1, 1)])
    await announcer.announce([feed.frame('alpha', 1, 2)]) // longer: it is not the same
    await until('heard', () => heard.includes(2))
    expect(heard).toEqual([1, 2])
  })
})
