// The services that escalation asks, at the addresses that are known at the first question.
import { DisputeFileServiceClient } from '../../../gen/huiqian/coordination/v1/dispute_file.js'
import { FeedServiceClient as CoordinationFeed } from '../../../gen/huiqian/coordination/v1/feed.js'
import { LetterServiceClient } from '../../../gen/huiqian/delivery/v1/delivery.js'
import { CalendarServiceClient } from '../../../gen/huiqian/directory/v1/calendar.js'
import { DirectoryServiceClient } from '../../../gen/huiqian/directory/v1/directory.js'
import { FeedServiceClient as DirectoryFeed } from '../../../gen/huiqian/directory/v1/feed.js'
import { askingThrough } from '../../../shared/rpc/asking.js'
import { connect } from '../../../shared/rpc/client.js'
import type { Peers } from '../../../shared/rpc/hosted.js'

export const DIRECTORY = 'directory'
export const COORDINATION = 'coordination'
const DELIVERY = 'delivery'

export type Asking = ReturnType<typeof asking>

export function asking(peers: Peers) {
  const { client, feed, close } = askingThrough(peers)
  return {
    directory: client(DIRECTORY, (...at) => connect(DirectoryServiceClient, ...at)),
    calendar: client(DIRECTORY, (...at) => connect(CalendarServiceClient, ...at)),
    letters: client(DELIVERY, (...at) => connect(LetterServiceClient, ...at)),
    files: client(COORDINATION, (...at) => connect(DisputeFileServiceClient, ...at)),
    readDirectoryFeed: feed(DIRECTORY, (...at) => connect(DirectoryFeed, ...at)),
    readCoordinationFeed: feed(COORDINATION, (...at) => connect(CoordinationFeed, ...at)),
    close,
  }
}
