// The nats-server that we start ourselves: found, ready, ended, and not left behind.
import { execFile } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { describe, expect, onTestFinished, test } from 'vitest'
import { jetStreamBus } from '../../shared/bus/jetstream-bus.js'
import { findNatsServer, startNatsServer } from '../../shared/bus/nats-server.js'
import { prepareNats } from '../../shared/bus/prepare-nats.js'
import { mustBeClosed } from '../../shared/bus/probe.js'
import { natsIsHere } from '../servers/nats.js'
import { until } from './feeds.js'

const services = [
  { name: 'alpha', source: 'alpha', hears: [] },
  { name: 'beta', source: 'beta', hears: ['alpha'] },
]
const isHere = await natsIsHere()

function folder(): string {
  const dir = mkdtempSync(join(tmpdir(), 'huiqian-server-'))
  onTestFinished(() => rmSync(dir, { recursive: true, force: true }))
  return dir
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return (
      !existsSync(`/proc/${pid}/stat`) || !/\) Z /.test(readFileSync(`/proc/${pid}/stat`, 'utf8'))
    )
  } catch {
    return false
  }
}

describe.skipIf(!isHere)('our own nats-server', () => {
  test('is found, greets on the loopback, and is gone after its end', async () => {
    expect((await findNatsServer())?.version).toMatch(/^\d+\.\d+\.\d+/)
    const dir = folder()
    const { users, keys } = prepareNats({ dir, services, port: -1, storeDir: join(dir, 'store') })
    const server = await startNatsServer({ dir, users })
    expect(server.url).toBe(`nats://127.0.0.1:${server.port}`)
    await mustBeClosed({
      servers: [server.url],
      name: 'alpha',
      nkeySeed: keys.get('alpha')!.seed,
      foreignSource: 'beta',
    })
    await server.stop()
    expect(isAlive(server.pid)).toBe(false)
    await server.stop() // a second time it is nothing
  })

  test('ends with a process that exits without having stopped it', async () => {
    const dir = folder()
    const { users } = prepareNats({ dir, services, port: -1, storeDir: join(dir, 'store') })
    const module = new URL('../../shared/bus/nats-server.ts', import.meta.url).href
    const script = `
      const { startNatsServer } = await import(${JSON.stringify(module)})
      const { pid } = await startNatsServer(${JSON.stringify({ dir, users })})
      process.stdout.write(String(pid), () => process.exit(0))`
    const args = ['--import', 'tsx', '--input-type=module', '-e', script]
    const { stdout } = await promisify(execFile)(process.execPath, args)
    expect(Number(stdout)).toBeGreaterThan(1)
    await until('it is gone', () => !isAlive(Number(stdout)))
  })

  test('left behind by a process that was killed is ended by the next start', async () => {
    const dir = folder()
    const { users } = prepareNats({ dir, services, port: -1, storeDir: join(dir, 'store') })
    const leftBehind = await startNatsServer({ dir, users })
    onTestFinished(() => leftBehind.stop())
    const next = await startNatsServer({ dir, users })
    onTestFinished(() => next.stop())
    await leftBehind.gone
    expect([isAlive(leftBehind.pid), isAlive(next.pid)]).toEqual([false, true])
  })

  test('that cannot start says why', async () => {
    const dir = folder()
    const users = [{ name: 'alpha', publicKey: 'not a key', hears: [] }]
    await expect(startNatsServer({ dir, users })).rejects.toThrow(/ready/)
    await expect(startNatsServer({ dir, users: [], binary: '/nowhere' })).rejects.toThrow(/ready/)
  })

  test('prepared again keeps its keys, and lets their holders in', async () => {
    const dir = folder()
    const prepare = () => prepareNats({ dir, services, port: -1, storeDir: join(dir, 'store') })
    const [first, second] = [prepare(), prepare()]
    expect(second.keys).toEqual(first.keys)
    expect(statSync(join(dir, 'keys', 'alpha.nkey')).mode & 0o777).toBe(0o600)
    const server = await startNatsServer({ dir, users: second.users })
    onTestFinished(() => server.stop())
    const bus = await jetStreamBus({
      servers: [server.url],
      name: 'alpha',
      nkeySeed: first.keys.get('alpha')!.seed,
    })
    expect(bus.state()).toEqual({ connected: true })
    await bus.close()
  })
})
