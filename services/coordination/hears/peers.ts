// The services that coordination asks, at the addresses that are known at the first question.
import { FeedServiceClient as DeliveryFeed } from '../../../gen/huiqian/delivery/v1/feed.js'
import { LetterServiceClient } from '../../../gen/huiqian/delivery/v1/delivery.js'
import { CalendarServiceClient } from '../../../gen/huiqian/directory/v1/calendar.js'
import { DirectoryServiceClient } from '../../../gen/huiqian/directory/v1/directory.js'
import { FeedServiceClient as DirectoryFeed } from '../../../gen/huiqian/directory/v1/feed.js'
import type { ReadFeed } from '../../../shared/bus/bus.js'
import type { FeedPage as PageMessage } from '../../../gen/huiqian/common/v1/feed.js'
import { connect } from '../../../shared/rpc/client.js'
import type { Peers } from '../../../shared/rpc/hosted.js'

export const DIRECTORY = 'directory'
export const DELIVERY = 'delivery'

export type Asking = ReturnType<typeof asking>

export function asking(peers: Peers) {
  const open: { close(): void }[] = []
  const once = <T extends { close(): void }>(make: () => T): (() => T) => {
    let made: T | undefined
    return () => {
      if (made === undefined) open.push((made = make()))
      return made
    }
  }
  const at = (service: string) => {
    const { address, certificates } = peers.channel(service)
    return [address, certificates] as const
  }
  const deliveryFeed = once(() => connect(DeliveryFeed, ...at(DELIVERY)))
  const directoryFeed = once(() => connect(DirectoryFeed, ...at(DIRECTORY)))
  const reading =
    (feed: typeof deliveryFeed | typeof directoryFeed): ReadFeed =>
    async (after, limit) => {
      const { page } = await feed().read({ after, limit })
      if (page === undefined) throw new Error('a feed answered without a page')
      return pageOf(page)
    }
  return {
    directory: once(() => connect(DirectoryServiceClient, ...at(DIRECTORY))),
    calendar: once(() => connect(CalendarServiceClient, ...at(DIRECTORY))),
    letters: once(() => connect(LetterServiceClient, ...at(DELIVERY))),
    readDeliveryFeed: reading(deliveryFeed),
    readDirectoryFeed: reading(directoryFeed),
    close: () => open.forEach((client) => client.close()),
  }
}

const pageOf = ({ incarnation, entries, head }: PageMessage) => ({ incarnation, entries, head })
