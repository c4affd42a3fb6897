// Where an office works: the launched house in one of its shapes. The same journeys run in each.
import type { ServiceName } from '../../services/launcher/services.js'
import type { Subject } from '../../services/launcher/certificates.js'
import type { HouseConfig } from '../../services/launcher/house-config.js'
import type { Instant } from '../../shared/identity/identity.js'
import type { Certificates } from '../../shared/rpc/peers.js'
import { findNatsServer } from '../../shared/bus/nats-server.js'
import { findPostgres } from '../servers/postgres.js'
import type { Log } from '../../shared/process/log.js'
import type { TestNats } from '../servers/nats.js'

export type PremisesOptions = {
  /** The clock's first instant. */
  readonly now: Instant
  /** Overrules of the house's configuration. */
  readonly config: Partial<HouseConfig>
  /** Where a house in the process of the tests logs; absent: nowhere, or as OFFICE_LOG says. */
  readonly log?: Log
}

export type Premises = {
  /** Where everything of it lies: databases (SQLite), keys, certificates. */
  readonly folder: string
  /** The folder of the development authority. */
  readonly certificates: string
  addressOf(service: ServiceName): string
  certificateOf(subject: Subject): Promise<Certificates>
  turnTo(at: Instant): Promise<void>
  /** Moves the wall alone, as when somebody steps the system's clock. */
  slip(milliseconds: number): Promise<void>
  /** Does what is due at the present instant everywhere, until nothing is left. */
  settle(): Promise<void>
  /** Ends a service (and whatever shares its process): at once, as a power button would, or in good order. */
  end(service: ServiceName, how: 'killed' | 'stopped'): Promise<void>
  /** Starts it again, on the same record and address. */
  startAgain(service: ServiceName): Promise<void>
  /** The broker, where there is one of its own. */
  readonly broker: TestNats | undefined
  close(): Promise<void>
}

/** The two shapes of the house in which every journey is made. */
export const SHAPES = ['one process', 'a process a service'] as const
export type Shape = (typeof SHAPES)[number]

/** Whether the servers of a shape are installed. With CI=true a missing one is a failure, not a skip. */
export async function isHere(shape: Shape): Promise<boolean> {
  if (shape === 'one process') return true
  const missing = [
    ...(findPostgres() === undefined ? ['PostgreSQL'] : []),
    ...((await findNatsServer()) === undefined ? ['nats-server'] : []),
  ]
  if (missing.length > 0 && process.env['CI'] === 'true')
    throw new Error(`CI=true, and ${missing.join(' and ')} not installed: a skipped half fails`)
  return missing.length === 0
}

export const baseConfig = (data: string): HouseConfig => ({
  data,
  address: '127.0.0.1:0',
  trustDomain: 'huiqian.local',
  serverNames: [],
  services: ['directory', 'delivery', 'coordination', 'escalation'],
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
})
