// What a handler may do wrong, and what callers may send. Never does the process end, never does a
// word of an exception get out, and never is a call left without an answer.
import { Client, credentials, Metadata, status, type ServiceError } from '@grpc/grpc-js'
import { LocalizedMessage } from '../../gen/google/rpc/error_details.js'
import { Status } from '../../gen/google/rpc/status.js'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { Refusal, type RefusalKind } from '../refusal/refusal.js'
import {
  drained,
  EchoClient,
  failureOf,
  openTestHouse,
  until,
  words,
  type TestHouse,
} from './server.fixture.js'
import type { RunningServer } from './server.js'
import { DETAILS_KEY } from './status.js'

const CANARY = 'CANARY draft 水库'
const GENERIC = { status: 'INTERNAL', reason: 'INTERNAL_ERROR', unknownOutcome: true }

let house: TestHouse
const uncaught: unknown[] = []
const note = (error: unknown): void => void uncaught.push(error)
beforeAll(async () => {
  house = await openTestHouse()
  process.on('unhandledRejection', note)
  process.on('uncaughtException', note)
})
afterEach(() => {
  expect(uncaught.splice(0)).toEqual([])
  house.faults.length = 0
})
afterAll(async () => {
  process.off('unhandledRejection', note)
  process.off('uncaughtException', note)
  await house.close()
})

/** A call without our client: what is really on the wire. */
function raw(
  running: RunningServer,
  request: Buffer,
  options: object = {},
  metadata = new Metadata(),
) {
  const { ca, key, cert } = house.agency
  const secure = credentials.createSsl(Buffer.from(ca), Buffer.from(key), Buffer.from(cert))
  const client = new Client(running.address, secure, {
    'grpc.ssl_target_name_override': 'localhost',
    ...options,
  })
  const same = (bytes: Buffer): Buffer => bytes
  return new Promise<{ error: ServiceError | null; bytes: Buffer | undefined }>((resolve) => {
    client.makeUnaryRequest(
      EchoClient.service.say.path,
      same,
      same,
      request,
      metadata,
      (error, bytes) => {
        client.close()
        resolve({ error, bytes })
      },
    )
  })
}

describe('a handler', () => {
  test.each([
    [
      'throws at once',
      () => {
        throw new Error(CANARY)
      },
    ],
    ['rejects', () => Promise.reject(new Error(CANARY))],
    ['rejects with what is no error', () => Promise.reject(CANARY)],
    ['rejects with nothing', () => Promise.reject(undefined)],
    ['answers nothing', () => Promise.resolve(undefined as never)],
    [
      'answers what cannot be written',
      () =>
        Promise.resolve({
          locale: '',
          get message(): string {
            throw new Error(CANARY)
          },
        }),
    ],
    ['answers more than a message may hold', () => Promise.resolve(words('x'.repeat(1_100_000)))],
  ])('that %s is answered INTERNAL in general words, and told inside', async (_, say) => {
    const running = await house.serve({ say })
    const calls = house.call(running)
    const failure = await failureOf(calls.say(words('')))
    expect(failure).toMatchObject(GENERIC)
    expect(JSON.stringify([failure, failure.cause])).not.toContain('CANARY')
    expect(house.faults).toHaveLength(1)
    await running.stop()
  })
  test.each([
    [
      'at once',
      () => {
        throw new Error(CANARY)
      },
      0,
    ],
    [
      'before the first message',
      async function* () {
        await Promise.resolve()
        throw new Error(CANARY)
      },
      0,
    ],
    [
      'after the first message',
      async function* () {
        yield await Promise.resolve(words('1'))
        throw new Error(CANARY)
      },
      1,
    ],
  ])('of a stream that throws %s is answered INTERNAL', async (_, watch, before) => {
    const running = await house.serve({ watch: watch as never })
    const { got, failure } = await drained(house.call(running).watch(words('')))
    expect(got).toHaveLength(before)
    expect(failure).toMatchObject(GENERIC)
    expect(JSON.stringify(failure)).not.toContain('CANARY')
    expect(house.faults).toHaveLength(1)
  })
  test('of an upload that throws midway is answered INTERNAL', async () => {
    const running = await house.serve({
      async gather(requests) {
        for await (const request of requests) if (request.message === '3') throw new Error(CANARY)
        return words('')
      },
    })
    const endless = function* () {
      for (let n = 0; ; n++) yield words(String(n))
    }
    expect(await failureOf(house.call(running).gather(endless()))).toMatchObject(GENERIC)
  })
  test('that throws after its caller has gone stops nothing, and is told inside', async () => {
    let fail: ((error: Error) => void) | undefined
    const running = await house.serve({ say: () => new Promise((_, reject) => (fail = reject)) })
    const gone = new AbortController()
    const call = failureOf(house.call(running).say(words(''), { signal: gone.signal }))
    await until(() => fail !== undefined, 'the handler runs')
    gone.abort()
    expect((await call).status).toBe('CANCELLED')
    await until(() => house.calls.some((each) => each.status === 'CANCELLED'), 'the server knows')
    fail?.(new Error(CANARY))
    await until(() => house.faults.length === 1, 'the fault is told')
  })
})

describe('a caller', () => {
  test('who sends what cannot be read is told so', async () => {
    const running = await house.serve({})
    const { error } = await raw(running, Buffer.from([0x0a, 0xff, 0xff, 0xff, 0xff, 0x0f]))
    expect(error?.code).toBe(status.INVALID_ARGUMENT)
    expect(error?.details).toContain('cannot be read')
    expect(house.faults).toEqual([])
  })
  test('who sends more than 1 MiB is refused; just below it is taken', async () => {
    const running = await house.serve({
      say: ({ message }) => Promise.resolve(words(String(message.length))),
    })
    const calls = house.call(running)
    expect((await calls.say(words('x'.repeat(1_048_000)))).message).toBe('1048000')
    expect((await failureOf(calls.say(words('x'.repeat(1_048_577))))).status).toBe(
      'RESOURCE_EXHAUSTED',
    )
  })
  test('who sends little that unpacks to much is refused', async () => {
    const running = await house.serve({})
    const bomb = Buffer.from(LocalizedMessage.encode(words('0'.repeat(50_000_000))).finish())
    const gzip = { 'grpc.default_compression_algorithm': 2 }
    const before = process.memoryUsage().rss
    const { error } = await raw(running, bomb, gzip)
    expect(error?.code).toBe(status.RESOURCE_EXHAUSTED)
    expect(process.memoryUsage().rss - before).toBeLessThan(200_000_000)
    const small = await raw(
      running,
      Buffer.from(LocalizedMessage.encode(words('ok')).finish()),
      gzip,
    )
    expect(small.error).toBeNull() // packed, but small
  })
  test('whose metadata are large does not stop anything', async () => {
    const running = await house.serve({})
    const metadata = new Metadata()
    for (let n = 0; n < 200; n++) metadata.set(`x-${n}`, 'x'.repeat(1000))
    await raw(running, Buffer.alloc(0), {}, metadata)
    expect(await house.call(running).say(words('still here'))).toEqual(words('still here'))
  })
})

describe('a refusal', () => {
  const kinds: [RefusalKind, string][] = [
    ['malformed', 'INVALID_ARGUMENT'],
    ['not-found', 'NOT_FOUND'],
    ['forbidden', 'PERMISSION_DENIED'],
    ['unauthenticated', 'UNAUTHENTICATED'],
    ['out-of-order', 'FAILED_PRECONDITION'],
    ['overtaken', 'ABORTED'],
    ['overloaded', 'RESOURCE_EXHAUSTED'],
    ['in-doubt', 'UNAVAILABLE'],
  ]
  test.each(kinds)('of kind %s is %s', async (kind, expected) => {
    const running = await house.serve({
      say: () => {
        throw new Refusal(kind, 'OVERTAKEN', 'house/x')
      },
    })
    const { error } = await raw(running, Buffer.alloc(0))
    const [bytes] = error?.metadata.get(DETAILS_KEY) ?? []
    const said = Status.decode(bytes as Buffer)
    expect([status[error?.code ?? 0], status[said.code]]).toEqual([expected, expected])
    const types = said.details.map(({ typeUrl }) =>
      typeUrl.replace('type.googleapis.com/google.rpc.', ''),
    )
    const retries = ['overloaded', 'in-doubt'].includes(kind)
    expect(types).toEqual([
      'ErrorInfo',
      'LocalizedMessage',
      'LocalizedMessage',
      ...(retries ? ['RetryInfo'] : []),
    ])
  })
  test('of what does not exist and of what is another’s are the same, byte for byte', async () => {
    const refusals = [
      new Refusal('not-found', 'NOT_FOUND', '协调/6.2', { release: 'a' }),
      new Refusal('not-found', 'AGENCY_UNKNOWN', 'house/relation', {
        agency: CANARY,
        field: 'agency',
      }),
    ]
    const running = await house.serve({
      say: ({ message }) => {
        throw refusals[Number(message)] ?? new Error('none')
      },
    })
    const wire = async (n: string) => {
      const { error } = await raw(running, Buffer.from(LocalizedMessage.encode(words(n)).finish()))
      const [bytes] = error?.metadata.get(DETAILS_KEY) ?? []
      return [error?.code, error?.details, (bytes as Buffer).toString('hex')]
    }
    expect(await wire('0')).toEqual(await wire('1'))
    expect((await wire('0'))[0]).toBe(status.NOT_FOUND)
    // and two other refusals differ, as this comparison would show
    refusals[0] = new Refusal('malformed', 'PAGE_TOKEN', 'a')
    refusals[1] = new Refusal('malformed', 'PAGE_TOKEN', 'b')
    expect(await wire('0')).not.toEqual(await wire('1'))
  })
  test('of long and broken texts still arrives whole, within 8 KiB of headers', async () => {
    const long = '机'.repeat(5000)
    const params = Object.fromEntries(Array.from({ length: 20 }, (_, n) => [`p${n}`, long]))
    const refusal = new Refusal('malformed', 'FIELD_VALUE', long, {
      ...params,
      field: long,
      value: `${long}\ud800`,
      why: '\udfff%\n',
    })
    const running = await house.serve({
      say: () => {
        throw refusal
      },
    })
    const { error } = await raw(running, Buffer.alloc(0))
    expect(error?.code).toBe(status.INVALID_ARGUMENT)
    const [bytes] = error?.metadata.get(DETAILS_KEY) ?? []
    const headers =
      Math.ceil(((bytes as Buffer).length * 4) / 3) + encodeURI(error?.details ?? '').length
    expect(headers).toBeLessThan(8000)
    const failure = await failureOf(house.call(running).say(words('')))
    expect(failure).toMatchObject({ reason: 'FIELD_VALUE', status: 'INVALID_ARGUMENT' })
    expect(failure.messageZh).toMatch(/^机+/)
  })
  test('of half a character arrives', async () => {
    const running = await house.serve({
      say: () => {
        throw new Refusal('malformed', 'FIELD_VALUE', 'x', {
          field: 'f',
          value: '\ud800',
          why: '\udfff',
        })
      },
    })
    const failure = await failureOf(house.call(running).say(words(''), { deadlineMs: 5_000 }))
    expect(failure).toMatchObject({ status: 'INVALID_ARGUMENT', params: { value: '\uFFFD' } })
  })
})
