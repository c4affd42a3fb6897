// The directory: agencies, credentials and the calendar of working days. Built here, run by whoever
// hosts it.
import type { Bus } from '../../shared/bus/bus.js'
import { relayMarkIn } from '../../shared/bus/into-record.js'
import { relay } from '../../shared/bus/relay.js'
import type { Clock } from '../../shared/clock/clock.js'
import { openDatabase } from '../../shared/database/database.js'
import { openDossier } from '../../shared/dossier/dossier.js'
import { marksOf } from '../../shared/dossier/marks.js'
import { duties } from '../../shared/duties/duties.js'
import { troubleOf } from '../../shared/duties/resident.js'
import type { Mint } from '../../shared/identity/identity.js'
import type { Log } from '../../shared/process/log.js'
import type { Metrics } from '../../shared/process/metrics.js'
import type { Hosted } from '../../shared/rpc/hosted.js'
import { pageTokens } from '../../shared/rpc/page-tokens.js'
import type { NoticeAlarm } from '../../shared/working-days/working-days.js'
import { THE_CALENDAR } from './announces.js'
import { decide } from './calendar/calendar.js'
import { calendarViews } from './calendar/calendar-views.js'
import { changeAgencies } from './change-agencies.js'
import type { DirectoryConfig } from './config.js'
import type { Directory, Issue } from './directory.js'
import { revokedCredentials } from './duties/reread-revoked.js'
import { watchNotice } from './duties/watch-notice.js'
import { servedBy } from './rpc/server.js'
import { agencyTable } from './store/agencies.js'
import { agenciesAround } from './store/agencies-around.js'
import { enrolmentTable } from './store/enrolments.js'
import { signingKeyTable } from './store/signing-keys.js'
import { credentialTable } from './store/credentials.js'
import { kindsOfDossier } from './store/dossiers.js'
import { moveEdition } from './store/edition.js'
import { importAnswers } from './store/import-answers.js'
import { migrations } from './store/migrations.js'
import { officialInstruments } from './store/official-calendar.js'
import { pageSecret } from './store/page-secret.js'
import type { DirectoryTables } from './store/schema.js'

export const DIRECTORY = 'directory'

export type Outside = {
  readonly clock: Clock
  readonly mint: Mint
  readonly bus: Bus
  readonly log: Log
  /** Issues certificates that two security operators approved, where the house has a development authority. */
  readonly issue?: Issue
  /** Told how urgent next year's notice is. */
  readonly metrics?: Pick<Metrics, 'alarm'>
  /** The storage cannot be trusted any more: the process is to stop. */
  readonly onFatal?: (fault: Error) => void
}

export type HostedDirectory = Hosted & {
  /** Whether a certificate was revoked, by fingerprint: for the server that serves these calls. */
  readonly revoked: (fingerprint: string) => boolean
  /** How it stands with next year's notice: for health. */
  readonly notice: () => NoticeAlarm | undefined
}

/** Opens the directory's record and builds its calls; nothing runs before `begin`. */
export async function startDirectory(
  config: DirectoryConfig,
  outside: Outside,
): Promise<HostedDirectory> {
  const { clock, mint, bus, onFatal, metrics } = outside
  const log = outside.log.with({ service: DIRECTORY })
  const database = await openDatabase<DirectoryTables>(config.database, {
    migrations,
    ...(onFatal && { onFatal }),
  })
  const dossier = await openDossier(database, { source: DIRECTORY, mint })
  const kinds = kindsOfDossier(database)
  const around = agenciesAround(database)
  const agencies = dossier.of(kinds.agencies)
  const credentials = credentialTable(database)
  const revoked = revokedCredentials(credentials, clock)
  await revoked.refresh()
  const directory: Directory = {
    ...{ clock, dossier, agencies, revoked },
    credentials: dossier.of(kinds.credentials),
    signingKeys: dossier.of(kinds.signingKeys),
    enrolments: dossier.of(kinds.enrolments),
    ...{ enrolmentKind: kinds.enrolments, credentialKind: kinds.credentials },
    enrolmentTable: enrolmentTable(database),
    issue: outside.issue,
    calendars: dossier.of(kinds.calendars),
    calendarViews: calendarViews(),
    changeAgencies: changeAgencies(dossier, kinds.agencies, around, moveEdition(database)),
    agencyTable: agencyTable(database),
    agenciesAround: around,
    credentialTable: credentials,
    signingKeyTable: signingKeyTable(database),
    importAnswers: importAnswers(database),
    pageTokens: pageTokens(await pageSecret(database, mint)),
  }
  await openCalendar(directory, config)

  const notice = watchNotice({
    ...{ ...directory, log },
    measure: (level) => metrics?.alarm(DIRECTORY, 'calendar-notice', level),
  })
  const rounds = duties([notice, revoked.duty], {
    clock,
    onError: (duty, error) => log.warn('duty failed', { duty }, error),
  })
  const telling = relay(dossier, bus, {
    ...{ source: DIRECTORY, clock, mark: relayMarkIn(database, marksOf(database)) },
    onError: (error) => log.warn('announcing failed', { feed: DIRECTORY }, error),
  })
  const reread = (): void => {
    revoked.refresh().catch((error: unknown) => log.warn('reading failed', {}, error))
    rounds.nudge()
  }
  let unhear = (): Promise<void> => Promise.resolve()
  let uncommit = (): void => undefined

  return {
    name: DIRECTORY,
    served: servedBy(directory),
    revoked: revoked.has,
    notice: notice.found,
    async begin() {
      await telling.start()
      uncommit = dossier.onCommit(reread)
      unhear = await bus.hear(DIRECTORY, reread) // what other instances recorded
      rounds.start()
    },
    async settle() {
      await revoked.refresh()
      const done = await rounds.settle()
      await dossier.idle()
      await telling.idle()
      return done
    },
    trouble: () => troubleOf({ database, log }),
    async stop() {
      uncommit()
      await unhear()
      await rounds.stop()
      await dossier.idle()
      await telling.idle() // as far as the broker takes it; the rest is told at the next start
      await telling.stop()
      await database.close()
    },
  }
}

/** A new directory begins with the calendar that comes with the house. */
async function openCalendar(
  { calendars, clock }: Pick<Directory, 'calendars' | 'clock'>,
  { calendarAsPublishedBy: publishedBy }: DirectoryConfig,
): Promise<void> {
  if ((await calendars.read(THE_CALENDAR)).version > 0) return
  const instruments = officialInstruments()
  const author = `service/${DIRECTORY}`
  await calendars.change(THE_CALENDAR, { now: clock.now() }, (calendar) =>
    decide(calendar, {
      type: 'OpenCalendar',
      ...{ instruments, author },
      ...(publishedBy !== undefined && { publishedBy }),
    }),
  )
}
