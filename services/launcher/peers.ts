// How the services of this house reach those they ask: in this process by its own port, elsewhere by
// the configured address; always over mutual TLS, each with its own certificate.
import { OperatorError } from '../../shared/process/operator-error.js'
import type { Peers } from '../../shared/rpc/hosted.js'
import type { Certificates } from '../../shared/rpc/peers.js'
import type { HouseConfig } from './house-config.js'
import { SERVICES, type ServiceName } from './services.js'

/** Refuses a house in which a service would not find whom it asks. */
export function mustFindPeers({ services, peers }: Pick<HouseConfig, 'services' | 'peers'>): void {
  for (const name of services) {
    const { asks, hears } = SERVICES[name]
    // A feed that is heard is read of its source, too: the one call upward.
    for (const asked of new Set([...asks, ...hears]))
      if (!services.includes(asked) && peers[asked] === undefined)
        throw new OperatorError(
          `${name} asks ${asked}, which does not run here: set HUIQIAN_PEER_${asked.toUpperCase()} to its host:port`,
        )
  }
}

/** The peers of one service. `ownAddress` is known once the server listens. */
export function peersOf(
  { services, peers }: Pick<HouseConfig, 'services' | 'peers'>,
  certificates: Certificates,
  ownAddress: () => string,
): Peers {
  return {
    channel(service) {
      const name = service as ServiceName
      const address = services.includes(name) ? reachable(ownAddress()) : peers[name]
      if (address === undefined) throw new Error(`no address is known for ${service}`)
      return { address, certificates }
    },
  }
}

/** Where one listens on every interface, one calls on loopback. */
const reachable = (address: string): string =>
  address.replace(/^(0\.0\.0\.0|\[::\]):/, '127.0.0.1:')
