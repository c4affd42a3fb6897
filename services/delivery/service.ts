// Delivery: mailboxes, letters and receipts. Built here, run by whoever hosts it.
import type { Bus } from '../../shared/bus/bus.js'
import { intoRecord, relayMarkIn } from '../../shared/bus/into-record.js'
import { listener } from '../../shared/bus/listener.js'
import { relay } from '../../shared/bus/relay.js'
import type { Clock } from '../../shared/clock/clock.js'
import { openSigningKeys, type SigningKeys } from '../../shared/copies/signing-keys.js'
import { openDatabase } from '../../shared/database/database.js'
import { openDossier } from '../../shared/dossier/dossier.js'
import { marksOf } from '../../shared/dossier/marks.js'
import { duties, type Duties } from '../../shared/duties/duties.js'
import type { OpenActs } from '../../shared/acts/acts.js'
import type { OpenVault } from '../../shared/confidentiality/confidentiality.js'
import type { Mint } from '../../shared/identity/identity.js'
import type { Log } from '../../shared/process/log.js'
import { printer } from '../../shared/official-document/official-document.js'
import type { Hosted, Peers } from '../../shared/rpc/hosted.js'
import { pageSecret } from '../../shared/rpc/page-secret.js'
import { pageTokens } from '../../shared/rpc/page-tokens.js'
import type { RefusedReport } from '../../shared/rpc/door.js'
import type { DeliveryConfig } from './config.js'
import type { Delivery } from './delivery.js'
import { askDirectory, copyDesignations } from './duties/copy-designations.js'
import { deliverWaiting } from './duties/deliver-waiting.js'
import { troubleOf } from '../../shared/duties/resident.js'
import { recordRefusals } from '../../shared/duties/record-refusals.js'
import { sealAnew } from '../../shared/duties/seal-anew.js'
import { notify } from './duties/notify.js'
import { NO_NOTIFICATIONS, sender } from './duties/send.js'
import { revoked as revokedSet } from './hears/credential-revoked.js'
import { actOnDirectory, DIRECTORY, readDirectoryFeed } from './hears/directory.js'
import { ownArrivals } from './own-arrivals.js'
import { doorbells } from './rpc/doorbells.js'
import { servedBy } from './rpc/server.js'
import { designations } from './store/designations.js'
import { kindsOfDossier } from './store/dossiers.js'
import { knownLetters } from './store/known-letters.js'
import { letterContent } from './store/letter-content.js'
import { letterOfMailbox, mailboxPage } from './store/mailbox-page.js'
import { notificationHooks } from './store/notification-hooks.js'
import { notifications } from './store/notifications.js'
import { migrations } from './store/migrations.js'
import { revokedCredentials } from './store/revoked-credentials.js'
import type { DeliveryTables } from './store/schema.js'
import { waiting } from './store/waiting.js'

export const DELIVERY = 'delivery'

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

export type HostedDelivery = Hosted & {
  /** Whether a certificate was revoked, by fingerprint: for the server that serves these calls. */
  readonly revoked: (fingerprint: string) => boolean
  /** A key that an agency registered, by its id: for the server, to which officers are named. */
  readonly signingKey: SigningKeys['find']
  /** To be told of refused calls by the server (`onRefused`); those of other services are passed over. */
  readonly refused: (report: RefusedReport) => void
  /** How many streams wait at mailboxes: for metrics. */
  readonly watching: () => number
}

/** Opens delivery's record and builds its calls; nothing runs before `begin`. */
export async function startDelivery(
  config: DeliveryConfig,
  outside: Outside,
): Promise<HostedDelivery> {
  const { clock, mint, bus, peers, onFatal } = outside
  const log = outside.log.with({ service: DELIVERY })
  const database = await openDatabase<DeliveryTables>(config.database, {
    migrations,
    ...(onFatal && { onFatal }),
  })
  const dossier = await openDossier(database, { source: DELIVERY, mint })
  const marks = marksOf(database)
  const vault = await outside.vault(database)
  const kinds = kindsOfDossier(database, vault)
  const signingKeys = await openSigningKeys(database)
  const delivery: Delivery = {
    ...{ clock, mint, database, dossier },
    mailboxes: dossier.of(kinds.mailboxes),
    letters: dossier.of(kinds.letters),
    designations: designations(database),
    knownLetters: knownLetters(database),
    vault,
    acts: outside.acts(signingKeys),
    letterContent: letterContent(database, vault),
    letterOfMailbox: letterOfMailbox(database, vault),
    mailboxPage: mailboxPage(database, vault),
    waiting: waiting(database),
    doorbells: doorbells(),
    pageTokens: pageTokens(await pageSecret(database, mint)),
    hooks: dossier.of(kinds.hooks),
    endings: dossier.of(kinds.notifications),
    notificationHooks: notificationHooks(database, vault),
    notifications: notifications(database, vault),
    notificationConfig: config.notifications ?? NO_NOTIFICATIONS,
    printer: printer(config.fonts ?? { body: '', title: '' }),
  }
  const revoked = revokedSet(revokedCredentials(database), clock)
  await revoked.refresh()

  const askAgency = askDirectory(() => peers.channel(DIRECTORY))
  const refusals = recordRefusals('huiqian.delivery.v1.', dossier.of(kinds.attempts), clock, () =>
    rounds.nudge(),
  )
  const notifying = notify(delivery, sender(delivery.notificationConfig), (error) =>
    log.warn('a notification was interrupted', {}, error),
  )
  const rounds: Duties = duties(
    [
      copyDesignations(delivery, askAgency),
      deliverWaiting(delivery, () => onDue()),
      refusals.duty,
      notifying,
      sealAnew({ vault, clock, clear: [delivery.letterContent] }),
    ],
    { clock, onError: (duty, error) => log.warn('duty failed', { duty }, error) },
  )
  const onDue = (): void => {
    notifying.arrived()
    rounds.nudge()
  }
  const readFeed = readDirectoryFeed(() => peers.channel(DIRECTORY))
  const act = actOnDirectory(delivery, revoked, signingKeys)
  const record = intoRecord({ dossier, marks, source: DIRECTORY, clock, act })
  const hearing = listener({
    ...{ source: DIRECTORY, bus, readFeed, clock },
    async load() {
      await signingKeys.refresh()
      await revoked.refresh() // another instance may have moved the cursor
      return record.load()
    },
    async handle(entries, cursor) {
      await record.handle(entries, cursor)
      rounds.nudge()
    },
    quarantine: record.quarantine,
    onAlarm: ({ kind }) => log.error('alarm of a feed', { source: DIRECTORY, kind }),
    onError: (error) => log.warn('hearing failed', { source: DIRECTORY }, error),
  })
  const telling = relay(dossier, bus, {
    ...{ source: DELIVERY, clock, mark: relayMarkIn(database, marks) },
    onError: (error) => log.warn('announcing failed', { feed: DELIVERY }, error),
  })
  const ringing = ownArrivals(delivery, bus, DELIVERY, (error) =>
    log.warn('ringing failed', { feed: DELIVERY }, error),
  )

  const settleOnce = async (): Promise<number> => {
    const before = hearing.report().cursor
    await hearing.settle()
    const done = await rounds.settle()
    await dossier.idle()
    await ringing.idle()
    await telling.idle()
    return done + hearing.report().cursor - before
  }

  return {
    name: DELIVERY,
    served: servedBy(delivery, onDue),
    revoked: revoked.has,
    signingKey: signingKeys.find,
    refused: refusals.count,
    watching: delivery.doorbells.count,
    async begin() {
      await ringing.start()
      await telling.start()
      await hearing.start()
      rounds.start()
    },
    async settle() {
      let total = 0
      for (let done = -1; done !== 0; total += done) done = await settleOnce()
      return total
    },
    trouble: () =>
      troubleOf({ database, log }, { hearings: [hearing], feedLagMaxMs: config.feedLagMaxMs }),
    async stop() {
      await delivery.printer.stop()
      await notifying.stop()
      await rounds.stop()
      await refusals.flush()
      await hearing.stop()
      await ringing.stop()
      await dossier.idle()
      await telling.idle() // as far as the broker takes it; the rest is told at the next start
      await telling.stop()
      readFeed.close()
      askAgency.close()
      await database.close()
    },
  }
}
