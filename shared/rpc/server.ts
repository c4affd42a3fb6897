// A server on one port for any number of services: mutual TLS only, every call through the door,
// bounded in everything, and stopped in bounded time.
import { experimental, Server, ServerCredentials } from '@grpc/grpc-js'
import type { Clock } from '../clock/clock.js'
import { systemClock } from '../clock/system-clock.js'
import { addService } from './add-service.js'
import { budgets } from './budgets.js'
import { callers, type IdentityOptions } from './callers.js'
import { connections } from './connections.js'
import {
  MESSAGE_BYTES_MAX,
  UNARY_DEADLINE_MAX_MS,
  type CallReport,
  type Door,
  type Limits,
  type Officers,
  type RefusedReport,
  type ReportFault,
} from './door.js'
import { healthService } from './health.js'
import type { Certificates } from './peers.js'
import { reflectionService } from './reflection.js'
import { isRotating } from './rotating.js'
import type { ServedService } from './served.js'
import { OperatorError } from '../process/operator-error.js'
import { answerTo, STOPPING } from './status.js'

export type { CallReport, RefusedReport } from './door.js'

export type ServerOptions = {
  /** `127.0.0.1:0` for a free port. */
  readonly address: string
  readonly certificates: Certificates
  readonly identity: IdentityOptions
  /** The house's clock: stamps admissions. */
  readonly clock: Clock
  /** Real time, for certificates and deadlines. */
  readonly realClock?: Clock
  readonly services: readonly ServedService[]
  readonly officers?: Officers
  /** The descriptor image (`gen/image.binpb`): served by reflection where it is given. */
  readonly image?: string
  readonly fault: ReportFault
  readonly onCall?: (report: CallReport) => void
  readonly onRefused?: (report: RefusedReport) => void
  readonly limits?: Partial<Limits & ConnectionLimits>
}

export type ConnectionLimits = {
  readonly streamsMax: number
  readonly sessionMemoryMb: number
  readonly connectionAgeMs: number
  readonly connectionGraceMs: number
  /** A connection without a call is closed after so long. */
  readonly connectionIdleMs: number
  readonly keepaliveMs: number
  /** How often open streams are asked whether their certificates still hold. */
  readonly recheckMs: number
  /** How long a stop waits for calls to end. */
  readonly stopMs: number
}

export const LIMITS: Limits & ConnectionLimits = {
  unaryMs: UNARY_DEADLINE_MAX_MS,
  slowReaderMs: 30_000,
  uploadMs: 300_000,
  queuedBytesMax: 1_048_576,
  agencyCalls: { perSecond: 0, burst: 0 }, // the host knows how many agencies share the machine
  agencyConnections: 0,
  streamsMax: 100,
  sessionMemoryMb: 32,
  connectionAgeMs: 3_600_000,
  connectionGraceMs: 60_000,
  connectionIdleMs: 600_000,
  keepaliveMs: 120_000,
  recheckMs: 2_000,
  stopMs: 10_000,
}

export type RunningServer = {
  /** Host and port that it really listens on. */
  readonly address: string
  /** Serves another service on the same port; it is NOT_SERVING until it is said to serve. */
  add(service: ServedService): void
  /** What health tells of a service (`huiqian.coordination.v1.ReleaseService`); all of them together are ''. */
  setServing(service: string, serving: boolean): void
  /** Health off, new calls refused, streams ended (resume), calls let finish, then cut off. */
  stop(): Promise<void>
}

/** Starts a server. Fails where a call has no handler or no row that says who may make it. */
export async function server(options: ServerOptions): Promise<RunningServer> {
  const limits = { ...LIMITS, ...options.limits }
  const realNow = (options.realClock ?? systemClock).now
  const door: Door = {
    clock: options.clock,
    realNow,
    callers: callers(options.identity, realNow, () => options.certificates.ca),
    budgets: { replies: budgets(limits.agencyCalls), others: budgets(limits.agencyCalls) },
    connections: connections(limits.agencyConnections),
    officers: options.officers,
    limits,
    fault: options.fault,
    onCall: options.onCall,
    onRefused: options.onRefused,
    streams: new Set(),
    calls: new Set(),
    stopping: false,
  }
  const grpc = new Server(channelOptions(limits))
  const health = healthService()
  const add = (service: ServedService): void => {
    for (const name of addService(grpc, door, service)) health.setServing(name, false)
  }
  addService(grpc, door, health.service)
  if (options.image !== undefined) reflectionService(options.image).addTo(grpc, door)
  options.services.forEach(add)

  const port = await bind(grpc, options.address, options.certificates)
  const recheck = setInterval(() => cutOffUnwelcome(door), limits.recheckMs)
  recheck.unref()
  let stopped: Promise<void> | undefined
  return {
    address: options.address.replace(/:\d+$/, `:${port}`),
    add,
    setServing: (service, serving) => health.setServing(service, serving && !door.stopping),
    stop: () =>
      (stopped ??= (async () => {
        door.stopping = true
        health.stop()
        await new Promise((resolve) => setImmediate(resolve)) // those who watch are told first
        clearInterval(recheck)
        for (const stream of [...door.streams]) stream.end(STOPPING)
        await shutDown(grpc, door, limits.stopMs)
      })()),
  }
}

function channelOptions(limits: ConnectionLimits): Record<string, number> {
  return {
    'grpc.max_receive_message_length': MESSAGE_BYTES_MAX,
    'grpc.max_send_message_length': -1, // asked before, in our own words
    'grpc.max_concurrent_streams': limits.streamsMax,
    'grpc-node.max_session_memory': limits.sessionMemoryMb,
    'grpc.max_connection_age_ms': limits.connectionAgeMs,
    'grpc.max_connection_age_grace_ms': limits.connectionGraceMs,
    'grpc.max_connection_idle_ms': limits.connectionIdleMs,
    'grpc.keepalive_time_ms': limits.keepaliveMs,
    'grpc.keepalive_timeout_ms': 20_000,
    'grpc.enable_channelz': 0,
  }
}

function credentialsOf(certificates: Certificates): ServerCredentials {
  if (isRotating(certificates)) {
    const { provider } = certificates
    return experimental.createCertificateProviderServerCredentials(provider, provider, true)
  }
  const { ca, cert, key } = certificates
  const pair = { cert_chain: Buffer.from(cert), private_key: Buffer.from(key) }
  return ServerCredentials.createSsl(Buffer.from(ca), [pair], true)
}

function bind(grpc: Server, address: string, certificates: Certificates): Promise<number> {
  const credentials = credentialsOf(certificates)
  return new Promise((resolve, reject) => {
    grpc.bindAsync(address, credentials, (error, port) => {
      if (error) reject(notListening(address, error))
      else resolve(port)
    })
  })
}

const notListening = (address: string, cause: Error): OperatorError =>
  new OperatorError(
    {
      zh: `不能在 ${address} 监听：${cause.message}`,
      en: `cannot listen on ${address}: ${cause.message}`,
    },
    { cause },
  )

// A certificate may be revoked or run out while its stream is open: calls ask at their start, streams again and again.
function cutOffUnwelcome(door: Door): void {
  for (const stream of [...door.streams]) {
    try {
      if (stream.certificate) door.callers.callerOf(stream.certificate)
    } catch (thrown) {
      stream.end(answerTo(thrown), thrown)
    }
  }
}

async function shutDown(grpc: Server, door: Door, withinMs: number): Promise<void> {
  let timer: NodeJS.Timeout | undefined
  const drained = new Promise<void>((resolve) => grpc.tryShutdown(() => resolve()))
  const late = new Promise<void>((resolve) => (timer = setTimeout(resolve, withinMs)))
  await Promise.race([drained, late])
  clearTimeout(timer)
  for (const call of [...door.calls]) call.end(STOPPING) // an answer is better than a broken connection
  await new Promise((resolve) => setImmediate(resolve))
  grpc.forceShutdown()
}
