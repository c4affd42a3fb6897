// Escalation: disputes, co-review and rulings. Built here, run by whoever hosts it.
import { Announcement } from '../../gen/huiqian/escalation/v1/announcements.js'
import { Letter } from '../../gen/huiqian/delivery/v1/delivery.js'
import type { Bus } from '../../shared/bus/bus.js'
import { intoRecord, relayMarkIn } from '../../shared/bus/into-record.js'
import { listener, type Listener } from '../../shared/bus/listener.js'
import { relay } from '../../shared/bus/relay.js'
import type { Clock } from '../../shared/clock/clock.js'
import { actOnDirectory } from '../../shared/copies/hear-directory.js'
import { openRevisions } from '../../shared/copies/revisions.js'
import { openRevoked } from '../../shared/copies/revoked.js'
import { openSigningKeys, type SigningKeys } from '../../shared/copies/signing-keys.js'
import { standing, standingName } from '../../shared/copies/standing.js'
import { openDatabase, type Database } from '../../shared/database/database.js'
import { contentStore } from '../../shared/dossier/content.js'
import { openDossier, type Dossier } from '../../shared/dossier/dossier.js'
import { marksOf, type Marks } from '../../shared/dossier/marks.js'
import { duties, type Duties } from '../../shared/duties/duties.js'
import { outboxOf, postLetters } from '../../shared/duties/outbox.js'
import { recordRefusals } from '../../shared/duties/record-refusals.js'
import { sealAnew } from '../../shared/duties/seal-anew.js'
import { residentOf } from '../../shared/duties/resident.js'
import type { OpenActs } from '../../shared/acts/acts.js'
import type { OpenVault } from '../../shared/confidentiality/confidentiality.js'
import type { Mint } from '../../shared/identity/identity.js'
import type { Log } from '../../shared/process/log.js'
import type { RefusedReport } from '../../shared/rpc/door.js'
import type { Hosted, Peers } from '../../shared/rpc/hosted.js'
import { pageSecret } from '../../shared/rpc/page-secret.js'
import { pageTokens } from '../../shared/rpc/page-tokens.js'
import { rousing as rousingOf } from '../../shared/rpc/rousing.js'
import { openWakes } from '../../shared/rpc/wakes.js'
import { remindersBy } from './calendar/reminders.js'
import type { EscalationConfig } from './config.js'
import { partsIn } from './dispute/state.js'
import { destroyContent } from './duties/destroy-content.js'
import { remindOfDisputes } from './duties/remind.js'
import { writeLetters } from './duties/write-letters.js'
import { kindsOf, type Escalation } from './escalation.js'
import { actOnCoordination } from './hears/coordination.js'
import { directoryContract } from './hears/directory.js'
import { asking, COORDINATION, DIRECTORY, type Asking } from './hears/peers.js'
import { servedBy } from './rpc/server.js'
import { openAgencies } from './store/agencies.js'
import { destructionsOf } from './store/destructions.js'
import { disputesOfAgency } from './store/disputes-of-agency.js'
import { migrations } from './store/migrations.js'
import { questionsOf, type LetterRow } from './store/questions.js'
import type { Schema } from './store/schema.js'

export const ESCALATION = 'escalation'

export type Outside = {
  readonly clock: Clock
  readonly mint: Mint
  readonly bus: Bus
  readonly peers: Peers
  readonly log: Log
  /** Seals what is said before it is stored. */
  readonly vault: OpenVault
  /** Verifies the signatures that agencies' acts carry. */
  readonly acts: OpenActs
  /** The storage cannot be trusted any more: the process is to stop. */
  readonly onFatal?: (fault: Error) => void
}

export type HostedEscalation = Hosted & {
  /** Whether a certificate was revoked, by fingerprint: for the server that serves these calls. */
  readonly revoked: (fingerprint: string) => boolean
  /** A key that an agency registered, by its id: for the server, to which officers are named. */
  readonly signingKey: SigningKeys['find']
  /** To be told of refused calls by the server; those of other services are passed over. */
  readonly refused: (report: RefusedReport) => void
}

/** Opens escalation's record and builds its calls; nothing runs before `begin`. */
export async function startEscalation(
  config: EscalationConfig,
  outside: Outside,
): Promise<HostedEscalation> {
  const { clock, bus, peers, mint, onFatal } = outside
  const log = outside.log.with({ service: ESCALATION })
  const database = await openDatabase<Schema>(config.database, {
    migrations,
    ...(onFatal && { onFatal }),
  })
  const dossier = await openDossier(database, { source: ESCALATION, mint })
  const marks = marksOf(database)
  const room = await openRoom(outside, database, dossier)
  const asked = asking(peers)
  const attempts = dossier.of(room.kinds.attempts)
  const refusals = recordRefusals('huiqian.escalation.v1.', attempts, clock, () => running.nudge())
  const running = duties(
    [
      lettersOf(room, asked, log),
      remindOfDisputes(room),
      sealAnew({ ...room, clear: [room.content] }),
      destroyContent(room),
      refusals.duty,
    ],
    { clock, onError: (duty, error) => log.warn('duty failed', { duty }, error) },
  )
  const hearings = hearingsOf(room, marks, asked, bus, log, running)
  const telling = relay(dossier, bus, {
    ...{ source: ESCALATION, clock, mark: relayMarkIn(database, marks) },
    onError: (error) => log.warn('announcing failed', { feed: ESCALATION }, error),
  })
  const rousing = rousingOf({
    ...{ dossier, bus, wakes: room.wakes, source: ESCALATION },
    thingsOf: (announcement) => agenciesOf(room, announcement),
    onError: (error) => log.warn('waking failed', { feed: ESCALATION }, error),
  })
  return {
    name: ESCALATION,
    served: servedBy(room, asked.directory),
    revoked: room.revoked.has,
    signingKey: room.signingKeys.find,
    refused: refusals.count,
    ...residentOf({
      ...{ database, dossier, hearings, running, telling, rousing, refusals, asked, log },
      feedLagMaxMs: config.feedLagMaxMs,
    }),
  }
}

async function openRoom(
  { clock, mint, vault: openVault, acts: openActs }: Outside,
  database: Database<Schema>,
  dossier: Dossier,
): Promise<Escalation> {
  const questions = questionsOf(database)
  const vault = await openVault(database)
  const signingKeys = await openSigningKeys(database)
  const kinds = kindsOf(database, questions, clock.now)
  dossier.of(kinds.numbers) // named once, so that a ruling can change it together with its dispute
  return {
    ...{ dossier, kinds, questions, clock, mint },
    disputes: dossier.of(kinds.dispute),
    readings: dossier.of(kinds.readings),
    content: contentStore(database, vault),
    vault,
    destructions: destructionsOf(database),
    outbox: outboxOf<LetterRow, Schema>(database),
    disputesOf: disputesOfAgency(database),
    agencies: await openAgencies(database),
    revisions: await openRevisions(database, remindersBy),
    revoked: await openRevoked(database),
    signingKeys,
    acts: openActs(signingKeys),
    pageTokens: pageTokens(await pageSecret(database, mint)),
    wakes: openWakes(),
  }
}

const lettersOf = (room: Escalation, asked: Asking, log: Log) =>
  postLetters<LetterRow, Letter>({
    ...{ outbox: room.outbox, dossier: room.dossier, clock: room.clock, log },
    async write(rows) {
      const now = room.clock.now()
      const { agencies } = room
      const name = (code: string) => standingName(agencies.get, agencies.name, code, now)
      const letters = await writeLetters({ ...room, agencies: { ...agencies, name } }, rows)
      // Whoever took over sends and receives: the mailbox of an agency that ended takes no letters.
      return letters.map(
        (letter) =>
          letter && {
            ...letter,
            sender: standing(agencies.get, letter.sender, now),
            recipient: standing(agencies.get, letter.recipient, now),
          },
      )
    },
    bytesOf: (letter) => Letter.encode(letter).finish().length,
    post: async (letters) => (await asked.letters().postLetters({ letters })).letters,
  })

function hearingsOf(
  room: Escalation,
  marks: Marks,
  asked: Asking,
  bus: Bus,
  log: Log,
  rounds: Duties,
): Listener[] {
  const { dossier, clock } = room
  const common = (source: string) => ({
    ...{ source, bus, clock },
    onAlarm: ({ kind }: { kind: string }) => log.error('alarm of a feed', { source, kind }),
    onError: (error: unknown) => log.warn('hearing failed', { source }, error),
  })
  let learn = (): void => undefined
  const directory = intoRecord({
    ...{ dossier, marks, clock, source: DIRECTORY },
    async act(entries) {
      const act = await actOnDirectory(room, directoryContract(asked), entries)
      learn = act.learn
      return act
    },
  })
  const coordination = intoRecord({
    ...{ dossier, marks, clock, source: COORDINATION },
    act: (entries) => actOnCoordination(room, asked.files, entries),
  })
  return [
    listener({
      ...common(DIRECTORY),
      readFeed: asked.readDirectoryFeed,
      async load() {
        // Another instance may have moved the cursor, and filled the copies.
        await room.agencies.refresh()
        await room.revisions.refresh()
        await room.revoked.refresh()
        await room.signingKeys.refresh()
        return directory.load()
      },
      async handle(entries, cursor) {
        await directory.handle(entries, cursor)
        learn()
        rounds.nudge()
      },
      quarantine: directory.quarantine,
    }),
    listener({ ...common(COORDINATION), readFeed: asked.readCoordinationFeed, ...coordination }),
  ]
}

/** The agencies with a part in the dispute that an announcement is of: who watches is woken. */
async function agenciesOf(
  { disputes, agencies, clock }: Pick<Escalation, 'disputes' | 'agencies' | 'clock'>,
  announcement: Uint8Array,
): Promise<string[]> {
  const [kind, id] = (Announcement.decode(announcement).mark?.stream ?? '').split(':')
  if (kind !== 'dispute' || id === undefined) return []
  const parts = [...partsIn((await disputes.read(id)).state).keys()]
  return parts.map((agency) => standing(agencies.get, agency, clock.now()))
}
