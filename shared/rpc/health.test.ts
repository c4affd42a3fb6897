// Health and reflection, as common tools see them; both behind the certificate.
import { fileURLToPath } from 'node:url'
import { type Client, credentials, loadPackageDefinition } from '@grpc/grpc-js'
import { loadSync } from '@grpc/proto-loader'
import { service as healthDefinition } from 'grpc-health-check'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { connect } from './client.js'
import { failureOf, openTestHouse, until, type TestHouse } from './server.fixture.js'
import type { RunningServer } from './server.js'

const IMAGE = fileURLToPath(new URL('../../gen/image.binpb', import.meta.url))
const ECHO = 'test.v1.EchoService'

let house: TestHouse
beforeAll(async () => (house = await openTestHouse()))
afterAll(() => house.close())

type Told = { status: string }
const healthOf = (running: RunningServer) => {
  const calls = connect({ service: healthDefinition }, running.address, house.agency, {
    ownConnection: true,
  })
  const call = (name: string) =>
    calls[name] as never as (request: object, options?: object) => never
  const methods = Object.entries(healthDefinition)
  const named = (last: string): string =>
    methods.find(([, { path }]) => path.endsWith(`/${last}`))?.[0] ?? ''
  return {
    check: (service: string): Promise<Told> => call(named('Check'))({ service }),
    watch: (service: string): AsyncIterable<Told> => call(named('Watch'))({ service }),
    list: (): Promise<{ statuses: Record<string, Told> }> => call(named('List'))({}),
    close: calls.close,
  }
}

describe('health', () => {
  test('is what was said of each service, and of all together', async () => {
    const running = await house.serve({})
    const health = healthOf(running)
    expect((await health.check(ECHO)).status).toBe('NOT_SERVING') // until it is said to serve
    running.setServing(ECHO, true)
    expect((await health.check(ECHO)).status).toBe('SERVING')
    expect((await health.check('')).status).toBe('SERVING')
    running.setServing('another.v1.Service', false)
    expect((await health.check('')).status).toBe('NOT_SERVING')
    expect((await health.list()).statuses).toMatchObject({
      '': { status: 'NOT_SERVING' },
      [ECHO]: { status: 'SERVING' },
    })
    expect(await failureOf(health.check('no.such.Service'))).toMatchObject({ status: 'NOT_FOUND' })
    health.close()
  })
  test('that is watched tells each change once, and NOT_SERVING before the stop', async () => {
    const running = await house.serve({})
    const health = healthOf(running)
    const told: string[] = []
    const watching = (async () => {
      for await (const { status } of health.watch(ECHO)) told.push(status)
    })()
    const ended = failureOf(watching)
    for (const [index, serving] of [true, false, true].entries()) {
      await until(() => told.length === index + 1, 'the last state is told')
      running.setServing(ECHO, serving)
      running.setServing(ECHO, serving)
    }
    await until(() => told.length === 4, 'the last state is told')
    await running.stop()
    expect(await ended).toMatchObject({ status: 'UNAVAILABLE' })
    const changes = ['NOT_SERVING', 'SERVING', 'NOT_SERVING', 'SERVING', 'NOT_SERVING']
    expect(told).toEqual(changes)
    health.close()
  })
})

describe('reflection', () => {
  const require = createRequire(import.meta.url)
  const proto = join(
    dirname(require.resolve('@grpc/reflection')),
    '../proto/grpc/reflection/v1/reflection.proto',
  )
  const reflect = async (running: RunningServer, request: object, as = house.agency) => {
    const loaded = loadPackageDefinition(loadSync(proto)) as never as {
      grpc: {
        reflection: {
          v1: {
            ServerReflection: new (
              ...args: unknown[]
            ) => Client & { serverReflectionInfo(): NodeJS.ReadWriteStream }
          }
        }
      }
    }
    const secure = credentials.createSsl(
      Buffer.from(as.ca),
      Buffer.from(as.key),
      Buffer.from(as.cert),
    )
    const client = new loaded.grpc.reflection.v1.ServerReflection(running.address, secure, {
      'grpc.ssl_target_name_override': 'localhost',
    })
    const call = client.serverReflectionInfo()
    const answer = await new Promise<unknown>((resolve) => {
      call.on('data', resolve)
      call.on('error', (error) => resolve(error))
      call.write(request as never)
    })
    call.end()
    client.close()
    return answer
  }
  test('names the services of the contract, and gives their files', async () => {
    const running = await house.serve({}, { image: IMAGE })
    const listed = JSON.stringify(await reflect(running, { listServices: '' }))
    expect(listed).toContain('huiqian.coordination.v1.ReleaseService')
    expect(listed).toContain('huiqian.directory.v1.CalendarService')
    const symbol = { fileContainingSymbol: 'huiqian.coordination.v1.ReleaseService' }
    expect(JSON.stringify(await reflect(running, symbol))).toContain('fileDescriptorResponse')
  })
  test('is not for those without an identity', async () => {
    const running = await house.serve(
      {},
      { image: IMAGE, identity: { trustDomain: 'another.local' } },
    )
    expect(String(await reflect(running, { listServices: '' }))).toContain('UNAUTHENTICATED')
  })
  test('does not keep a stop waiting', async () => {
    const running = await house.serve({}, { image: IMAGE, limits: { stopMs: 60_000 } })
    await reflect(running, { listServices: '' })
    await running.stop()
  })
})
