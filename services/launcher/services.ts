// The services that the launcher can start: in the order in which they start, with whom each asks
// and whose feeds it hears. The only place that knows all of them.
import type { Bus } from '../../shared/bus/bus.js'
import type { NatsUser } from '../../shared/bus/nats-subjects.js'
import type { Clock } from '../../shared/clock/clock.js'
import type { OpenActs } from '../../shared/acts/acts.js'
import type { OpenVault } from '../../shared/confidentiality/confidentiality.js'
import type { DatabaseConfig } from '../../shared/database/database.js'
import type { Mint } from '../../shared/identity/identity.js'
import type { Log } from '../../shared/process/log.js'
import type { Metrics } from '../../shared/process/metrics.js'
import type { SigningKeys } from '../../shared/copies/signing-keys.js'
import type { RefusedReport } from '../../shared/rpc/door.js'
import type { Hosted, Peers } from '../../shared/rpc/hosted.js'
import type { HouseCertificates } from './certificates.js'
import type { HouseConfig } from './house-config.js'

/** What a service gets from its host. */
export type Outside = {
  readonly clock: Clock
  readonly mint: Mint
  readonly bus: Bus
  readonly peers: Peers
  readonly log: Log
  readonly metrics: Metrics
  /** Verifies the signatures that agencies' acts carry. */
  readonly acts: OpenActs
  /** Opens the vault of a service's database, over the content keys of this house. */
  readonly vault: OpenVault
  readonly onFatal: (fault: Error) => void
  /** Issues certificates, where the house has a development authority. */
  readonly issue: HouseCertificates['issue']
}

/** A service as the launcher holds it: some also know which certificates are revoked, and keep count of refused calls. */
export type Resident = Hosted & {
  readonly revoked?: (fingerprint: string) => boolean
  readonly refused?: (report: RefusedReport) => void
  /** A registered key of an agency, by its id, as far as it knows. */
  readonly signingKey?: SigningKeys['find']
}

// Loaded when started: a process that runs one service loads no other.
type Service = {
  readonly asks: readonly ServiceName[]
  /** Feeds that it hears; its own where its instances tell each other. */
  readonly hears: readonly ServiceName[]
  start(config: HouseConfig, database: DatabaseConfig, outside: Outside): Promise<Resident>
}

export type ServiceName = 'directory' | 'delivery' | 'coordination' | 'escalation'

export const SERVICES: Readonly<Record<ServiceName, Service>> = {
  directory: {
    asks: [],
    hears: ['directory'],
    async start({ calendarAsPublishedBy }, database, outside) {
      const { startDirectory } = await import('../directory/service.js')
      const calendar = calendarAsPublishedBy === undefined ? {} : { calendarAsPublishedBy }
      const { issue, ...given } = outside
      return startDirectory({ database, ...calendar }, { ...given, ...(issue && { issue }) })
    },
  },
  delivery: {
    asks: ['directory'],
    hears: ['directory', 'delivery'],
    async start({ feedLagMaxMs, fonts, notifications }, database, outside) {
      const { startDelivery } = await import('../delivery/service.js')
      const optional = { ...(fonts && { fonts }), ...(notifications && { notifications }) }
      return startDelivery({ database, feedLagMaxMs, ...optional }, outside)
    },
  },
  coordination: {
    asks: ['directory', 'delivery'],
    hears: ['directory', 'delivery', 'coordination', 'escalation'],
    async start({ feedLagMaxMs, packFiles, defaultPack, settlingMs }, database, outside) {
      const { startCoordination } = await import('../coordination/service.js')
      const packs = { files: packFiles, defaultPack }
      return startCoordination({ database, feedLagMaxMs, packs, settlingMs }, outside)
    },
  },
  escalation: {
    asks: ['directory', 'delivery', 'coordination'],
    hears: ['directory', 'coordination', 'escalation'],
    async start({ feedLagMaxMs }, database, outside) {
      const { startEscalation } = await import('../escalation/service.js')
      return startEscalation({ database, feedLagMaxMs }, outside)
    },
  },
}

/** All of them, in the order in which they start. */
export const SERVICE_NAMES = Object.keys(SERVICES) as readonly ServiceName[]

/** What each service is on the broker. */
export const natsUsersOf = (names: readonly ServiceName[]): Omit<NatsUser, 'publicKey'>[] =>
  names.map((name) => ({ name, source: name, hears: SERVICES[name].hears }))
