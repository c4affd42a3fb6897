// What coordination hears of the directory: agencies, the calendar and revoked certificates, kept as
// own copies. An announcement carries ids only; the copy is fetched before the commit that keeps it.
import { Announcement } from '../../../gen/huiqian/directory/v1/announcements.js'
import { type CalendarServiceClient } from '../../../gen/huiqian/directory/v1/calendar.js'
import { type DirectoryServiceClient } from '../../../gen/huiqian/directory/v1/directory.js'
import type { Act } from '../../../shared/bus/into-record.js'
import type { FeedEntry } from '../../../shared/dossier/dossier.js'
import type { Statement } from '../../../shared/database/database.js'
import type { Calls } from '../../../shared/rpc/client.js'
import { knownAgency } from '../store/agencies.js'
import { revisionOf } from './revision-message.js'
import type { Coordination } from '../coordination.js'
import type { KnownAgency } from '../release/submit.js'

export type DirectoryCalls = {
  readonly directory: Calls<typeof DirectoryServiceClient.service>
  readonly calendar: Calls<typeof CalendarServiceClient.service>
}

/** Own copies that the directory's feed fills. */
export type Copies = Pick<Coordination, 'agencies' | 'revisions' | 'revoked'>

/** What the entries bring about: rows of the own copies. They are learnt in memory by `learn`, once committed. */
export async function actOnDirectory(
  { agencies, revisions, revoked }: Copies,
  calls: DirectoryCalls,
  entries: readonly FeedEntry[],
): Promise<Act & { readonly learn: () => void }> {
  const changed = new Set<string>()
  const revised = new Set<number>()
  const refused = new Set<string>()
  for (const { announcement } of entries) {
    const { what } = Announcement.decode(announcement)
    if (what?.$case === 'agencyChanged') changed.add(what.agencyChanged.agency)
    if (what?.$case === 'calendarRevised') revised.add(what.calendarRevised.revision)
    if (what?.$case === 'credentialRevoked') refused.add(what.credentialRevoked.fingerprint)
  }
  const fetched = await Promise.all([...changed].map((code) => fetchAgency(calls, code)))
  const missing = [...revised].filter((number) => !revisions.has(number))
  const newest = missing.length === 0 ? undefined : Math.max(...missing)
  const revision = newest === undefined ? undefined : await fetchRevision(calls, newest)
  const statements: Statement[] = [
    ...agencies.put(fetched),
    ...(revision === undefined ? [] : [revisions.put(revision)]),
    ...[...refused].map(revoked.put),
  ]
  return {
    loads: [],
    decide: () => ({ parts: [], statements }),
    learn: () => {
      agencies.learn(fetched)
      if (revision !== undefined) revisions.learn(revision)
      revoked.learn([...refused])
    },
  }
}

async function fetchAgency(
  { directory }: DirectoryCalls,
  creditCode: string,
): Promise<KnownAgency> {
  const { agency } = await directory.getAgency({ creditCode })
  if (agency === undefined) throw new Error('the directory answered without an agency')
  return knownAgency(agency)
}

async function fetchRevision({ calendar }: DirectoryCalls, number: number) {
  const { revision, instruments } = await calendar.getRevision({ number })
  if (revision === undefined) throw new Error('the directory answered without a revision')
  return revisionOf(revision, instruments)
}
