// A process a service, PostgreSQL, JetStream with a key for each service and nobody else let in. The
// clock turned by hand reaches the processes over their IPC channels, through an entry that only the
// tests have.
import { fork, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { openCertificates } from '../../services/launcher/certificates.js'
import type { HouseConfig } from '../../services/launcher/house-config.js'
import { natsUsersOf, SERVICE_NAMES, type ServiceName } from '../../services/launcher/services.js'
import type { Instant } from '../../shared/identity/identity.js'
import { freePort } from '../servers/free-port.js'
import { natsForTests } from '../servers/nats.js'
import { freshSchema, processEntry, sharedPostgres } from '../servers/shared.js'
import { baseConfig, type Premises, type PremisesOptions } from './premises.js'
import type { Answer, Order } from './service-entry.js'

const SETTLING_ROUNDS_MAX = 1_000

type Running = {
  readonly address: string
  order(order: Order): Promise<number>
  readonly child: ChildProcess
  readonly gone: Promise<void>
}

export async function processAService({ now, config }: PremisesOptions): Promise<Premises> {
  const url = await sharedPostgres()
  if (url === undefined) throw new Error('there is no PostgreSQL: ask isHere() first')
  const folder = mkdtempSync(join(tmpdir(), 'huiqian-office-'))
  const broker = await natsForTests(natsUsersOf(SERVICE_NAMES))
  const keys = join(folder, 'keys')
  mkdirSync(keys, { mode: 0o700 })
  for (const name of SERVICE_NAMES)
    writeFileSync(join(keys, `${name}.nkey`), `${broker.key(name).seed}\n`, { mode: 0o600 })
  const schemaPrefix = `${freshSchema()}_`
  const authority = await openCertificates(
    baseConfig(folder),
    () => Date.now(),
    () => {},
  )
  for (const name of SERVICE_NAMES) await authority.of({ kind: 'service', name })
  await authority.of({ kind: 'server' })
  await authority.of({ kind: 'operator', name: 'admin' })
  await authority.of({ kind: 'security', name: 'first' })
  await authority.of({ kind: 'security', name: 'second' })
  await authority.of({ kind: 'auditor', name: 'auditor' })

  const running = new Map<ServiceName, Running>()
  // Known before anybody starts: a service reads the feed of one that starts after it.
  const addresses: Partial<Record<ServiceName, string>> = {}
  for (const name of SERVICE_NAMES) addresses[name] = `127.0.0.1:${await freePort()}`
  let wall = now
  const configOf = (name: ServiceName): HouseConfig => ({
    ...baseConfig(join(folder, name)),
    services: [name],
    address: addresses[name] ?? '127.0.0.1:0',
    peers: addresses,
    bus: { kind: 'nats', servers: [broker.url], keys },
    databases: { kind: 'postgres', url, schemaPrefix },
    certificates: { kind: 'given', folder: join(folder, 'certificates') },
    ...config,
  })
  const start = async (name: ServiceName, spawned = spawn()): Promise<void> => {
    const child = await spawned
    const started = await open(child, configOf(name), wall).catch(async (error: unknown) => {
      const gone = once(child, 'exit')
      child.kill('SIGKILL') // it did not start: nothing of it stays behind
      await gone
      throw error
    })
    running.set(name, started)
    addresses[name] = started.address
  }
  const everywhere = async (order: Order): Promise<number> => {
    const counts = await Promise.all([...running.values()].map((one) => one.order(order)))
    return counts.reduce((sum, count) => sum + count, 0)
  }
  const end = async (name: ServiceName, how: 'killed' | 'stopped'): Promise<void> => {
    const one = running.get(name)
    running.delete(name)
    if (one === undefined) return
    if (how === 'killed') one.child.kill('SIGKILL')
    else await one.order({ type: 'stop' })
    await one.gone
  }
  const close = async (): Promise<void> => {
    for (const name of [...SERVICE_NAMES].reverse()) await end(name, 'stopped')
    await broker.stop()
    rmSync(folder, { recursive: true, force: true })
  }
  const settleOnce = async (): Promise<void> => {
    for (let round = 0; round < SETTLING_ROUNDS_MAX; round++) {
      let done = 0
      for (const name of SERVICE_NAMES)
        done += (await running.get(name)?.order({ type: 'settle' })) ?? 0
      if (done === 0) return
    }
    throw new Error('the services do not come to rest')
  }
  const settle = (): Promise<void> => onceConnected(settleOnce)
  // They load side by side, and open one after the other.
  const spawned = SERVICE_NAMES.map((name) => [name, spawn()] as const)
  try {
    for (const [name, child] of spawned) await start(name, child)
    await settle()
  } catch (error) {
    for (const [, child] of spawned) (await child).kill('SIGKILL')
    await close()
    throw error
  }
  return {
    folder,
    certificates: join(folder, 'certificates'),
    addressOf: (service) => addresses[service] ?? '',
    certificateOf: (subject) => authority.of(subject),
    async turnTo(at) {
      wall = at
      await everywhere({ type: 'turn', at })
    },
    async slip(milliseconds) {
      wall += milliseconds
      await everywhere({ type: 'slip', milliseconds })
    },
    settle,
    end,
    startAgain: (name) => start(name),
    broker,
    close,
  }
}

const PATIENCE_MS = 30_000

/**
 * Who asked a service that does not listen yet, because it starts later or was stopped and started again, asks again
 * after a while of real time: until then what it does fails. Any other fault is one.
 */
async function onceConnected(settle: () => Promise<void>): Promise<void> {
  for (const ends = performance.now() + PATIENCE_MS; ;) {
    try {
      return await settle()
    } catch (error) {
      if (!String(error).includes('UNAVAILABLE') || performance.now() > ends) throw error
      await delay(200)
    }
  }
}

/** A process that has loaded and waits for its orders. */
async function spawn(): Promise<ChildProcess> {
  const child = fork(await processEntry(), [], {
    execArgv: [],
    env: { ...process.env, NODE_OPTIONS: '' },
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  })
  await new Promise<void>((resolve, reject) => {
    child.once('message', () => resolve())
    child.once('error', reject)
    child.once('exit', (code) => reject(new Error(`the process ended with ${code}`)))
  })
  return child
}

async function open(child: ChildProcess, config: HouseConfig, now: Instant): Promise<Running> {
  const waiting = new Map<number, { resolve(answer: Answer): void; reject(error: Error): void }>()
  let orders = 0
  const gone = new Promise<void>((resolve) =>
    child.once('exit', () => {
      resolve()
      for (const { reject } of waiting.values()) reject(new Error('the process is gone'))
      waiting.clear()
    }),
  )
  child.on('message', (answer: Answer) => {
    const asked = waiting.get(answer.id)
    waiting.delete(answer.id)
    if (answer.error === undefined) asked?.resolve(answer)
    else asked?.reject(new Error(answer.error))
  })
  const ask = (order: Order): Promise<Answer> =>
    new Promise((resolve, reject) => {
      const id = ++orders
      waiting.set(id, { resolve, reject })
      child.send({ ...order, id })
    })
  const { address } = await ask({ type: 'open', config, now, seed: `office ${child.pid}` })
  return {
    address: address ?? '',
    order: async (order) => (await ask(order)).done ?? 0,
    child,
    gone,
  }
}
