// The services that coordination asks, at the addresses that are known at the first question.
import { FeedServiceClient as DeliveryFeed } from '../../../gen/huiqian/delivery/v1/feed.js'
import { LetterServiceClient } from '../../../gen/huiqian/delivery/v1/delivery.js'
import { CalendarServiceClient } from '../../../gen/huiqian/directory/v1/calendar.js'
import { DirectoryServiceClient } from '../../../gen/huiqian/directory/v1/directory.js'
import { FeedServiceClient as DirectoryFeed } from '../../../gen/huiqian/directory/v1/feed.js'
import { FeedServiceClient as EscalationFeed } from '../../../gen/huiqian/escalation/v1/feed.js'
import { askingThrough } from '../../../shared/rpc/asking.js'
import { connect } from '../../../shared/rpc/client.js'
import type { Peers } from '../../../shared/rpc/hosted.js'

export const DIRECTORY = 'directory'
export const DELIVERY = 'delivery'
export const ESCALATION = 'escalation'

export type Asking = ReturnType<typeof asking>

export function asking(peers: Peers) {
  const { client, feed, close } = askingThrough(peers)
  return {
    directory: client(DIRECTORY, (...at) => connect(DirectoryServiceClient, ...at)),
    calendar: client(DIRECTORY, (...at) => connect(CalendarServiceClient, ...at)),
    letters: client(DELIVERY, (...at) => connect(LetterServiceClient, ...at)),
    readDeliveryFeed: feed(DELIVERY, (...at) => connect(DeliveryFeed, ...at)),
    readEscalationFeed: feed(ESCALATION, (...at) => connect(EscalationFeed, ...at)),
    readDirectoryFeed: feed(DIRECTORY, (...at) => connect(DirectoryFeed, ...at)),
    close,
  }
}
