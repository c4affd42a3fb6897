// What a house is told: which services run here, where their data lies, how they announce, how they
// reach those that run elsewhere. Made by config.ts from the environment, or by a test.
import type { SuiteName } from '../../shared/confidentiality/confidentiality.js'
import type { ServiceName } from './services.js'

/** How announcements travel. A NATS server that is not named here is never used. */
export type BusConfig =
  /** Our own nats-server where one is installed; otherwise inside this process, which the log says. */
  | { readonly kind: 'own' }
  | { readonly kind: 'in-process' }
  /** A NATS server that is configured. Down, it never means in-process: the feeds wait for it. */
  | { readonly kind: 'nats'; readonly servers: readonly string[]; readonly keys: string }

/** Where each service keeps its record. */
export type DatabasesConfig =
  | { readonly kind: 'sqlite'; readonly syncDelayMs?: number }
  | { readonly kind: 'postgres'; readonly url: string; readonly schemaPrefix: string }

/** Whose certificates the house uses. */
export type CertificatesConfig =
  /** A development authority in `<data>/certificates/`, made on the first start. */
  | { readonly kind: 'development' }
  /** Files from the operator's authority; nothing is ever written there. */
  | { readonly kind: 'given'; readonly folder: string }

/** How agencies are notified that letters came. */
export type NotificationsConfig = {
  /** The mail server; undefined: no e-mail. */
  readonly smtp:
    | {
        readonly host: string
        readonly port: number
        /** TLS from the first byte; otherwise STARTTLS, which is required. */
        readonly secure: boolean
        readonly user: string
        readonly password: string
        readonly from: string
      }
    | undefined
  /** Whether webhooks may go to loopback and private addresses. */
  readonly allowPrivate: boolean
  /** Further authorities for both, PEM. */
  readonly ca: string | undefined
}

export type HouseConfig = {
  readonly data: string
  /** `host:port`; port 0 is any free one. */
  readonly address: string
  readonly trustDomain: string
  /** Further names in a development certificate of the server, for other machines. */
  readonly serverNames: readonly string[]
  readonly services: readonly ServiceName[]
  /** Addresses of the services that run elsewhere. */
  readonly peers: Readonly<Partial<Record<ServiceName, string>>>
  readonly bus: BusConfig
  readonly databases: DatabasesConfig
  readonly certificates: CertificatesConfig
  /** File of the content keys, shared by all instances over one database; absent: one in the data folder. */
  readonly contentKeys?: string
  /** What content is sealed with; absent: AES-256-GCM. `none` is for a bench that measures it: no setting gives it. */
  readonly cipher?: SuiteName | 'none'
  readonly packFiles: readonly string[]
  readonly defaultPack: string
  /** The calendar of a new directory: only notices published by this date; undefined: all. */
  readonly calendarAsPublishedBy: string | undefined
  readonly settlingMs: number
  /** Calls of an agency a second; absent or 0: no limit. */
  readonly callsPerSecond?: number
  /** How many connections of an agency may make calls at once; 0: no limit. */
  readonly connectionsPerAgency?: number
  readonly feedLagMaxMs: number
  /** Font files of printed documents; empty or absent: the one of the house. */
  readonly fonts?: { readonly body: string; readonly title: string }
  readonly notifications?: NotificationsConfig
  /** `host:port` of the metrics; undefined: not served. */
  readonly metrics: string | undefined
  /** Whether a new, empty directory gets the sample agencies. */
  readonly sample: boolean
}
