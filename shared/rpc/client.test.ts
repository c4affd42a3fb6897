// Calls as their callers make them.
import { connect as dial, createServer, type AddressInfo } from 'node:net'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { Refusal } from '../refusal/refusal.js'
import { askAgain } from './ask-again.js'
import { CallFailed } from './call-failed.js'
import { connect } from './client.js'
import {
  EchoClient,
  failureOf,
  openTestHouse,
  steady,
  until,
  words,
  type TestHouse,
} from './server.fixture.js'

let house: TestHouse
beforeAll(async () => (house = await openTestHouse()))
afterAll(() => house.close())

const never = () => new Promise<never>(() => {})

describe('a deadline', () => {
  test('is the server’s where the caller’s is longer: an unknown outcome, in both languages', async () => {
    let aborted = false
    const running = await house.serve(
      {
        say: (_, { signal }) => {
          signal.addEventListener('abort', () => (aborted = true))
          return never()
        },
      },
      { limits: { unaryMs: 50 } },
    )
    const failure = await failureOf(house.call(running).say(words(''), { deadlineMs: 60_000 }))
    expect(failure).toMatchObject({
      status: 'DEADLINE_EXCEEDED',
      reason: 'DEADLINE_PASSED',
      unknownOutcome: true,
    })
    expect(failure.messageZh).toContain('request_id')
    expect(aborted).toBe(true)
  })
  test('is never above 10 s for a unary call, whatever is configured or asked', async () => {
    let left = 0
    const running = await house.serve(
      {
        say: (request, { deadline }) => {
          left = deadline - (performance.timeOrigin + performance.now())
          return Promise.resolve(request)
        },
      },
      { limits: { unaryMs: 3_600_000 } },
    )
    await house.call(running).say(words(''), { deadlineMs: 3_600_000 })
    expect(left).toBeGreaterThan(5_000)
    expect(left).toBeLessThanOrEqual(10_001)
  })
  test('is the caller’s where that is shorter, and its handler is told', async () => {
    let aborted = false
    const running = await house.serve({
      say: (_, { signal }) => {
        signal.addEventListener('abort', () => (aborted = true))
        return never()
      },
    })
    const failure = await failureOf(house.call(running).say(words(''), { deadlineMs: 100 }))
    expect(failure.status).toBe('DEADLINE_EXCEEDED')
    await until(() => aborted, 'the handler is told')
  })
  test('and the end of the outer call are those of a call made within it', async () => {
    const running = await house.serve({ say: never })
    const calls = house.call(running)
    const outer = new AbortController()
    const inner = failureOf(
      calls.say(words(''), { within: { deadline: Infinity, signal: outer.signal } }),
    )
    outer.abort()
    expect((await inner).status).toBe('CANCELLED')
    const late = {
      deadline: performance.timeOrigin + performance.now() + 50,
      signal: new AbortController().signal,
    }
    expect((await failureOf(calls.say(words(''), { within: late }))).status).toBe(
      'DEADLINE_EXCEEDED',
    )
  })
})

describe('an unknown outcome', () => {
  test('is asked again with the same request until there is an answer', async () => {
    const asked: string[] = []
    const running = await house.serve({
      say: (request) => {
        asked.push(request.locale)
        if (asked.length === 1) throw new Error('a bug')
        if (asked.length === 2)
          throw new Refusal('in-doubt', 'IN_DOUBT', 'house/doubt', { why: 'x' })
        return Promise.resolve(words('done'))
      },
    })
    const waits: number[] = []
    const request = words('submit', 'request-1')
    const answer = await askAgain(() => house.call(running).say(request), {
      attempts: 5,
      backoff: (made) => made * 10,
      wait: (ms) => Promise.resolve(void waits.push(ms)),
    })
    expect([answer, asked, waits]).toEqual([
      words('done'),
      ['request-1', 'request-1', 'request-1'],
      [10, 20],
    ])
  })
  test('is given up after so many attempts; a known one is never asked again', async () => {
    let asked = 0
    const fails = (code: number) => () => {
      asked++
      return Promise.reject(new CallFailed(code, 'X', '', '', '', undefined, {}))
    }
    const twice = { attempts: 2, backoff: () => 0, wait: () => Promise.resolve() }
    for (const [code, times] of [
      [1, 2],
      [4, 2],
      [13, 2],
      [14, 2],
      [8, 2],
      [3, 1],
      [5, 1],
      [9, 1],
      [10, 1],
      [16, 1],
    ] as const) {
      asked = 0
      await expect(askAgain(fails(code), twice)).rejects.toBeInstanceOf(CallFailed)
      expect([code, asked]).toEqual([code, times])
    }
  })
  test('is what a call to nobody has', async () => {
    const calls = connect(EchoClient, '127.0.0.1:1', house.agency)
    expect(await failureOf(calls.say(words('')))).toMatchObject({
      status: 'UNAVAILABLE',
      reason: '',
      unknownOutcome: true,
    })
    calls.close()
  })
})

describe('a connection', () => {
  test('is shared by all clients of a target that show the same certificate, and by no others', async () => {
    const running = await house.serve({})
    let connections = 0
    const between = createServer((socket) => {
      connections++
      const onward = dial({ host: '127.0.0.1', port: Number(running.address.split(':')[1]) })
      socket.pipe(onward).pipe(socket)
      for (const each of [socket, onward]) each.on('error', () => {})
    })
    await new Promise<void>((resolve) => between.listen(0, '127.0.0.1', resolve))
    const address = `127.0.0.1:${(between.address() as AddressInfo).port}`
    const open = [house.service, house.service, house.service, house.agency].map((as) =>
      connect(EchoClient, address, as),
    )
    for (const calls of open.slice(0, 3)) await calls.say(words(''))
    expect(connections).toBe(1)
    await open[3]?.say(words(''))
    expect(connections).toBe(2)
    for (const calls of open) calls.close()
    between.close()
  })
})

describe('an upload', () => {
  test('that is refused midway stops taking from its source', async () => {
    const running = await house.serve({
      async gather(requests) {
        for await (const { message } of requests)
          if (message === '5')
            throw new Refusal('malformed', 'ATTACHMENT_TOO_LARGE', 'house/x', { field: 'chunk' })
        return words('')
      },
    })
    let given = 0
    async function* endless() {
      for (;;) yield await Promise.resolve(words(String(++given)))
    }
    expect(await failureOf(house.call(running).gather(endless()))).toMatchObject({
      reason: 'ATTACHMENT_TOO_LARGE',
      field: 'chunk',
    })
    expect(given).toBeLessThan(100_000)
  })
  test('waits for its receiver', async () => {
    let go: (() => void) | undefined
    const running = await house.serve({
      async gather(requests) {
        await new Promise<void>((resolve) => (go = resolve))
        let bytes = 0
        for await (const { message } of requests) bytes += message.length
        return words(String(bytes))
      },
    })
    let given = 0
    function* chunks() {
      for (; given < 400; given++) yield words('x'.repeat(65_536))
    }
    const answer = house.call(running).gather(chunks())
    await until(() => go !== undefined, 'the handler runs')
    await steady(() => given, 'what the source has given')
    expect(given).toBeLessThan(100) // of 400
    go?.()
    expect(await answer).toEqual(words(String(400 * 65_536)))
  })
  test('whose source fails is called off, and says why', async () => {
    let begun = false
    let ended = false
    const running = await house.serve({
      async gather(requests) {
        begun = true
        try {
          for await (const _ of requests);
        } finally {
          ended = true
        }
        return words('')
      },
    })
    async function* broken() {
      yield words('1')
      await until(() => begun, 'the server has begun')
      throw new Error('the file is gone')
    }
    await expect(house.call(running).gather(broken())).rejects.toThrow('the file is gone')
    await until(() => ended, 'the server knows')
  })
})
