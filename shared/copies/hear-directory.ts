// What is heard of the directory: agencies, the calendar and revoked certificates, kept as own copies. An
// announcement carries ids only; what it tells of is fetched before the commit that keeps it.
import type { Act } from '../bus/into-record.js'
import type { Statement } from '../database/database.js'
import type { FeedEntry } from '../dossier/dossier.js'
import { instantOf } from '../rpc/timestamps.js'
import type { CalendarRevision } from '../working-days/working-days.js'
import type { Agencies } from './agencies.js'
import {
  revisionOf,
  type InstrumentMessage,
  type Operations,
  type RevisionMessage,
} from './revision-message.js'
import type { Revisions } from './revisions.js'
import type { Revoked } from './revoked.js'
import type { SigningKeys, SigningKeyTold } from './signing-keys.js'

/** Own copies that the directory's feed fills. */
export type DirectoryCopies<Agency> = {
  readonly agencies: Agencies<Agency>
  readonly revisions: Revisions<unknown>
  readonly revoked: Revoked
  readonly signingKeys: SigningKeys
}

/** What the directory announces, as far as it is acted on. */
type Told = {
  readonly $case: string
  readonly agencyChanged?: { readonly agency: string }
  readonly calendarRevised?: { readonly revision: number }
  readonly credentialRevoked?: { readonly fingerprint: string }
  readonly signingKeyChanged?: SigningKeyTold
}

/** The directory's contract, as the service has it in hand: shared code knows no service's messages. */
export type DirectoryContract<Message, Agency> = {
  readonly decode: (announcement: Uint8Array) => { readonly what?: Told | undefined }
  readonly directory: () => {
    getAgency(request: {
      readonly creditCode: string
    }): Promise<{ readonly agency?: Message | undefined }>
  }
  readonly calendar: () => {
    getRevision(request: { readonly number: number }): Promise<{
      readonly revision?: RevisionMessage | undefined
      readonly instruments: readonly InstrumentMessage[]
    }>
  }
  /** What the service keeps of an agency. */
  readonly agencyOf: (message: Message) => Agency
  /** The words of the contract's numbers. */
  readonly operations: Operations
}

/** What the entries bring about: rows of the own copies. They are learnt in memory by `learn`, once committed. */
export async function actOnDirectory<Message, Agency>(
  { agencies, revisions, revoked, signingKeys }: DirectoryCopies<Agency>,
  contract: DirectoryContract<Message, Agency>,
  entries: readonly FeedEntry[],
): Promise<Act & { readonly learn: () => void }> {
  const changed = new Set<string>()
  const revised = new Set<number>()
  const refused = new Set<string>()
  const keys: Statement[] = []
  for (const { announcement } of entries) {
    const { what } = contract.decode(announcement)
    if (what?.agencyChanged) changed.add(what.agencyChanged.agency)
    if (what?.calendarRevised) revised.add(what.calendarRevised.revision)
    if (what?.credentialRevoked) refused.add(what.credentialRevoked.fingerprint)
    if (what?.signingKeyChanged) keys.push(...signingKeys.heard(what.signingKeyChanged))
  }
  const fetched = await Promise.all([...changed].map((code) => fetchAgency(contract, code)))
  const missing = [...revised].filter((number) => !revisions.has(number))
  const newest = missing.length === 0 ? [] : [await fetchRevision(contract, Math.max(...missing))]
  const statements: Statement[] = [
    ...agencies.put(fetched),
    ...revisions.put(newest),
    ...revoked.put([...refused]),
    ...keys,
  ]
  return {
    loads: [],
    decide: () => ({ parts: [], statements }),
    learn: () => {
      agencies.learn(fetched)
      revisions.learn(newest)
      revoked.learn([...refused])
    },
  }
}

async function fetchAgency<Message, Agency>(
  { directory, agencyOf }: DirectoryContract<Message, Agency>,
  creditCode: string,
): Promise<Agency> {
  const { agency } = await directory().getAgency({ creditCode })
  if (agency === undefined) throw new Error('the directory answered without an agency')
  return agencyOf(agency)
}

async function fetchRevision(
  { calendar, operations }: Pick<DirectoryContract<never, unknown>, 'calendar' | 'operations'>,
  number: number,
): Promise<CalendarRevision> {
  const { revision, instruments } = await calendar().getRevision({ number })
  if (revision?.recordedAt === undefined)
    throw new Error('the directory answered without a revision')
  return revisionOf(revision, instantOf(revision.recordedAt), instruments, operations)
}
