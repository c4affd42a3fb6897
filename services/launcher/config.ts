// The configuration of a process of the house: one table of environment variables, read once.
import { accessSync, constants, readFileSync, statSync } from 'node:fs'
import {
  address,
  choice,
  integer,
  readEnvironment,
  text,
} from '../../shared/process/environment.js'
import { SUITE_NAMES } from '../../shared/confidentiality/confidentiality.js'
import { LEVELS, type Level } from '../../shared/process/log.js'
import { OperatorError } from '../../shared/process/operator-error.js'
import { DEVELOPMENT_TRUST_DOMAIN } from '../../shared/rpc/authority.js'
import type { HouseConfig, NotificationsConfig } from './house-config.js'
import { SERVICE_NAMES, type ServiceName } from './services.js'

/** Every setting. A variable HUIQIAN_… that is not here is refused: a misspelt one would pass for its default. */
export const SETTINGS = {
  address: address('HUIQIAN_ADDRESS', {
    about: 'Where the services listen; all of them on this one port, mutual TLS only.',
    otherwise: '127.0.0.1:7443',
  }),
  data: text('HUIQIAN_DATA', {
    about: 'The data folder: databases, keys, development certificates. One process at a time.',
    otherwise: './data',
  }),
  services: text('HUIQIAN_SERVICES', {
    about: 'Which services run in this process: a list with commas.',
    otherwise: SERVICE_NAMES.join(','),
  }),
  peerDirectory: peer('DIRECTORY'),
  peerDelivery: peer('DELIVERY'),
  peerCoordination: peer('COORDINATION'),
  peerEscalation: peer('ESCALATION'),
  database: text('HUIQIAN_DATABASE', {
    about: '`sqlite` (a file per service in the data folder), or the `postgres://…` url.',
    otherwise: 'sqlite',
    secret: true,
  }),
  schemaPrefix: text('HUIQIAN_SCHEMA_PREFIX', {
    about: 'PostgreSQL: each service has the schema `<prefix><service>`.',
    otherwise: 'huiqian_',
  }),
  bus: text('HUIQIAN_BUS', {
    about:
      '`own`: a `nats-server` found on this machine is started as a child, otherwise in process; `in-process`; or the servers, `nats://host:port` with commas.',
    otherwise: 'own',
  }),
  natsKeys: text('HUIQIAN_NATS_KEYS', {
    about: 'Folder of the keys for configured NATS servers: `<service>.nkey`, mode 0600.',
    otherwise: '',
  }),
  certificates: text('HUIQIAN_CERTIFICATES', {
    about:
      '`development`: an authority of its own in the data folder; or the folder with the certificates of the operator’s authority.',
    otherwise: 'development',
  }),
  trustDomain: text('HUIQIAN_TRUST_DOMAIN', {
    about: 'The domain in `spiffe://<domain>/…` of certificates that are accepted.',
    otherwise: DEVELOPMENT_TRUST_DOMAIN,
  }),
  serverNames: text('HUIQIAN_SERVER_NAMES', {
    about: 'Host names in the development certificate of the server, besides localhost.',
    otherwise: '',
  }),
  contentKeys: text('HUIQIAN_CONTENT_KEYS', {
    about:
      'File of the keys that content is sealed with (mode 0600), the same for all instances over one database; empty: `keys/content.json` in the data folder, made at the first start.',
    otherwise: '',
  }),
  cipher: choice('HUIQIAN_CIPHER', SUITE_NAMES, {
    about:
      'What content is sealed with from now on: AES-256-GCM, or SM4 with SM3. What lies sealed stays readable.',
    otherwise: 'aes-256-gcm',
  }),
  packFiles: text('HUIQIAN_PACKS', {
    about:
      'Files of further policy packs, with commas. Submissions follow one when two operators have adopted it.',
    otherwise: '',
  }),
  defaultPack: text('HUIQIAN_DEFAULT_PACK', {
    about: 'The policy pack of a submission that names none: `<id>` or `<id>@<version>`.',
    otherwise: 'qingyuan-2011',
  }),
  sample: choice('HUIQIAN_SAMPLE', ['on', 'off'], {
    about: 'Whether a new, empty directory gets the sample agencies of a prefecture.',
    otherwise: 'on',
  }),
  fontBody: text('HUIQIAN_FONT_BODY', {
    about:
      'TrueType or OpenType file of 仿宋 for the text of printed documents; what it lacks, and where none is given, is printed in 思源宋体.',
    otherwise: '',
  }),
  fontTitle: text('HUIQIAN_FONT_TITLE', {
    about: 'The same of 小标宋, for headers and titles.',
    otherwise: '',
  }),
  smtp: text('HUIQIAN_SMTP', {
    about:
      'Mail server for notifications: `smtps://user:password@host:465`, or `smtp://…:587`, which must offer STARTTLS. Empty: no e-mail.',
    otherwise: '',
    secret: true,
  }),
  smtpFrom: text('HUIQIAN_SMTP_FROM', {
    about: 'Address from which notifications are sent.',
    otherwise: '',
  }),
  notifyPrivate: choice('HUIQIAN_NOTIFY_PRIVATE', ['on', 'off'], {
    about:
      'Whether webhooks may go to loopback and private addresses: for a network of its own, where all agencies are trusted with it.',
    otherwise: 'off',
  }),
  notifyCa: text('HUIQIAN_NOTIFY_CA', {
    about:
      'PEM file of further authorities that certificates of webhooks and the mail server may be of.',
    otherwise: '',
  }),
  metrics: text('HUIQIAN_METRICS', {
    about: '`host:port` of Prometheus metrics (no access control: loopback), or `off`.',
    otherwise: '127.0.0.1:7444',
  }),
  logLevel: choice('HUIQIAN_LOG', LEVELS, {
    about: 'The least grave line that is logged, to standard error.',
    otherwise: 'info',
  }),
  feedLagMaxMs: integer('HUIQIAN_FEED_LAG_MAX_MS', {
    about: 'So long behind a feed, and health says NOT_SERVING.',
    min: 1_000,
    max: 86_400_000,
    otherwise: 60_000,
  }),
  callsPerSecond: integer('HUIQIAN_CALLS_PER_SECOND', {
    about:
      'How many calls an agency may make a second, five times as many at once after a pause; its replies have as many for themselves. 0: no limit.',
    min: 0,
    max: 100_000,
    otherwise: 200,
  }),
  connectionsPerAgency: integer('HUIQIAN_CONNECTIONS_PER_AGENCY', {
    about:
      'How many connections of an agency may make calls at once; replies are taken on any. 0: no limit. Behind a front door it counts them.',
    min: 0,
    max: 10_000,
    otherwise: 100,
  }),
  settlingMs: integer('HUIQIAN_SETTLING_MS', {
    about: 'How long deeming waits after a deadline for replies that were admitted before it.',
    min: 12_000, // the cap of a call, and what clocks may differ
    max: 600_000,
    otherwise: 15_000,
  }),
}

function peer(service: string) {
  return text(`HUIQIAN_PEER_${service}`, {
    about: `\`host:port\` of ${service.toLowerCase()}, where it runs in another process.`,
    otherwise: '',
  })
}

/** The house of this process, and how much it logs; stops with one clear message where it cannot be used. */
export function readConfig(env: NodeJS.ProcessEnv): { house: HouseConfig; level: Level } {
  const read = readEnvironment(env, SETTINGS, { prefix: 'HUIQIAN_' })
  const { peerDirectory, peerDelivery, peerCoordination, peerEscalation } = read
  const { certificates, metrics } = read
  const peers = {
    ...at('directory', peerDirectory),
    ...at('delivery', peerDelivery),
    ...at('coordination', peerCoordination),
    ...at('escalation', peerEscalation),
  }
  const house: HouseConfig = {
    data: read.data,
    address: read.address,
    trustDomain: read.trustDomain,
    serverNames: listOf(read.serverNames),
    services: servicesOf(read.services),
    peers,
    bus: busOf(read.bus, read.natsKeys),
    databases: databasesOf(read.database, read.schemaPrefix),
    certificates:
      certificates === 'development'
        ? { kind: 'development' }
        : { kind: 'given', folder: certificates },
    ...(read.contentKeys !== '' && { contentKeys: read.contentKeys }),
    cipher: read.cipher,
    packFiles: listOf(read.packFiles),
    defaultPack: read.defaultPack,
    calendarAsPublishedBy: undefined,
    callsPerSecond: read.callsPerSecond,
    connectionsPerAgency: read.connectionsPerAgency,
    settlingMs: read.settlingMs,
    feedLagMaxMs: read.feedLagMaxMs,
    fonts: {
      body: readableFile('HUIQIAN_FONT_BODY', read.fontBody),
      title: readableFile('HUIQIAN_FONT_TITLE', read.fontTitle),
    },
    notifications: {
      smtp: smtpOf(read.smtp, read.smtpFrom),
      allowPrivate: read.notifyPrivate === 'on',
      ca: authoritiesOf(read.notifyCa),
    },
    metrics: metrics === 'off' ? undefined : mustBeAddress('HUIQIAN_METRICS', metrics),
    sample: read.sample === 'on',
  }
  return { house: Object.freeze(house), level: read.logLevel }
}

const listOf = (text: string): string[] =>
  text
    .split(',')
    .map((one) => one.trim())
    .filter((one) => one !== '')

/** A file that can be read now: a print would be too late to hear of it. */
function readableFile(variable: string, given: string): string {
  if (given === '') return given
  try {
    if (!statSync(given).isFile()) throw new Error('it is not a file')
    accessSync(given, constants.R_OK)
  } catch (error) {
    throw new OperatorError(`${variable}: ${given} cannot be read: ${(error as Error).message}`)
  }
  return given
}

function smtpOf(text: string, from: string): NotificationsConfig['smtp'] {
  if (text === '') return undefined
  const url = URL.canParse(text) ? new URL(text) : undefined
  const secure = url?.protocol === 'smtps:'
  if (url === undefined || url.hostname === '' || !(secure || url.protocol === 'smtp:'))
    throw new OperatorError('HUIQIAN_SMTP: expected smtps://user:password@host:465 (hidden)')
  if (!/^[^\s@<>]+@[^\s@<>]+$/.test(from))
    throw new OperatorError('HUIQIAN_SMTP_FROM: a mail server needs the address that it sends from')
  const port = url.port === '' ? (secure ? 465 : 587) : Number(url.port)
  const [user, password] = [url.username, url.password].map(decodeURIComponent) as [string, string]
  return { host: url.hostname, port, secure, user, password, from }
}

function authoritiesOf(file: string): string | undefined {
  if (file === '') return undefined
  const pem = readFileSync(readableFile('HUIQIAN_NOTIFY_CA', file), 'utf8')
  if (!pem.includes('-----BEGIN CERTIFICATE-----'))
    throw new OperatorError(`HUIQIAN_NOTIFY_CA: ${file} holds no certificate`)
  return pem
}

const at = (service: ServiceName, given: string): Partial<Record<ServiceName, string>> =>
  given === '' ? {} : { [service]: mustBeAddress(`HUIQIAN_PEER_${service.toUpperCase()}`, given) }

function mustBeAddress(variable: string, given: string): string {
  if (/^(?:[A-Za-z0-9.-]+|\[[0-9a-fA-F:]+\]):\d{1,5}$/.test(given)) return given
  throw new OperatorError(`${variable}: expected host:port; given ${JSON.stringify(given)}`)
}

function servicesOf(text: string): ServiceName[] {
  const named = listOf(text)
  const unknown = named.filter((name) => !(SERVICE_NAMES as readonly string[]).includes(name))
  if (unknown.length > 0 || named.length === 0)
    throw new OperatorError(
      `HUIQIAN_SERVICES: expected some of ${SERVICE_NAMES.join(', ')}; given ${JSON.stringify(text)}`,
    )
  return SERVICE_NAMES.filter((name) => named.includes(name))
}

function busOf(text: string, keys: string): HouseConfig['bus'] {
  if (text === 'own' || text === 'in-process') return { kind: text }
  const servers = listOf(text)
  if (servers.length === 0 || servers.some((one) => !/^(nats|tls):\/\/[^/\s]+$/.test(one)))
    throw new OperatorError(
      `HUIQIAN_BUS: expected own, in-process or nats://host:port; given ${JSON.stringify(text)}`,
    )
  if (keys === '')
    throw new OperatorError('HUIQIAN_NATS_KEYS: configured NATS servers need the folder of keys')
  return { kind: 'nats', servers, keys }
}

function databasesOf(text: string, schemaPrefix: string): HouseConfig['databases'] {
  if (text === 'sqlite') return { kind: 'sqlite' }
  if (/^postgres(ql)?:\/\//.test(text)) return { kind: 'postgres', url: text, schemaPrefix }
  throw new OperatorError('HUIQIAN_DATABASE: expected sqlite or a postgres:// url')
}
