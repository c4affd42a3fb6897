// Coordination: releases, consultations, opinions, deemed consent, clearance and publication. Built
// here, run by whoever hosts it.
import { Announcement } from '../../gen/huiqian/coordination/v1/announcements.js'
import type { Bus } from '../../shared/bus/bus.js'
import { intoRecord, relayMarkIn } from '../../shared/bus/into-record.js'
import { listener, type Listener } from '../../shared/bus/listener.js'
import { relay } from '../../shared/bus/relay.js'
import type { Clock } from '../../shared/clock/clock.js'
import { actOnEscalation } from './hears/escalation.js'
import { actOnDirectory } from '../../shared/copies/hear-directory.js'
import { openRevoked } from '../../shared/copies/revoked.js'
import { openSigningKeys, type SigningKeys } from '../../shared/copies/signing-keys.js'
import { openDatabase, type Database } from '../../shared/database/database.js'
import { contentStore } from '../../shared/dossier/content.js'
import { openDossier, type Dossier } from '../../shared/dossier/dossier.js'
import { marksOf } from '../../shared/dossier/marks.js'
import { duties, type Duties, type Duty } from '../../shared/duties/duties.js'
import { recordRefusals } from '../../shared/duties/record-refusals.js'
import { sealAnew } from '../../shared/duties/seal-anew.js'
import { residentOf } from '../../shared/duties/resident.js'
import type { RefusedReport } from '../../shared/rpc/door.js'
import type { OpenActs } from '../../shared/acts/acts.js'
import type { OpenVault } from '../../shared/confidentiality/confidentiality.js'
import type { Mint } from '../../shared/identity/identity.js'
import type { Log } from '../../shared/process/log.js'
import type { Hosted, Peers } from '../../shared/rpc/hosted.js'
import { negotiationsOf } from './store/negotiations.js'
import { pageSecret } from '../../shared/rpc/page-secret.js'
import { pageTokens } from '../../shared/rpc/page-tokens.js'
import { rousing as rousingOf } from '../../shared/rpc/rousing.js'
import { openWakes } from '../../shared/rpc/wakes.js'
import { openAgencies } from './store/agencies.js'
import { openRevisions } from './store/revisions.js'
import { openClockKeeper } from './duties/clock-keeper.js'
import type { CoordinationConfig } from './config.js'
import { kindsOf, type Coordination } from './coordination.js'
import { deemConsents } from './duties/deem-consents.js'
import { expireUploads } from './duties/expire-uploads.js'
import { fileOnInstruction } from './duties/file-on-instruction.js'
import { keepTheMark } from './duties/keep-the-mark.js'
import { passStatements } from './duties/pass-statements.js'
import { postLetters } from './duties/post-letters.js'
import { remindConfirmations } from './duties/remind-confirmations.js'
import { remind } from './duties/remind.js'
import { destroyLetters } from './duties/destroy-letters.js'
import { withdrawLetters } from './duties/withdraw-letters.js'
import { recomputeDeadlines } from './duties/recompute-deadlines.js'
import { takeOver } from './duties/take-over.js'
import { openMattersOf } from './store/open-matters-of.js'
import { applyOutages } from './duties/apply-outages.js'
import { actOnDelivery } from './hears/delivery.js'
import { directoryContract } from './hears/directory.js'
import { asking, DELIVERY, DIRECTORY, ESCALATION, type Asking } from './hears/peers.js'
import { openPacks } from './store/packs.js'
import { servedBy } from './rpc/server.js'
import { recomputationsOf } from './store/recomputations.js'
import { consultationsOfAgency } from './store/consultations-of-agency.js'
import { gateQuestionsOf } from './store/gate-questions.js'
import { migrations } from './store/migrations.js'
import { organisingOf } from './store/organising.js'
import { questionsOf } from './store/questions.js'
import { releasesOfAgency } from './store/releases-of-agency.js'
import type { Schema } from './store/schema.js'
import { reviewBodiesOf } from './store/review-bodies.js'
import { titlesOf } from './store/titles.js'
import { uploadsOf } from './store/uploads.js'
import { destructionsOf } from './store/destructions.js'
import { withdrawalsOf } from './store/withdrawals.js'

export const COORDINATION = 'coordination'

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

export type HostedCoordination = Hosted & {
  /** Whether a certificate was revoked, by fingerprint: for the server that serves these calls. */
  readonly revoked: (fingerprint: string) => boolean
  /** A key that an agency registered, by its id: for the server, to which officers are named. */
  readonly signingKey: SigningKeys['find']
  /** To be told of refused calls by the server; those of other services are passed over. */
  readonly refused: (report: RefusedReport) => void
}

/** Opens coordination's record and builds its calls; nothing runs before `begin`. */
export async function startCoordination(
  config: CoordinationConfig,
  outside: Outside,
): Promise<HostedCoordination> {
  const { clock, bus, peers, mint, onFatal } = outside
  const log = outside.log.with({ service: COORDINATION })
  const database = await openDatabase<Schema>(config.database, {
    migrations,
    ...(onFatal && { onFatal }),
  })
  const dossier = await openDossier(database, { source: COORDINATION, mint })
  const room = await openRoom(config, { ...outside, log }, database, dossier)
  const asked = asking(peers)
  const refusals = recordRefusals(
    'huiqian.coordination.v1.',
    dossier.of(room.kinds.attempts),
    clock,
    () => running.nudge(),
  )
  const running = dutiesOf(room, asked, log, refusals.duty)
  const hearings = hearingsOf(room, asked, bus, log, running)
  const telling = relay(dossier, bus, {
    ...{ source: COORDINATION, clock, mark: relayMarkIn(database, marksOf(database)) },
    onError: (error) => log.warn('announcing failed', { feed: COORDINATION }, error),
  })
  const rousing = rousingOf({
    ...{ dossier, bus, wakes: room.wakes, source: COORDINATION },
    thingsOf: (announcement) => [Announcement.decode(announcement).releaseId],
    onError: (error) => log.warn('waking failed', { feed: COORDINATION }, error),
  })

  return {
    name: COORDINATION,
    served: servedBy(room, asked),
    revoked: room.revoked.has,
    signingKey: room.signingKeys.find,
    refused: refusals.count,
    ...residentOf({
      ...{ database, dossier, hearings, running, telling, rousing, refusals, asked, log },
      feedLagMaxMs: config.feedLagMaxMs,
      beforeClosing: room.clockKeeper.keepMark,
    }),
  }
}

async function openRoom(
  config: CoordinationConfig,
  { clock, mint, log, vault: openVault, acts: openActs }: Outside,
  database: Database<Schema>,
  dossier: Dossier,
): Promise<Coordination> {
  const marks = marksOf(database)
  const questions = questionsOf(database)
  const gateQuestions = gateQuestionsOf(database)
  const withdrawals = withdrawalsOf(database)
  const jobs = recomputationsOf(database)
  const kinds = kindsOf(database, questions, gateQuestions, withdrawals, jobs, clock.now)
  const secret = await pageSecret(database, mint)
  const houseClock = dossier.of(kinds.houseClock)
  const vault = await openVault(database)
  const signingKeys = await openSigningKeys(database)
  return {
    ...{ dossier, kinds, marks, questions, withdrawals, clock, mint, houseClock },
    releases: dossier.of(kinds.release),
    statements: dossier.of(kinds.statement),
    numbers: dossier.of(kinds.numbers),
    readings: dossier.of(kinds.readings),
    content: contentStore(database, vault),
    uploads: uploadsOf(database, vault),
    vault,
    gateQuestions,
    destructions: destructionsOf(database),
    organising: organisingOf(database),
    titles: titlesOf(database, secret),
    reviewBodies: reviewBodiesOf(database),
    negotiations: negotiationsOf(database),
    consultationsOf: consultationsOfAgency(database),
    releasesOf: releasesOfAgency(database),
    agencies: await openAgencies(database),
    revisions: await openRevisions(database),
    recomputations: dossier.of(kinds.recomputation),
    recomputationsOf: jobs,
    openMattersOf: openMattersOf(database),
    revoked: await openRevoked(database),
    signingKeys,
    acts: openActs(signingKeys),
    packs: await openPacks(database, config.packs),
    clockKeeper: await openClockKeeper({
      ...{ clock, dossier, houseClock, marks },
      onDoubt: (cause) => log.error('the clock is in doubt: deeming waits', { cause }),
    }),
    pageTokens: pageTokens(secret),
    wakes: openWakes(),
    settlingMs: config.settlingMs,
  }
}

function dutiesOf(room: Coordination, asked: Asking, log: Log, ...more: Duty[]): Duties {
  return duties(
    [
      keepTheMark(room),
      postLetters(room, asked.letters, log),
      withdrawLetters(room, asked.letters),
      destroyLetters(room, asked.letters),
      recomputeDeadlines(room),
      applyOutages(room),
      takeOver(room),
      remind(room),
      remindConfirmations(room),
      passStatements(room),
      deemConsents(room),
      fileOnInstruction(room, asked.directory),
      expireUploads(room),
      sealAnew({ ...room, clear: [room.content, room.uploads] }),
      ...more,
    ],
    { clock: room.clock, onError: (duty, error) => log.warn('duty failed', { duty }, error) },
  )
}

function hearingsOf(
  room: Coordination,
  asked: Asking,
  bus: Bus,
  log: Log,
  rounds: Duties,
): Listener[] {
  const { dossier, marks, clock } = room
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
  const delivery = intoRecord({
    ...{ dossier, marks, clock, source: DELIVERY },
    act: (entries) => actOnDelivery(room, entries),
  })
  const escalation = intoRecord({
    ...{ dossier, marks, clock, source: ESCALATION },
    act: (entries) => actOnEscalation(room, entries),
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
    listener({ ...common(DELIVERY), readFeed: asked.readDeliveryFeed, ...delivery }),
    listener({ ...common(ESCALATION), readFeed: asked.readEscalationFeed, ...escalation }),
  ]
}
