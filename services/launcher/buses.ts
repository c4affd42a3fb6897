// How announcements travel in this house: over a NATS server that is configured, over one of our own
// that is started as a child, or inside the process. Each service speaks with its own key.
import { join } from 'node:path'
import type { Bus } from '../../shared/bus/bus.js'
import { inProcessBus } from '../../shared/bus/in-process-bus.js'
import { jetStreamBus } from '../../shared/bus/jetstream-bus.js'
import { natsKeys, readNatsKey } from '../../shared/bus/nats-keys.js'
import { findNatsServer } from '../../shared/bus/nats-server.js'
import { mustBeClosed } from '../../shared/bus/probe.js'
import type { Log } from '../../shared/process/log.js'
import { OperatorError } from '../../shared/process/operator-error.js'
import type { Parts } from '../../shared/process/process.js'
import type { HouseConfig } from './house-config.js'
import { ownNats } from './own-nats.js'
import { natsUsersOf, type ServiceName } from './services.js'

export type Buses = {
  /** What the log and the greeting say. */
  readonly kind: 'nats' | 'own-nats' | 'in-process'
  of(service: ServiceName): Bus
}

/** Opens the bus of each service. What is started here is a part of the process. */
export async function openBuses(config: HouseConfig, parts: Parts, log: Log): Promise<Buses> {
  const { bus, services } = config
  if (bus.kind === 'nats') {
    log.info('announcing over a configured nats server', { bus: 'nats' })
    const seedOf = (name: ServiceName): string => seedIn(bus.keys, name)
    return overNats('nats', bus.servers, seedOf, services, parts, log)
  }
  const found = bus.kind === 'own' ? await findNatsServer() : undefined
  if (found === undefined) {
    const why = bus.kind === 'own' ? 'no-nats-server-found' : 'configured'
    log.info('announcing in process', { bus: 'in-process', reason: why })
    const shared = inProcessBus((error) =>
      log.warn('a hearer failed', { bus: 'in-process' }, error),
    )
    await parts.start('bus', () => Promise.resolve({ part: shared, stop: () => shared.close() }))
    return { kind: 'in-process', of: () => shared }
  }
  const dir = join(config.data, 'nats')
  const keys = natsKeys(join(dir, 'keys'), services)
  const users = natsUsersOf(services).map((user) => ({
    ...user,
    publicKey: keys.get(user.name)?.publicKey ?? '',
  }))
  const { url } = await parts.start('nats-server', async () => {
    const part = await ownNats({ dir, users, binary: found.binary }, log)
    return { part, stop: part.stop }
  })
  log.info('announcing over our own nats server', { bus: 'own-nats', version_name: found.version })
  const seedOf = (name: ServiceName): string => keys.get(name)?.seed ?? ''
  return overNats('own-nats', [url], seedOf, services, parts, log)
}

async function overNats(
  kind: Buses['kind'],
  servers: readonly string[],
  seedOf: (name: ServiceName) => string,
  services: readonly ServiceName[],
  parts: Parts,
  log: Log,
): Promise<Buses> {
  const opened = new Map<ServiceName, Bus>()
  for (const name of services) {
    const options = { servers, name, nkeySeed: seedOf(name) }
    const bus = await parts.start(`bus of ${name}`, async () => {
      const onTrouble = (_what: string, error?: unknown): void =>
        log.warn('trouble on the bus', { service: name, bus: kind }, error)
      const part = await jetStreamBus({ ...options, onTrouble })
      return { part, stop: () => part.close() }
    })
    opened.set(name, bus)
    // A broker is not trusted to be configured as meant: it is tried. Down, it proves nothing yet.
    if (bus.state().connected) await keepsStrangersOut(options)
    else log.warn('the broker is not reachable: feeds wait for it', { service: name, bus: kind })
  }
  return {
    kind,
    of(service) {
      const bus = opened.get(service)
      if (bus === undefined) throw new Error(`no bus was opened for ${service}`)
      return bus
    },
  }
}

async function keepsStrangersOut(options: {
  readonly servers: readonly string[]
  readonly name: string
  readonly nkeySeed: string
}): Promise<void> {
  try {
    await mustBeClosed({ ...options, foreignSource: 'nobody' })
  } catch (cause) {
    if (!(cause instanceof Error && cause.message.startsWith('the broker lets in'))) throw cause
    throw new OperatorError(`${cause.message}. Configure it as the runbook says.`, { cause })
  }
}

function seedIn(folder: string, name: ServiceName): string {
  const file = join(folder, `${name}.nkey`)
  try {
    return readNatsKey(file).seed
  } catch (cause) {
    throw new OperatorError(`the NATS key of ${name} cannot be read from ${file}`, { cause })
  }
}
