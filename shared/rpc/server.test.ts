// A server and its calls, over real connections.
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { permitOn } from '../authorisation/permit.js'
import { turnedClock } from '../clock/turned-clock.js'
import { Refusal } from '../refusal/refusal.js'
import {
  drained,
  EchoClient,
  echoService,
  failureOf,
  HEALTH_BUREAU,
  openTestHouse,
  words,
  type TestHouse,
} from './server.fixture.js'

let house: TestHouse
beforeAll(async () => (house = await openTestHouse()))
afterAll(() => house.close())

describe('a unary call', () => {
  test('is answered, with its caller from the certificate and its stamp from the house clock', async () => {
    const clock = turnedClock(1_000)
    let seen: unknown
    const running = await house.serve(
      {
        say: async (request, { caller, admittedAt, method }) => {
          seen = { caller, admittedAt, method }
          return Promise.resolve(words(`${request.message}！`))
        },
      },
      { clock },
    )
    clock.turnTo(5_000)
    expect(await house.call(running).say(words('你好'))).toEqual(words('你好！'))
    expect(seen).toEqual({
      caller: { kind: 'agency', agency: HEALTH_BUREAU, system: 'registry' },
      admittedAt: 5_000,
      method: 'test.v1.EchoService/Say',
    })
  })

  test('refused carries status, reason, article, field and both languages', async () => {
    const running = await house.serve({
      say: () => {
        throw new Refusal('malformed', 'AGENCY_UNKNOWN', '协调/3', {
          field: 'affected[0].agency',
          agency: 'X',
        })
      },
    })
    const failure = await failureOf(house.call(running).say(words('')))
    expect(failure).toMatchObject({
      status: 'INVALID_ARGUMENT',
      reason: 'AGENCY_UNKNOWN',
      article: '协调/3',
      field: 'affected[0].agency',
      unknownOutcome: false,
    })
    expect(failure.messageZh).toContain('目录中没有')
    expect(failure.messageEn).toContain('the directory has no agency')
  })
})

describe('a server stream', () => {
  test('gives what the handler yields, in order, and ends', async () => {
    const running = await house.serve({
      async *watch() {
        for (let n = 0; n < 1000; n++) yield await Promise.resolve(words(String(n)))
      },
    })
    const got: string[] = []
    for await (const { message } of house.call(running).watch(words(''))) got.push(message)
    expect(got).toEqual(Array.from({ length: 1000 }, (_, n) => String(n)))
  })
})

describe('an upload', () => {
  test('is taken to its end and answered once', async () => {
    const running = await house.serve({})
    const calls = house.call(running)
    expect(await calls.gather([words('a'), words('b'), words('c')])).toEqual(words('abc'))
  })
})

describe('a server', () => {
  test('does not start with a call that has no row', async () => {
    const service = echoService({})
    const { Gather: _, ...rows } = service.rows
    const without = { ...service, rows }
    await expect(house.serve({}, { services: [without] })).rejects.toThrow(
      'no row says who may call test.v1.EchoService/Gather',
    )
    expect(EchoClient.service.gather.path).toBe('/test.v1.EchoService/Gather')
  })
})

describe('a call whose row names a relation', () => {
  const on = { releasing: { open: 'any' } } as const
  test('is answered where its handler asked', async () => {
    const running = await house.serve({
      on,
      say: (request, context) => {
        permitOn(context, ['releasing'], 'any')
        return Promise.resolve(request)
      },
    })
    expect((await house.call(running).say(words('a'))).message).toBe('a')
  })
  test('is not answered where its handler forgot, and the bug is told', async () => {
    const running = await house.serve({ on })
    house.faults.length = 0
    const calls = house.call(running)
    const failures = [
      (await failureOf(calls.say(words('secret')))).status,
      (await drained(calls.watch(words('secret')))).failure?.status,
      (await failureOf(calls.gather([words('secret')]))).status,
    ]
    expect(failures).toEqual(['INTERNAL', 'INTERNAL', 'INTERNAL'])
    expect(house.faults.map(({ error }) => String(error))).toEqual(
      ['Say', 'Watch', 'Gather'].map(
        (call) =>
          `Error: test.v1.EchoService/${call} was answered without asking its row of the table`,
      ),
    )
  })
})
