// Coordination: releases, consultations, opinions, deemed consent, clearance and publication. Built
// here, run by whoever hosts it.
import type { Bus } from '../../shared/bus/bus.js'
import { intoRecord, relayMarkIn } from '../../shared/bus/into-record.js'
import { listener, type Listener } from '../../shared/bus/listener.js'
import { relay } from '../../shared/bus/relay.js'
import type { Clock } from '../../shared/clock/clock.js'
import { openDatabase, type Database } from '../../shared/database/database.js'
import { contentStore } from '../../shared/dossier/content.js'
import { openDossier, type Dossier } from '../../shared/dossier/dossier.js'
import { marksOf } from '../../shared/dossier/marks.js'
import { duties, type Duties, type Duty } from '../../shared/duties/duties.js'
import { recordRefusals } from '../../shared/duties/record-refusals.js'
import type { RefusedReport } from '../../shared/rpc/door.js'
import type { Mint } from '../../shared/identity/identity.js'
import type { Log } from '../../shared/process/log.js'
import type { Hosted, Peers } from '../../shared/rpc/hosted.js'
import { pageTokens } from '../../shared/rpc/page-tokens.js'
import { openAgencies } from './store/agencies.js'
import { openRevisions } from './store/revisions.js'
import { openClockKeeper } from './duties/clock-keeper.js'
import type { CoordinationConfig } from './config.js'
import { kindsOf, type Coordination } from './coordination.js'
import { deemConsents } from './duties/deem-consents.js'
import { expireUploads } from './duties/expire-uploads.js'
import { keepTheMark } from './duties/keep-the-mark.js'
import { postLetters } from './duties/post-letters.js'
import { remind } from './duties/remind.js'
import { settleDeadlines } from './duties/settle-deadlines.js'
import { withdrawLetters } from './duties/withdraw-letters.js'
import { actOnDelivery } from './hears/delivery.js'
import { actOnDirectory } from './hears/directory.js'
import { asking, DELIVERY, DIRECTORY, type Asking } from './hears/peers.js'
import { openPacks } from './store/packs.js'
import { servedBy } from './rpc/server.js'
import { consultationsOfAgency } from './store/consultations-of-agency.js'
import { migrations } from './store/migrations.js'
import { pageSecret } from './store/page-secret.js'
import { questionsOf } from './store/questions.js'
import { releasesOfAgency } from './store/releases-of-agency.js'
import { openRevoked } from './store/revoked.js'
import type { Schema } from './store/schema.js'
import { uploadsOf } from './store/uploads.js'
import { withdrawalsOf } from './store/withdrawals.js'
import { openWakes } from './wakes.js'
import { wakesOfReleases } from './wakes-of-releases.js'

export const COORDINATION = 'coordination'

export type Outside = {
  readonly clock: Clock
  readonly mint: Mint
  readonly bus: Bus
  readonly peers: Peers
  readonly log: Log
  /** The storage cannot be trusted any more: the process is to stop. */
  readonly onFatal?: (fault: Error) => void
}

export type HostedCoordination = Hosted & {
  /** Whether a certificate was revoked, by fingerprint: for the server that serves these calls. */
  readonly revoked: (fingerprint: string) => boolean
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
  const rousing = wakesOfReleases(room, bus, COORDINATION, (error) =>
    log.warn('waking failed', { feed: COORDINATION }, error),
  )
  let uncommit = (): void => undefined

  const settleOnce = async (): Promise<number> => {
    const before = hearings.reduce((sum, hearing) => sum + hearing.report().cursor, 0)
    for (const hearing of hearings) await hearing.settle()
    const done = await running.settle()
    await dossier.idle()
    await telling.idle()
    return done + hearings.reduce((sum, hearing) => sum + hearing.report().cursor, 0) - before
  }

  return {
    name: COORDINATION,
    served: servedBy(room),
    revoked: room.revoked.has,
    refused: refusals.count,
    async begin() {
      uncommit = dossier.onCommit(() => running.nudge())
      await rousing.start()
      await telling.start()
      for (const hearing of hearings) await hearing.start()
      running.start()
    },
    async settle() {
      let total = 0
      for (let done = -1; done !== 0; total += done) done = await settleOnce()
      return total
    },
    trouble: () => troubleOf(database, hearings, clock, config, log),
    async stop() {
      uncommit()
      await rousing.stop()
      await running.stop()
      for (const hearing of hearings) await hearing.stop()
      await refusals.flush()
      await room.clockKeeper.keepMark()
      await dossier.idle()
      await telling.idle() // as far as the broker takes it; the rest is told at the next start
      await telling.stop()
      asked.close()
      await database.close()
    },
  }
}

async function openRoom(
  config: CoordinationConfig,
  { clock, mint, log }: Outside,
  database: Database<Schema>,
  dossier: Dossier,
): Promise<Coordination> {
  const marks = marksOf(database)
  const questions = questionsOf(database)
  const withdrawals = withdrawalsOf(database)
  const kinds = kindsOf(database, questions, withdrawals, clock.now)
  const houseClock = dossier.of(kinds.houseClock)
  return {
    ...{ dossier, kinds, marks, questions, withdrawals, clock, mint, houseClock },
    releases: dossier.of(kinds.release),
    numbers: dossier.of(kinds.numbers),
    readings: dossier.of(kinds.readings),
    content: contentStore(database),
    uploads: uploadsOf(database),
    consultationsOf: consultationsOfAgency(database),
    releasesOf: releasesOfAgency(database),
    agencies: await openAgencies(database),
    revisions: await openRevisions(database),
    revoked: await openRevoked(database),
    packs: await openPacks(database, config.packs),
    clockKeeper: await openClockKeeper({
      ...{ clock, dossier, houseClock, marks },
      onDoubt: (cause) => log.error('the clock is in doubt: deeming waits', { cause }),
    }),
    pageTokens: pageTokens(await pageSecret(database, mint)),
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
      settleDeadlines(room),
      remind(room),
      deemConsents(room),
      expireUploads(room),
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
      const act = await actOnDirectory(
        room,
        { directory: asked.directory(), calendar: asked.calendar() },
        entries,
      )
      learn = act.learn
      return act
    },
  })
  const delivery = intoRecord({
    ...{ dossier, marks, clock, source: DELIVERY },
    act: (entries) => actOnDelivery(room, entries),
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
  ]
}

async function troubleOf(
  database: Database<Schema>,
  hearings: readonly Listener[],
  clock: Clock,
  { feedLagMaxMs }: CoordinationConfig,
  log: Log,
): Promise<string | undefined> {
  try {
    await database.check()
  } catch (error) {
    log.error('database does not answer', {}, error)
    return 'the database does not answer'
  }
  for (const hearing of hearings) {
    const { source, state, behindSince } = hearing.report()
    if (state === 'broken') return `the feed of ${source} is broken`
    if (behindSince !== undefined && clock.now() - behindSince > feedLagMaxMs)
      return `the feed of ${source} is too far behind`
  }
  return undefined
}
