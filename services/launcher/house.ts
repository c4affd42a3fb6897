// A house: any set of services in one process, on one port, over mutual TLS. Starts them in order and
// stops them in reverse, in bounded time; what each needs from outside is made here and handed in.
import { fileURLToPath } from 'node:url'
import type { Clock } from '../../shared/clock/clock.js'
import { actsOf, type OpenActs } from '../../shared/acts/acts.js'
import { mustVerifyAsKnown, openSignatures, type Signatures } from '../../shared/acts/signatures.js'
import { officersOf } from '../../shared/acts/officer.js'
import { systemClock } from '../../shared/clock/system-clock.js'
import type { Mint } from '../../shared/identity/identity.js'
import type { SigningKey } from '../../shared/copies/signing-keys.js'
import { lockFolder } from '../../shared/process/folder-lock.js'
import type { Log } from '../../shared/process/log.js'
import { openMetrics, serveMetrics, type Metrics } from '../../shared/process/metrics.js'
import type { Parts } from '../../shared/process/process.js'
import { server, type CallReport, type RunningServer } from '../../shared/rpc/server.js'
import { openBuses, type Buses } from './buses.js'
import { openCertificates, type HouseCertificates } from './certificates.js'
import { contentVaults } from './content-keys.js'
import { databaseOf } from './databases.js'
import { watchHealth, type Health } from './health.js'
import type { HouseConfig } from './house-config.js'
import { mustFindPeers, peersOf } from './peers.js'
import { SERVICE_NAMES, SERVICES, type Resident } from './services.js'
import { listening, withDatabase } from './start-faults.js'

/** What a house is given: its clock (turned by hand only in the demo and in tests), chance, and its log. */
export type HouseOutside = {
  readonly clock: Clock
  readonly mint: Mint
  readonly log: Log
  /** The storage of a service cannot be trusted any more: the process is to stop. */
  readonly onFatal: (fault: Error) => void
  /** Told of every call that was answered here. */
  readonly onCall?: (report: CallReport) => void
}

export type House = {
  /** Host and port of every service of this house. */
  readonly address: string
  readonly metricsAddress: string | undefined
  readonly bus: Buses['kind']
  readonly certificates: HouseCertificates
  readonly services: readonly Resident[]
  readonly health: Health
  /** Does everything that is due at the clock's present instant, in all services, until nothing is left. Gives how much was done. */
  settle(): Promise<number>
}

const IMAGE = fileURLToPath(new URL('../../gen/image.binpb', import.meta.url))
const CERTIFICATES_LOOK_MS = 10_000
const SETTLING_ROUNDS_MAX = 10_000

/** Opens a house; everything that it starts is a part of `parts`, and stops with them. */
export async function openHouse(
  config: HouseConfig,
  outside: HouseOutside,
  parts: Parts,
): Promise<House> {
  const { log } = outside
  mustFindPeers(config)
  await parts.start('data folder', () => {
    const lock = lockFolder(config.data)
    return Promise.resolve({ part: lock, stop: () => lock.release() })
  })
  const certificates = await parts.start('certificates', async () => {
    const part = await openCertificates(config, systemClock.now, (file, outcome) => {
      if ('error' in outcome) log.error('a certificate was not exchanged', { file }, outcome.error)
      else log.info('a certificate was exchanged', { file, fingerprint: outcome.fingerprint })
    })
    const looking = setInterval(() => void part.look(), CERTIFICATES_LOOK_MS)
    looking.unref()
    return { part, stop: () => Promise.resolve(clearInterval(looking)) }
  })
  if (certificates.makes) {
    await certificates.of({ kind: 'operator', name: 'admin' })
    await certificates.of({ kind: 'operator', name: 'second' })
    await certificates.of({ kind: 'security', name: 'first' })
    await certificates.of({ kind: 'security', name: 'second' })
    await certificates.of({ kind: 'auditor', name: 'auditor' })
    await certificates.of({ kind: 'service', name: 'front-door' }) // to try deploy/front-door with
  }
  const vault = contentVaults(config, outside.mint, systemClock.now)
  const signatures = await parts.start('signatures', async () => {
    const part = openSignatures()
    await mustVerifyAsKnown(part)
    return { part, stop: () => part.stop() }
  })
  const acts: OpenActs = (keys) => actsOf({ keys, signatures, house: config.trustDomain })
  const metrics = openMetrics()
  const metricsAddress = await startMetrics(config, metrics, parts)
  const buses = await openBuses(config, parts, log)

  const own: { address?: string } = {} // known once the server listens
  const ownAddress = (): string => {
    if (own.address === undefined) throw new Error('the server does not listen yet')
    return own.address
  }
  const residents: Resident[] = []
  for (const name of SERVICE_NAMES.filter((one) => config.services.includes(one))) {
    const certificate = await certificates.of({ kind: 'service', name })
    const peers = peersOf(config, certificate, ownAddress)
    const resident = await parts.start(name, async () => {
      const { clock, mint, onFatal } = outside
      const given = {
        clock,
        mint,
        log,
        metrics,
        peers,
        vault,
        acts,
        onFatal,
        issue: certificates.issue,
        bus: buses.of(name),
      }
      const start = () => SERVICES[name].start(config, databaseOf(config, name), given)
      const part = await withDatabase(config, start)
      return { part, stop: () => part.stop() }
    })
    residents.push(resident)
  }
  const door = await parts.start('server', async () => {
    const open = () => listen(config, outside, certificates, residents, metrics, signatures)
    const part = await listening('HUIQIAN_ADDRESS', config.address, open)
    return { part, stop: () => part.stop() }
  })
  own.address = door.address
  for (const resident of residents) await resident.begin()
  const health = await parts.start('health', async () => {
    const part = await watchHealth(residents, { server: door, metrics, log })
    return { part, stop: () => part.stop() }
  })
  log.info('the house stands', { address: door.address, bus: buses.kind })
  return {
    address: door.address,
    metricsAddress,
    bus: buses.kind,
    certificates,
    services: residents,
    health,
    settle: () => settleAll(residents),
  }
}

async function startMetrics(
  { metrics: address }: HouseConfig,
  metrics: Metrics,
  parts: Parts,
): Promise<string | undefined> {
  if (address === undefined) return undefined
  const [, host, port] = /^(.*):(\d+)$/.exec(address) ?? []
  const endpoint = await parts.start('metrics', async () => {
    const bare = (host ?? '').replace(/^\[|\]$/g, '')
    const open = () => serveMetrics(metrics, { host: bare, port: Number(port) })
    const part = await listening('HUIQIAN_METRICS', address, open)
    return { part, stop: () => part.stop() }
  })
  return endpoint.address
}

async function listen(
  { address, trustDomain, callsPerSecond = 0, connectionsPerAgency = 0 }: HouseConfig,
  { clock, log, onCall }: HouseOutside,
  certificates: HouseCertificates,
  residents: readonly Resident[],
  metrics: Metrics,
  signatures: Signatures,
): Promise<RunningServer> {
  const knowing = residents.flatMap(({ signingKey }) => signingKey ?? [])
  const keyOf = (keyId: string): SigningKey | undefined => {
    const found = knowing.flatMap((find) => find(keyId) ?? [])
    return found.find(({ retiredAt }) => retiredAt !== undefined) ?? found[0] // one heard of it first
  }
  return server({
    address,
    certificates: await certificates.of({ kind: 'server' }),
    identity: {
      trustDomain,
      revoked: (fingerprint) => residents.some(({ revoked }) => revoked?.(fingerprint) === true),
    },
    clock,
    services: residents.flatMap(({ served }) => served),
    ...(knowing.length > 0 && {
      officers: officersOf({ keyOf, signatures, house: trustDomain }),
    }),
    image: IMAGE,
    limits: {
      agencyCalls: { perSecond: callsPerSecond, burst: 5 * callsPerSecond },
      agencyConnections: connectionsPerAgency,
    },
    fault: ({ method, error }) => log.error('a call met a fault', { method }, error),
    onCall(report) {
      metrics.call(report)
      onCall?.(report)
    },
    onRefused(report) {
      const { caller, method, reason } = report
      log.debug('refused', { method, reason, ...(caller && { kind: caller.kind }) })
      for (const { refused } of residents) refused?.(report)
    },
  })
}

/** Round-robin: what one service does may be news for another, before or after it in the order. */
async function settleAll(residents: readonly Resident[]): Promise<number> {
  let total = 0
  for (let round = 0; round < SETTLING_ROUNDS_MAX; round++) {
    let done = 0
    for (const resident of residents) done += await resident.settle()
    if (done === 0) return total
    total += done
  }
  throw new Error(`the services do not come to rest: ${total} things done`)
}
