// The house as it stands and falls: folder, certificates, peers, buses, health, schema.
import { spawn } from 'node:child_process'
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { connect as dial } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { service as healthDefinition } from 'grpc-health-check'
import { afterEach, describe, expect, test } from 'vitest'
import { CalendarServiceClient } from '../../gen/huiqian/directory/v1/calendar.js'
import { natsKeys } from '../../shared/bus/nats-keys.js'
import { findNatsServer } from '../../shared/bus/nats-server.js'
import { turnedClock } from '../../shared/clock/turned-clock.js'
import { openDatabase } from '../../shared/database/database.js'
import { seededMint } from '../../shared/identity/seeded-mint.js'
import { openLog } from '../../shared/process/log.js'
import { openMetrics } from '../../shared/process/metrics.js'
import { OperatorError } from '../../shared/process/operator-error.js'
import { parts } from '../../shared/process/process.js'
import { connect } from '../../shared/rpc/client.js'
import { freePort } from '../../tests/servers/free-port.js'
import { natsIsHere } from '../../tests/servers/nats.js'
import { openCertificates } from './certificates.js'
import { watchHealth } from './health.js'
import type { HouseConfig } from './house-config.js'
import { openHouse, type House } from './house.js'
import type { Resident } from './services.js'

const START = Date.parse('2026-09-28T10:00:00+08:00')
const here = await natsIsHere()

const closing: (() => Promise<unknown> | void)[] = []
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close()
})

function folder(): string {
  const made = mkdtempSync(join(tmpdir(), 'huiqian-house-'))
  closing.push(() => rmSync(made, { recursive: true, force: true }))
  return made
}

const configOf = (data: string, more: Partial<HouseConfig> = {}): HouseConfig => ({
  data,
  address: '127.0.0.1:0',
  trustDomain: 'huiqian.local',
  serverNames: [],
  services: ['directory'],
  peers: {},
  bus: { kind: 'in-process' },
  databases: { kind: 'sqlite' },
  certificates: { kind: 'development' },
  packFiles: [],
  defaultPack: 'qingyuan-2011',
  calendarAsPublishedBy: undefined,
  settlingMs: 15_000,
  feedLagMaxMs: 60_000,
  metrics: undefined,
  sample: false,
  ...more,
})

const nobodyIsTold = (): void => {} // nothing is exchanged there

type Standing = { house: House; stop: () => Promise<readonly string[]>; logged: () => string }

async function open(config: HouseConfig): Promise<Standing> {
  const lines: string[] = []
  const log = openLog('info', { write: (line) => void lines.push(line) })
  const all = parts(log)
  closing.push(() => all.stop())
  const outside = {
    clock: turnedClock(START),
    mint: seededMint('house'),
    log,
    onFatal: (fault: Error) => {
      throw fault
    },
  }
  const house = await openHouse(config, outside, all)
  return { house, stop: () => all.stop(), logged: () => lines.join('') }
}

/** A call that everybody with a certificate may make. */
async function revisionsAt({ address, certificates }: House): Promise<number> {
  const auditor = await certificates.of({ kind: 'auditor', name: 'auditor' })
  const calendar = connect(CalendarServiceClient, address, auditor)
  try {
    const { revisions } = await calendar.listRevisions({ pageSize: 10, pageToken: '' })
    return revisions.length
  } finally {
    calendar.close()
  }
}

describe('a house', () => {
  test('stands, answers, and falls leaving nothing running; on its folder it stands again', async () => {
    const data = folder()
    const first = await open(configOf(data, { services: ['directory', 'delivery'] }))
    expect(await revisionsAt(first.house)).toBe(1)
    expect(await first.stop()).toEqual([])
    await expect(reaches(first.house.address)).resolves.toBe(false)
    const again = await open(configOf(data, { services: ['directory', 'delivery'] }))
    expect(await revisionsAt(again.house)).toBe(1)
  })

  test('has its folder for itself', async () => {
    const data = folder()
    const first = await open(configOf(data))
    await expect(open(configOf(data))).rejects.toThrow(/in use by process/)
    await first.stop()
    await open(configOf(data))
  })

  test('makes its certificates on the first start, for nobody else to read, and keeps them', async () => {
    const data = folder()
    const room = join(data, 'certificates')
    const first = await open(configOf(data))
    await first.house.certificates.of({ kind: 'agency', code: '11441800QY0000193K' })
    const made = picture(room)
    expect(Object.keys(made)).toEqual(
      expect.arrayContaining([
        ...['server.crt.pem', 'service-directory.crt.pem', 'operator-admin.key.pem'],
        ...['auditor-auditor.crt.pem', 'agency-11441800QY0000193K.key.pem'],
      ]),
    )
    for (const name of Object.keys(made)) expect(statSync(join(room, name)).mode & 0o077).toBe(0)
    await first.stop()
    const again = await open(configOf(data))
    await again.house.certificates.of({ kind: 'agency', code: '11441800QY0000193K' })
    expect(picture(room)).toEqual(made)
  })

  test('with certificates of another authority writes none, and names one that is missing', async () => {
    const given = folder()
    await expect(
      open(configOf(folder(), { certificates: { kind: 'given', folder: given } })),
    ).rejects.toThrow(/ca\.crt\.pem is missing/)
    expect(readdirSync(given)).toEqual([])
    const authority = await openCertificates(configOf(given), () => Date.now(), nobodyIsTold)
    for (const subject of [{ kind: 'server' }, { kind: 'service', name: 'directory' }] as const)
      await authority.of(subject)
    const before = readdirSync(join(given, 'certificates'))
    const { house } = await open(
      configOf(folder(), {
        certificates: { kind: 'given', folder: join(given, 'certificates') },
      }),
    )
    expect(house.certificates.makes).toBe(false)
    expect(readdirSync(join(given, 'certificates'))).toEqual(before)
  })

  test('takes certificates that were exchanged in its folder while calls go on, and none that would not serve', async () => {
    const made = folder()
    const authority = await openCertificates(configOf(made), () => Date.now(), nobodyIsTold)
    for (const subject of [
      { kind: 'server' },
      { kind: 'service', name: 'directory' },
      { kind: 'auditor', name: 'auditor' },
    ] as const)
      await authority.of(subject)
    const given = join(made, 'certificates')
    const file = join(given, 'server.crt.pem')
    const key = join(given, 'server.key.pem')
    const first = [file, key].map((path) => readFileSync(path, 'utf8'))
    for (const path of [file, key]) rmSync(path)
    await (
      await openCertificates(configOf(made), () => Date.now(), nobodyIsTold)
    ).of({
      kind: 'server',
    })
    const second = [file, key].map((path) => readFileSync(path, 'utf8'))
    const put = ([cert = '', own = '']: readonly string[]): void => {
      writeFileSync(file, cert)
      writeFileSync(key, own)
    }
    put(first)
    const config = configOf(folder(), { certificates: { kind: 'given', folder: given } })
    const { house, logged } = await open(config)
    const server = await house.certificates.of({ kind: 'server' })

    put([second[0]!, first[1]!]) // the certificate is there, its key not yet
    await house.certificates.look()
    await house.certificates.look()
    expect(server.cert).toBe(first[0])
    expect(logged().match(/a certificate was not exchanged/g)).toHaveLength(1)
    expect(await revisionsAt(house)).toBe(1)
    put(second)
    await house.certificates.look()
    expect(server.cert).toBe(second[0])
    expect(logged()).toContain('a certificate was exchanged')
    expect(await revisionsAt(house)).toBe(1)
    rmSync(key)
    await house.certificates.look()
    await house.certificates.look()
    expect(server.cert).toBe(second[0])
    expect(logged().match(/a certificate was not exchanged/g)).toHaveLength(2)
  })

  test('without the address of a service that is asked says which setting is missing', async () => {
    await expect(open(configOf(folder(), { services: ['delivery'] }))).rejects.toThrow(
      /delivery asks directory.*HUIQIAN_PEER_DIRECTORY/,
    )
  })

  test('does not open a database that a newer version wrote', async () => {
    const data = folder()
    await (await open(configOf(data))).stop()
    const file = join(data, 'directory.sqlite')
    const newer = { name: '9999-from-tomorrow', up: () => Promise.resolve() }
    // As a newer version would leave it: a step that this one does not know.
    const { migrations } = await import('../directory/store/migrations.js')
    const database = await openDatabase(
      { kind: 'sqlite', file },
      { migrations: [...migrations, newer] },
    )
    await database.close()
    const refused = open(configOf(data))
    await expect(refused).rejects.toThrow(OperatorError) // nothing else is printed
    await expect(refused).rejects.toThrow(/newer version.*9999-from-tomorrow/)
  })

  test('serves metrics on loopback, and only there where it is asked to', async () => {
    const { house } = await open(configOf(folder(), { metrics: '127.0.0.1:0' }))
    await revisionsAt(house)
    const text = await (await fetch(`http://${house.metricsAddress}/metrics`)).text()
    expect(text).toContain('huiqian_serving{service="directory"} 1')
    expect(text).toMatch(
      /huiqian_call_seconds_count\{method="huiqian\.directory\.v1\.CalendarService/,
    )
    expect((await open(configOf(folder()))).house.metricsAddress).toBeUndefined()
  })
})

describe('the bus of a house', () => {
  test('in process is said in the log', async () => {
    const { house, logged } = await open(configOf(folder()))
    expect(house.bus).toBe('in-process')
    expect(logged()).toContain('announcing in process')
  })

  test.skipIf(!here)(
    'is a server of its own where one is installed, brought back when it dies',
    async () => {
      const data = folder()
      const { house, logged, stop } = await open(configOf(data, { bus: { kind: 'own' } }))
      expect(house.bus).toBe('own-nats')
      const pid = Number(readFileSync(join(data, 'nats', 'nats.pid'), 'utf8'))
      process.kill(pid, 'SIGKILL')
      await until(() => logged().includes('our nats server runs again'))
      const next = Number(readFileSync(join(data, 'nats', 'nats.pid'), 'utf8'))
      expect(next).not.toBe(pid)
      await stop()
      expect(() => process.kill(next, 0)).toThrow('ESRCH')
    },
  )

  test('that is configured and down means degraded, never in process', async () => {
    const keys = folder()
    natsKeys(keys, ['directory'])
    const bus = { kind: 'nats', servers: [`nats://127.0.0.1:${await freePort()}`], keys } as const
    const { house, logged } = await open(configOf(folder(), { bus }))
    expect(house.bus).toBe('nats')
    expect(logged()).toContain('the broker is not reachable')
    expect(await revisionsAt(house)).toBe(1) // nothing is refused
  })

  test('without its keys is refused with their place', async () => {
    const keys = folder()
    const bus = { kind: 'nats', servers: ['nats://127.0.0.1:4222'], keys } as const
    await expect(open(configOf(folder(), { bus }))).rejects.toThrow(/directory\.nkey/)
  })

  test.skipIf(!here)('that lets strangers in is not used', async () => {
    const port = await freePort()
    const { binary } = (await findNatsServer())!
    const options = ['-a', '127.0.0.1', '-p', String(port), '-js', '-sd', folder()]
    const child = spawn(binary, options, { stdio: 'ignore' })
    closing.push(async () => {
      child.kill('SIGKILL')
      await new Promise((resolve) => child.once('exit', resolve))
    })
    const address = `127.0.0.1:${port}`
    while (!(await reaches(address))) await new Promise((resolve) => setTimeout(resolve, 20))
    const keys = folder()
    natsKeys(keys, ['directory'])
    const bus = { kind: 'nats', servers: [`nats://${address}`], keys } as const
    await expect(open(configOf(folder(), { bus }))).rejects.toThrow(
      /lets in: connect without a key/,
    )
  })
})

describe('health', () => {
  test('is what each service says of itself, for it and for all', async () => {
    const { house } = await open(configOf(folder(), { services: ['directory', 'delivery'] }))
    const auditor = await house.certificates.of({ kind: 'auditor', name: 'auditor' })
    const health = connect({ service: healthDefinition }, house.address, auditor)
    closing.push(() => health.close())
    const asked = async (service: string) =>
      (await (health['Check'] as unknown as Check)({ service })).status
    expect(await asked('')).toBe('SERVING')
    expect(await asked('huiqian.delivery.v1.MailboxService')).toBe('SERVING')
    expect(house.health.troubles().size).toBe(0)
  })

  test('follows trouble as it comes and goes, one that cannot be told included', async () => {
    let trouble: () => Promise<string | undefined> = () => Promise.resolve('the disk is gone')
    const told: [string, boolean][] = []
    const resident: Resident = {
      name: 'directory',
      served: [
        {
          definition: CalendarServiceClient.service,
          handlers: {},
          rows: {},
        },
      ],
      begin: () => Promise.resolve(),
      settle: () => Promise.resolve(0),
      trouble: () => trouble(),
      stop: () => Promise.resolve(),
    }
    const server = { setServing: (name: string, ok: boolean) => void told.push([name, ok]) }
    const metrics = openMetrics({ processNumbers: false })
    const health = await watchHealth([resident], {
      server: server as never,
      metrics,
      log: openLog('silent'),
    })
    closing.push(() => health.stop())
    const name = 'huiqian.directory.v1.CalendarService'
    expect(told).toEqual([[name, false]])
    expect(health.troubles().get('directory')).toBe('the disk is gone')
    trouble = () => Promise.resolve(undefined)
    await health.look()
    expect(health.troubles().size).toBe(0)
    trouble = () => Promise.reject(new Error('no answer'))
    await health.look()
    expect(told).toEqual([
      [name, false],
      [name, true],
      [name, false],
    ])
    expect(await metrics.text()).toContain('huiqian_serving{service="directory"} 0')
  })
})

type Check = (request: { service: string }) => Promise<{ status: string }>

function picture(room: string): Record<string, string> {
  return Object.fromEntries(
    readdirSync(room)
      .filter((name) => name.endsWith('.pem'))
      .map((name) => [name, readFileSync(join(room, name), 'utf8')]),
  )
}

function reaches(address: string): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = dial({ host: '127.0.0.1', port: Number(address.split(':')[1]) })
    socket.once('connect', () => {
      socket.destroy()
      resolve(true)
    })
    socket.once('error', () => resolve(false))
  })
}

async function until(holds: () => boolean): Promise<void> {
  const ends = performance.now() + 20_000
  while (!holds()) {
    if (performance.now() > ends) throw new Error('it did not come about')
    await new Promise((resolve) => setTimeout(resolve, 20))
  }
}
