// Hears the directory: which announcement is acted on by which file.
import { Announcement } from '../../../gen/huiqian/directory/v1/announcements.js'
import { FeedServiceClient } from '../../../gen/huiqian/directory/v1/feed.js'
import type { ReadFeed } from '../../../shared/bus/bus.js'
import type { Act } from '../../../shared/bus/into-record.js'
import type { SigningKeys } from '../../../shared/copies/signing-keys.js'
import type { Statement } from '../../../shared/database/database.js'
import type { FeedEntry } from '../../../shared/dossier/dossier.js'
import { connect } from '../../../shared/rpc/client.js'
import type { Channel } from '../../../shared/rpc/peers.js'
import type { Delivery } from '../delivery.js'
import { agencyChanged } from './agency-changed.js'
import type { Revoked } from './credential-revoked.js'

export const DIRECTORY = 'directory'

/** What entries of the directory's feed bring about: statements for own copies, no events. */
export function actOnDirectory(
  delivery: Pick<Delivery, 'designations'>,
  revoked: Revoked,
  signingKeys: SigningKeys,
): (entries: readonly FeedEntry[]) => Act {
  const onAgencyChanged = agencyChanged(delivery)
  const statementsOf = ({ what }: Announcement): readonly Statement[] => {
    switch (what?.$case) {
      case 'agencyChanged':
        return onAgencyChanged(what.agencyChanged)
      case 'credentialRevoked':
        return revoked.heard(what.credentialRevoked)
      case 'signingKeyChanged':
        return signingKeys.heard(what.signingKeyChanged)
      case 'signingKeyProposed':
      case 'certificateEnrolmentChanged':
      case 'credentialRegistered':
      case 'credentialRevocationProposed':
      case 'calendarRevised':
      case 'noticeProposed':
      case undefined: // one that is not known here yet
        return []
    }
  }
  return (entries) => {
    const statements = entries.flatMap(({ announcement }) =>
      statementsOf(Announcement.decode(announcement)),
    )
    return { loads: [], decide: () => ({ parts: [], statements }) }
  }
}

/** Reads the directory's feed, from the address that is known at the first reading. */
export function readDirectoryFeed(channel: () => Channel): ReadFeed & { close(): void } {
  let feed: ReturnType<typeof client> | undefined
  const client = () => {
    const { address, certificates } = channel()
    return connect(FeedServiceClient, address, certificates)
  }
  const read: ReadFeed = async (after, limit) => {
    feed ??= client()
    const { page } = await feed.read({ after, limit })
    if (page === undefined) throw new Error('the directory answered without a page')
    return page
  }
  return Object.assign(read, { close: () => feed?.close() })
}
