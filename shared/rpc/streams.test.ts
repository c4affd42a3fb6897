// Streams at the pace of their readers, and their end: by the reader, by slowness, by the stop.
import { connect } from 'node:http2'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { LocalizedMessage } from '../../gen/google/rpc/error_details.js'
import { boundedQueue } from './bounded-queue.js'
import { Ending } from './ending.js'
import {
  drained,
  EchoClient,
  failureOf,
  openTestHouse,
  steady,
  until,
  words,
  type TestHouse,
} from './server.fixture.js'
import type { RunningServer } from './server.js'

let house: TestHouse
beforeAll(async () => (house = await openTestHouse()))
afterAll(() => house.close())

const KIB_64 = 'x'.repeat(65_536)

/** A source without end that counts what was asked of it; `locale` is the cursor. */
function counting() {
  const state = { made: 0, ended: false }
  async function* watch(): AsyncGenerator<LocalizedMessage> {
    try {
      for (;;) {
        // through the event loop, so that a queue without a bound is seen and does not hang the test
        await new Promise((resolve) => setImmediate(resolve))
        yield { locale: String(++state.made), message: KIB_64 }
      }
    } finally {
      state.ended = true
    }
  }
  return { state, watch }
}

/** A reader on bare HTTP/2 that opens the stream and takes nothing until `read`. */
function paused(running: RunningServer) {
  const { ca, key, cert } = house.agency
  const session = connect(`https://localhost:${running.address.split(':')[1]}`, { ca, key, cert })
  const request = session.request({
    ':method': 'POST',
    ':path': EchoClient.service.watch.path,
    'content-type': 'application/grpc',
    te: 'trailers',
  })
  const state = { bytes: Buffer.alloc(0), message: undefined as string | undefined, reset: false }
  request.on('error', () => (state.reset = true))
  request.on('close', () => (state.reset ||= state.message === undefined))
  request.on(
    'trailers',
    (trailers) => (state.message = decodeURI(String(trailers['grpc-message']))),
  )
  request.end(Buffer.from([0, 0, 0, 0, 0])) // one empty message
  return {
    state,
    read: () =>
      request.on('data', (bytes: Buffer) => (state.bytes = Buffer.concat([state.bytes, bytes]))),
    close: () => session.destroy(),
  }
}

/** The cursors of the messages in a stream's bytes. */
function cursorsIn(bytes: Buffer): string[] {
  const cursors: string[] = []
  for (let at = 0; at < bytes.length;) {
    const end = at + 5 + bytes.readUInt32BE(at + 1)
    cursors.push(LocalizedMessage.decode(bytes.subarray(at + 5, end)).locale)
    at = end
  }
  return cursors
}

describe('a reader', () => {
  test('who stops reading stops the handler, within 1 MiB and a little', async () => {
    const { state, watch } = counting()
    const running = await house.serve({ watch })
    const reader = paused(running)
    await steady(() => state.made, 'what the handler has made')
    const made = state.made
    expect(made * 65_536).toBeLessThan(1.5 * 1_048_576)
    // the control: the same handler goes on as soon as somebody reads
    reader.read()
    await until(() => state.made > made + 100, 'the handler goes on')
    reader.close()
    await until(() => state.ended, 'the handler has ended')
  })
  test('who stays away is cut off for good, and others are not', async () => {
    house.calls.length = 0
    const { state, watch } = counting()
    const running = await house.serve({ watch }, { limits: { slowReaderMs: 1_000, stopMs: 5_000 } })
    const reader = paused(running)
    const reading = house.call(running).watch(words(''))[Symbol.asyncIterator]()
    await until(() => state.ended, 'the slow one is cut off')
    expect(house.calls).toMatchObject([{ status: 'RESOURCE_EXHAUSTED' }])
    await until(() => reader.state.reset, 'its stream is closed')
    for (let n = 0; n < 50; n++) expect((await reading.next()).done).toBe(false)
    await reading.return?.(undefined)
    reader.close()
  })
  test('who comes back too late reads what was sent, then why it ended and where to go on', async () => {
    const { state, watch } = counting()
    const running = await house.serve({ watch }, { limits: { slowReaderMs: 2_000 } })
    const reader = paused(running)
    await until(() => state.ended, 'the stream is cut off')
    reader.read() // before it is cut off for good, another 2 s later
    await until(() => reader.state.message !== undefined, 'the stream has ended')
    const cursors = cursorsIn(reader.state.bytes)
    expect(cursors).toEqual(cursors.map((_, index) => String(index + 1))) // in order, none lost
    expect(reader.state.message).toContain(`“${cursors.at(-1)}”`)
    reader.close()
  })
  test('who breaks off ends the handler', async () => {
    const { state, watch } = counting()
    const running = await house.serve({ watch })
    for await (const _ of house.call(running).watch(words(''))) break
    await until(() => state.ended, 'the handler has ended')
  })
})

describe('a queue', () => {
  test('lets through what fits, and one longer message when it is empty', async () => {
    const written: (() => void)[] = []
    const call = {
      on: () => call,
      write: (_: unknown, done: () => void) => {
        written.push(done)
        return true
      },
    }
    const ending = new Ending()
    const queue = boundedQueue(call as never, 10, ending)
    expect(await queue.room(50, 1)).toBe('room')
    queue.write(Buffer.alloc(50))
    expect(await queue.room(1, 1)).toBe('slow')
    const waiting = queue.room(1, 10_000)
    written.pop()?.()
    expect(await waiting).toBe('room')
    queue.write(Buffer.alloc(10))
    const ended = queue.room(1, 10_000)
    ending.end()
    expect(await ended).toBe('ended')
  })
})

describe('a stop', () => {
  test('ends streams so that they can be resumed, refuses new calls, lets calls finish', async () => {
    let finish = (): void => {}
    let begun = false
    const running = await house.serve({
      say: async () => {
        begun = true
        await new Promise<void>((resolve) => (finish = resolve))
        return words('finished')
      },
      async *watch(_, { signal }) {
        yield words('1')
        await new Promise((resolve) => signal.addEventListener('abort', resolve))
      },
    })
    const calls = house.call(running)
    const call = calls.say(words(''))
    const stream = drained(calls.watch(words('')))
    await until(() => begun, 'the call is in')
    const stopped = running.stop()
    expect(await stream).toMatchObject({
      got: ['1'],
      failure: { status: 'UNAVAILABLE', reason: 'STOPPING' },
    })
    expect((await failureOf(calls.say(words('')))).status).toBe('UNAVAILABLE')
    finish()
    expect(await call).toEqual(words('finished'))
    await stopped
    await running.stop() // again, to no harm
  })
  test('takes bounded time where a handler hangs', async () => {
    let begun = false
    const running = await house.serve(
      {
        say: () => {
          begun = true
          return new Promise(() => {})
        },
      },
      { limits: { stopMs: 100 } },
    )
    const call = failureOf(house.call(running).say(words('')))
    await until(() => begun, 'the call is in')
    await running.stop()
    expect((await call).unknownOutcome).toBe(true)
  })
  test('ends a stream whose handler never looks at its signal', async () => {
    let asked = 0
    let told = false
    const running = await house.serve({
      watch: () => ({
        [Symbol.asyncIterator]: () => ({
          next: () =>
            asked++ === 0
              ? Promise.resolve({ done: false as const, value: words('1') })
              : new Promise<never>(() => {}),
          return: () => {
            told = true
            return Promise.resolve({ done: true as const, value: undefined })
          },
        }),
      }),
    })
    const stream = drained(house.call(running).watch(words('')))
    await until(() => asked === 2, 'the handler waits for ever')
    await running.stop()
    expect(await stream).toMatchObject({ got: ['1'], failure: { status: 'UNAVAILABLE' } })
    await until(() => told, 'the handler is told that nobody asks any more')
  })
})
