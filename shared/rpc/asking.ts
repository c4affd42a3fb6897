// The services that a service asks: each connected to at the first question, at the address that is
// known then, and closed together.
import type { FeedPage } from '../../gen/huiqian/common/v1/feed.js'
import type { ReadFeed } from '../bus/bus.js'
import type { Certificates, Channel } from './peers.js'
import type { Peers } from './hosted.js'

type Closing = { close(): void }
type Connect<Client> = (address: Channel['address'], certificates: Certificates) => Client
type FeedClient = Closing & {
  read(request: {
    readonly after: number
    readonly limit: number
  }): Promise<{ readonly page: FeedPage | undefined }>
}

export type Asking = Closing & {
  /** The client of a service, made at the first use. */
  client<Client extends Closing>(service: string, connect: Connect<Client>): () => Client
  /** Reads a service's feed. */
  feed(service: string, connect: Connect<FeedClient>): ReadFeed
}

export function askingThrough(peers: Peers): Asking {
  const open: Closing[] = []
  const client: Asking['client'] = (service, connect) => {
    let made: ReturnType<typeof connect> | undefined
    return () => {
      if (made === undefined) {
        const { address, certificates } = peers.channel(service)
        open.push((made = connect(address, certificates)))
      }
      return made
    }
  }
  return {
    client,
    feed(service, connect) {
      const feed = client(service, connect)
      return async (after, limit) => {
        const { page } = await feed().read({ after, limit })
        if (page === undefined) throw new Error('a feed answered without a page')
        const { incarnation, entries, head } = page
        return { incarnation, entries, head }
      }
    },
    close: () => open.forEach((one) => one.close()),
  }
}
