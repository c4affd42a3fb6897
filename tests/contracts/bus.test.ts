// What every bus must do, over both: in-process and a real JetStream.
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Bus, Frame } from '../../shared/bus/bus.js'
import { inProcessBus } from '../../shared/bus/in-process-bus.js'
import { jetStreamBus } from '../../shared/bus/jetstream-bus.js'
import { natsForTests, natsIsHere } from '../servers/nats.js'
import { MemoryFeed, until } from './feeds.js'

const SOURCES = ['alpha', 'beta', 'gamma', 'delta', 'epsilon']

type House = {
  announcer(source: string): Promise<Bus>
  hearer(): Promise<Bus>
  another(): Promise<Bus>
  close(): Promise<void>
}

function inProcess(): Promise<House> {
  const bus = inProcessBus()
  return Promise.resolve({
    announcer: () => Promise.resolve(bus),
    hearer: () => Promise.resolve(bus),
    another: () => Promise.resolve(inProcessBus()),
    close: () => bus.close(),
  })
}

async function overJetStream(): Promise<House> {
  const nats = await natsForTests([
    ...SOURCES.map((name) => ({ name, source: name, hears: [] })),
    { name: 'hearer', hears: SOURCES },
  ])
  const open: Bus[] = []
  const join = async (name: string): Promise<Bus> => {
    const bus = await jetStreamBus({
      servers: [nats.url],
      name,
      nkeySeed: nats.key(name).seed,
    })
    open.push(bus)
    return bus
  }
  const hearer = await join('hearer') // one for all: two of one name would share a consumer
  return {
    announcer: join,
    hearer: () => Promise.resolve(hearer),
    another: () => join('epsilon'),
    close: async () => {
      await Promise.all(open.map((bus) => bus.close()))
      await nats.stop()
    },
  }
}

const serverIsHere = await natsIsHere()

describe.each([
  ['in process', inProcess, true],
  ['JetStream', overJetStream, serverIsHere],
] as const)('a bus, %s', (_, openHouse, isHere) => {
  describe.skipIf(!isHere)('', () => {
    let house: House
    beforeAll(async () => {
      house = await openHouse()
    })
    afterAll(() => house.close())

    test('brings frames in order, with every byte intact', async () => {
      const feed = new MemoryFeed('inc-1')
      feed.record(...Array.from({ length: 1_200 }, (__, index) => `event ${index} 会签`))
      const heard: Frame[] = []
      const bus = await house.hearer()
      await bus.hear('alpha', (frame) => heard.push(frame))
      const frames = Array.from({ length: 400 }, (__, index) =>
        feed.frame('alpha', index * 3 + 1, index * 3 + 3),
      )
      await (await house.announcer('alpha')).announce(frames)
      await until('all frames heard', () => heard.length >= 400)
      const entries = heard.flatMap((frame) => frame.entries)
      expect(entries.map(plain)).toEqual(feed.entries.map(plain))
      expect(new Set(heard.map(({ incarnation }) => incarnation))).toEqual(new Set(['inc-1']))
    })

    test('tells several hearers, each its own copy, and only of the source they named', async () => {
      const feed = new MemoryFeed('inc-2')
      feed.record('one', 'two')
      const bus = await house.hearer()
      const [first, second, other]: Frame[][] = [[], [], []]
      await bus.hear('beta', (frame) => {
        frame.entries[0]!.announcement.fill(0) // a careless hearer
        first!.push(frame)
      })
      await bus.hear('beta', (frame) => second!.push(frame))
      await bus.hear('gamma', (frame) => other!.push(frame))
      await (await house.announcer('beta')).announce([feed.frame('beta', 1, 2)])
      await until('both heard', () => first!.length === 1 && second!.length === 1)
      expect(second![0]!.entries.map(plain)).toEqual(feed.entries.map(plain))
      expect(other).toEqual([])
    })

    test('goes on telling the others when one hearer throws', async () => {
      const feed = new MemoryFeed('inc-3')
      feed.record('one', 'two')
      const bus = await house.hearer()
      const heard: number[] = []
      await bus.hear('gamma', () => {
        throw new Error('a careless hearer')
      })
      await bus.hear('gamma', (frame) => heard.push(frame.entries[0]!.sequence))
      const announcer = await house.announcer('gamma')
      await announcer.announce([feed.frame('gamma', 1, 1), feed.frame('gamma', 2, 2)])
      await until('both frames heard', () => heard.length === 2)
      expect(heard).toEqual([1, 2])
    })

    test('tells nothing to who stopped, and goes on telling the other', async () => {
      const feed = new MemoryFeed('inc-4')
      feed.record('one', 'two')
      const bus = await house.hearer()
      const [gone, there]: Frame[][] = [[], []]
      const stop = await bus.hear('delta', (frame) => gone!.push(frame))
      await bus.hear('delta', (frame) => there!.push(frame))
      const announcer = await house.announcer('delta')
      await announcer.announce([feed.frame('delta', 1, 1)])
      await until('both heard', () => gone!.length === 1 && there!.length === 1)
      await stop()
      await announcer.announce([feed.frame('delta', 2, 2)])
      await until('the other heard', () => there!.length === 2)
      expect(gone).toHaveLength(1)
    })

    test('refuses frames that are too large, empty, or have a hole', async () => {
      const feed = new MemoryFeed('inc-5')
      feed.record('x'.repeat(65_536), 'two', 'three')
      const announcer = await house.announcer('epsilon')
      await expect(announcer.announce([feed.frame('epsilon', 1, 1)])).rejects.toThrow(/limit/)
      await expect(announcer.announce([feed.frame('epsilon', 2, 1)])).rejects.toThrow(/without/)
      const holed = {
        ...feed.frame('epsilon', 1, 3),
        entries: [feed.entries[0]!, feed.entries[2]!],
      }
      await expect(announcer.announce([holed])).rejects.toThrow(/hole/)
    })

    test('says that it is there, and after its end that it is not', async () => {
      const bus = await house.another()
      expect(bus.state()).toEqual({ connected: true })
      await bus.close()
      expect(bus.state()).toEqual({ connected: false, why: 'closed' })
      const feed = new MemoryFeed('inc-6')
      feed.record('one')
      await expect(bus.announce([feed.frame('epsilon', 1, 1)])).rejects.toThrow()
      await expect(bus.hear('epsilon', () => undefined)).rejects.toThrow()
    })
  })
})

function plain(entry: Frame['entries'][number]): unknown {
  return {
    sequence: entry.sequence,
    kind: entry.kind,
    announcement: Buffer.from(entry.announcement).toString('hex'),
    chain: Buffer.from(entry.chain).toString('hex'),
  }
}
