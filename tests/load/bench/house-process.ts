// The house as a process: SQLite at synchronous=FULL, JetStream where nats-server is installed, a clock
// turned by hand so that a storm can be let loose. It counts back from its databases what was acknowledged.
import Database from 'better-sqlite3'
import { join } from 'node:path'
import type { SuiteName } from '../../../shared/confidentiality/confidentiality.js'
import { turnedClock } from '../../../shared/clock/turned-clock.js'
import { systemMint } from '../../../shared/identity/system-mint.js'
import { openLog } from '../../../shared/process/log.js'
import { parts } from '../../../shared/process/process.js'
import { openHouse } from '../../../services/launcher/house.js'
import type { BusConfig } from '../../../services/launcher/house-config.js'
import { answerParent, settingsOf } from './processes.js'

export type HouseSettings = {
  readonly data: string
  readonly now: number
  readonly bus: BusConfig['kind']
  readonly syncDelayMs: number
  readonly cipher?: SuiteName | 'none'
}

const { data, now, bus, syncDelayMs, cipher } = settingsOf<HouseSettings>()
const clock = turnedClock(now)
const log = openLog('error')
const all = parts(log)
const house = await openHouse(
  {
    data,
    address: '127.0.0.1:0',
    trustDomain: 'huiqian.local',
    serverNames: [],
    services: ['directory', 'delivery', 'coordination', 'escalation'],
    peers: {},
    bus: bus === 'in-process' ? { kind: 'in-process' } : { kind: 'own' },
    databases: { kind: 'sqlite', syncDelayMs },
    certificates: { kind: 'development' },
    ...(cipher && { cipher }),
    packFiles: [],
    defaultPack: 'qingyuan-2011',
    calendarAsPublishedBy: undefined,
    settlingMs: 15_000,
    feedLagMaxMs: 60_000,
    metrics: undefined,
    sample: true,
  },
  {
    clock,
    mint: systemMint(),
    log,
    onFatal: (fault) => {
      throw fault
    },
  },
  all,
)

const readers = new Map<string, Database.Database>()

/** Counts rows of a service's database, on a connection that the house does not know. */
function count(service: string, sql: string): number {
  const reader =
    readers.get(service) ?? new Database(join(data, `${service}.sqlite`), { readonly: true })
  readers.set(service, reader)
  return reader.prepare(sql).pluck().get() as number
}

process.on('SIGTERM', () => {
  void all.stop().then(() => process.exit(0))
})
answerParent({
  address: () => house.address,
  bus: () => house.bus,
  settle: () => house.settle(),
  turnTo: (at: number) => clock.turnTo(at),
  count: ({ service, sql }: { service: string; sql: string }) => count(service, sql),
  /** Milliseconds of CPU used so far, for figures that neighbours on the machine do not move. */
  cpu: () => {
    const { user, system } = process.cpuUsage()
    return (user + system) / 1_000
  },
  memory: () => {
    globalThis.gc?.()
    return process.memoryUsage().rss
  },
})
