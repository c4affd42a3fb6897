import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { afterEach, describe, expect, test } from 'vitest'
import { MailboxServiceClient } from '../../gen/huiqian/delivery/v1/delivery.js'
import type { MailboxEntry, WatchMailboxResponse } from '../../gen/huiqian/delivery/v1/delivery.js'
import { CallFailed } from '../../shared/rpc/call-failed.js'
import { connect } from '../../shared/rpc/client.js'
import type { ServerOptions } from '../../shared/rpc/server.js'
import { HEALTH, openDeliveryHouse, START, WATER, type DeliveryHouse } from './service.fixture.js'

let house: DeliveryHouse
afterEach(() => house.close())

async function openHouse(limits?: ServerOptions['limits']): Promise<DeliveryHouse> {
  house = await openDeliveryHouse(limits && { limits })
  for (const agency of [HEALTH, WATER]) await house.directory.designate(agency, START - 1)
  await house.settle()
  return house
}

async function post(count: number, recipient = HEALTH): Promise<void> {
  return postBy(await house.letters(), count, recipient)
}

type Poster = Awaited<ReturnType<DeliveryHouse['letters']>>
async function postBy(poster: Poster, count: number, recipient = HEALTH): Promise<void> {
  for (let left = count; left > 0; left -= 500) {
    const some = Array.from({ length: Math.min(left, 500) }, () => house.letter({ recipient }))
    const { letters } = await poster.postLetters({ letters: some })
    expect(letters.every(({ refusedReason }) => refusedReason === '')).toBe(true)
  }
}

type Stream = AsyncIterator<WatchMailboxResponse>
const streamOf = (responses: AsyncIterable<WatchMailboxResponse>): Stream =>
  responses[Symbol.asyncIterator]()

async function next(stream: Stream): Promise<MailboxEntry> {
  const { value, done } = await stream.next()
  if (done === true || value.entry === undefined) throw new Error('the stream ended')
  return value.entry
}
async function take(stream: Stream, count: number): Promise<number[]> {
  const numbers: number[] = []
  while (numbers.length < count) numbers.push((await next(stream)).number)
  return numbers
}
const numbers = (from: number, to: number) =>
  Array.from({ length: to - from + 1 }, (_, index) => from + index)

async function until(condition: () => boolean): Promise<void> {
  while (!condition()) await new Promise((resolve) => setImmediate(resolve)) // the test's own time bounds it
}

describe('a watched mailbox', () => {
  test('gives what it holds after the cursor, then what arrives, without a gap', async () => {
    const { mailbox } = await openHouse()
    await post(450)
    const health = await mailbox(HEALTH)
    const stream = streamOf(health.watchMailbox({ after: 0 }))
    expect(await take(stream, 450)).toEqual(numbers(1, 450))
    await post(250)
    expect(await take(stream, 250)).toEqual(numbers(451, 700))
    await post(1, WATER)
    await post(1)
    expect(await take(stream, 1)).toEqual([701])
    await stream.return?.()
    const resumed = streamOf(health.watchMailbox({ after: 690 }))
    expect(await take(resumed, 11)).toEqual(numbers(691, 701))
    await resumed.return?.()
  })

  test('gives everything to those who came while letters poured in', async () => {
    const { mailbox } = await openHouse()
    const health = await mailbox(HEALTH)
    const pouring = post(1_000)
    const streams = Array.from({ length: 10 }, () => streamOf(health.watchMailbox({ after: 0 })))
    const taken = Promise.all(streams.map((stream) => take(stream, 1_000)))
    await pouring
    for (const seen of await taken) expect(seen).toEqual(numbers(1, 1_000))
    for (const stream of streams) await stream.return?.()
  })

  test('sends a letter that waited when it arrives', async () => {
    const { mailbox, directory } = await openHouse()
    await directory.designate(HEALTH, undefined)
    await house.settle()
    const stream = streamOf((await mailbox(HEALTH)).watchMailbox({ after: 0 }))
    const first = next(stream)
    await until(() => house.hosted().watching() === 1)
    await post(2)
    await directory.designate(HEALTH, START)
    await house.settle()
    expect((await first).number).toBe(1)
    expect((await next(stream)).number).toBe(2)
    await stream.return?.()
  })

  test('is told that the service stops, and loses nothing by it', async () => {
    const { mailbox } = await openHouse()
    const stream = streamOf((await mailbox(HEALTH)).watchMailbox({ after: 0 }))
    await post(3)
    expect(await take(stream, 3)).toEqual([1, 2, 3])
    const ended = next(stream).catch((error: unknown) => error)
    await house.restart()
    expect(await ended).toMatchObject({ status: 'UNAVAILABLE', reason: 'STOPPING' })
    await post(2)
    const resumed = streamOf((await mailbox(HEALTH)).watchMailbox({ after: 3 }))
    expect(await take(resumed, 2)).toEqual([4, 5])
    await resumed.return?.()
  })
})

describe('a slow reader', () => {
  test('is cut off, and resumes from its cursor without loss', async () => {
    const LETTERS = 6_000 // far more than the windows of a connection and the queue hold
    const { mailbox } = await openHouse({ slowReaderMs: 500, queuedBytesMax: 16_384 })
    await post(LETTERS)
    const health = await mailbox(HEALTH)
    const seen: number[] = []
    let cutOff = 0
    while (seen.length < LETTERS) {
      const stream = streamOf(health.watchMailbox({ after: seen.at(-1) ?? 0 }))
      try {
        seen.push((await next(stream)).number)
        if (cutOff === 0) await until(() => house.hosted().watching() === 0) // reads nothing meanwhile
        while (seen.length < LETTERS) seen.push((await next(stream)).number)
      } catch (error) {
        if (!(error instanceof CallFailed)) throw error
        cutOff++
        expect(error).toMatchObject({ status: 'RESOURCE_EXHAUSTED', reason: 'SLOW_READER' })
        expect(error.params['cursor']).toBe(String(seen.at(-1)))
      } finally {
        await stream.return?.()
      }
    }
    expect(cutOff).toBe(1)
    expect(seen).toEqual(numbers(1, LETTERS))
  })
})

describe('a thousand open streams', () => {
  setFlagsFromString('--expose_gc')
  const collectGarbage = runInNewContext('gc') as () => void
  const heapMb = (): number => {
    collectGarbage()
    return process.memoryUsage().heapUsed / 1_048_576
  }

  test('wake for their own mailbox alone, and grow by nothing however often they wake', async () => {
    const { certificateOf, address } = await openHouse()
    const before = heapMb()
    const clients: { close(): void }[] = []
    const leaving: AbortController[] = []
    const open = async (agency: string): Promise<Stream[]> => {
      const certificate = await certificateOf(`agency/${agency}/oa`)
      return Array.from({ length: 5 }, () => {
        const client = connect(MailboxServiceClient, address(), certificate, {
          ownConnection: true,
        })
        clients.push(client)
        return Array.from({ length: 100 }, () => {
          const leave = new AbortController()
          leaving.push(leave)
          return streamOf(client.watchMailbox({ after: 0 }, { signal: leave.signal }))
        })
      }).flat()
    }
    const [health, water] = [await open(HEALTH), await open(WATER)]
    const woken = { health: 0, water: 0 }
    let lastEntry: MailboxEntry | undefined
    const note = (entry: MailboxEntry): void => {
      lastEntry = entry
      woken.health++
    }
    let firsts = health.map((stream) => next(stream).then(note))
    const quiet = water.map((stream) =>
      next(stream).then(
        () => woken.water++,
        () => undefined,
      ),
    )
    await until(() => house.hosted().watching() === 1_000)
    const idle = heapMb()
    // Client and server together, with their HTTP/2 streams; an idle stream keeps no page and no timer.
    expect((idle - before) / 1_000).toBeLessThan(0.1)

    const poster = await house.letters()
    const rounds = async (count: number): Promise<void> => {
      for (let round = 0; round < count; round++) {
        await postBy(poster, 1)
        await Promise.all(firsts)
        firsts = health.map((stream) => next(stream).then(note))
      }
    }
    const GROWTH_MB = 1
    await rounds(10)
    const warm = heapMb()
    await rounds(40)
    const later = heapMb()
    expect(later - warm).toBeLessThan(GROWTH_MB)
    expect(woken).toEqual({ health: 50 * 500, water: 0 })
    // The gauge sees it when something is kept for each of these 20,000 wake-ups.
    const kept = Array.from({ length: 40 * 500 }, (_, index) => ({ ...lastEntry, number: index }))
    expect(heapMb() - later).toBeGreaterThan(GROWTH_MB)
    expect(kept.length).toBe(20_000)
    expect(house.hosted().watching()).toBe(1_000)

    const ended = firsts.map((first) => first.catch(() => undefined))
    for (const leave of leaving) leave.abort()
    await until(() => house.hosted().watching() === 0)
    await Promise.all([...ended, ...quiet])
    for (const client of clients) client.close()
  }, 120_000)
})
