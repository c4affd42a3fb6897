// For the tests of this service: delivery served over mutual TLS, beside a stand-in for the directory
// that keeps its half of the contract (a real record, its feed, GetAgency) and nothing more. The
// journeys under tests/ have the real directory.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Announcement } from '../../gen/huiqian/directory/v1/announcements.js'
import {
  Agency,
  DirectoryServiceService,
  type GetAgencyRequest,
  type GetAgencyResponse,
} from '../../gen/huiqian/directory/v1/directory.js'
import { FeedServiceService as DirectoryFeed } from '../../gen/huiqian/directory/v1/feed.js'
import type { ReadRequest, ReadResponse } from '../../gen/huiqian/directory/v1/feed.js'
import {
  LetterKind,
  LetterServiceClient,
  MailboxServiceClient,
  NotificationServiceClient,
  type Letter,
} from '../../gen/huiqian/delivery/v1/delivery.js'
import { FeedServiceClient } from '../../gen/huiqian/delivery/v1/feed.js'
import type { Bus } from '../../shared/bus/bus.js'
import { DIRECTORY_FEED_ROWS, DIRECTORY_ROWS } from '../../shared/authorisation/directory.js'
import { inProcessBus } from '../../shared/bus/in-process-bus.js'
import { relay } from '../../shared/bus/relay.js'
import { systemClock } from '../../shared/clock/system-clock.js'
import { turnedClock, type TurnedClock } from '../../shared/clock/turned-clock.js'
import { openDatabase, type DatabaseConfig } from '../../shared/database/database.js'
import { openDossier, type DossierKind } from '../../shared/dossier/dossier.js'
import { dossierMigrations, type DossierTables } from '../../shared/dossier/tables.js'
import type { Mint } from '../../shared/identity/identity.js'
import { seededMint } from '../../shared/identity/seeded-mint.js'
import { openLog } from '../../shared/process/log.js'
import {
  ensureAuthority,
  ensureCertificate,
  DEVELOPMENT_TRUST_DOMAIN as DOMAIN,
  type Authority,
  type StoredCertificates,
} from '../../shared/rpc/authority.js'
import { connect } from '../../shared/rpc/client.js'
import { unary } from '../../shared/rpc/rpc.js'
import type { ServedService } from '../../shared/rpc/served.js'
import { server, type ServerOptions } from '../../shared/rpc/server.js'
import { timestampOf } from '../../shared/rpc/timestamps.js'
import type { NotificationConfig } from './duties/send.js'
import { actsInHand } from '../../shared/acts/acts.fixture.js'
import { vaultInHand } from '../../shared/confidentiality/ring.fixture.js'
import { startDelivery, type HostedDelivery } from './service.js'

export const START = Date.parse('2026-09-28T10:00:00+08:00')
export const GOVERNMENT = '11441800QY00000387'
export const HEALTH = '11441800QY00000462'
export const WATER = '11441800QY0000054W'

export type DirectoryStandIn = {
  readonly address: string
  /** Puts an agency on record, with a mailbox designated at an instant or with none, and announces it. */
  designate(agency: string, designatedAt: number | undefined): Promise<void>
  revoke(fingerprint: string): Promise<void>
  close(): Promise<void>
}

type House = { clock: TurnedClock; mint: Mint; bus: Bus; dir: string; authority: Authority }

export async function directoryStandIn(house: House): Promise<DirectoryStandIn> {
  const { clock, mint, bus, dir } = house
  const agencies = new Map<string, Agency>()
  type Told = { readonly type: 'Told'; readonly revoked: boolean; readonly version: number }
  const kind: DossierKind<object, Told> = {
    name: 'thing',
    initial: () => ({}),
    evolve: (state) => state,
    announce: (id, { revoked, version }) => {
      const what = revoked
        ? { $case: 'credentialRevoked' as const, credentialRevoked: { fingerprint: id } }
        : { $case: 'agencyChanged' as const, agencyChanged: { agency: id, version } }
      const bytes = Announcement.encode({ mark: undefined, what }).finish()
      return { kind: revoked ? 'CredentialRevoked' : 'AgencyChanged', bytes }
    },
  }
  const database = await openDatabase<DossierTables>(
    { kind: 'sqlite', file: join(dir, 'directory.sqlite') },
    { migrations: dossierMigrations },
  )
  const dossier = await openDossier(database, { source: 'directory', mint })
  const things = dossier.of(kind)
  const telling = relay(dossier, bus, { source: 'directory', clock })
  await telling.start()
  const tell = (id: string, revoked: boolean, version = 1): Promise<unknown> =>
    things.change(id, { now: clock.now() }, () => [{ type: 'Told', revoked, version }])

  const getAgency = unary<GetAgencyRequest, GetAgencyResponse>(({ creditCode }) =>
    Promise.resolve({ agency: agencies.get(creditCode) }),
  )
  const read = unary<ReadRequest, ReadResponse>(async ({ after, limit }) => {
    const { incarnation, entries, head } = await dossier.tail(after, limit)
    const copies = entries.map((entry) => ({
      ...entry,
      announcement: Buffer.from(entry.announcement),
      chain: Buffer.from(entry.chain),
    }))
    return { page: { incarnation, entries: copies, head } }
  })
  const services: ServedService[] = [
    {
      definition: { getAgency: DirectoryServiceService.getAgency },
      handlers: { getAgency },
      rows: { GetAgency: DIRECTORY_ROWS.GetAgency },
    },
    { definition: DirectoryFeed, handlers: { read }, rows: DIRECTORY_FEED_ROWS },
  ]
  const running = await serverOf(house, 'directory', services)
  return {
    address: running.address,
    async designate(agency, designatedAt) {
      const version = (agencies.get(agency)?.version ?? 0) + 1
      const mailbox = designatedAt !== undefined && {
        ...{ address: agency, designatedAt: timestampOf(designatedAt), instrument: '' },
      }
      const record = Agency.fromPartial({
        creditCode: agency,
        version,
        ...(mailbox && { mailbox }),
      })
      agencies.set(agency, record)
      await tell(agency, false, version)
    },
    revoke: async (fingerprint) => void (await tell(fingerprint, true)),
    async close() {
      await running.stop()
      await telling.stop()
      await database.close()
    },
  }
}

async function serverOf(
  { authority, clock }: House,
  name: string,
  services: readonly ServedService[],
  more: Partial<ServerOptions> = {},
) {
  return server({
    address: '127.0.0.1:0',
    certificates: await ensureCertificate(authority, {
      uri: `spiffe://${DOMAIN}/service/${name}`,
      dns: ['localhost'],
      ips: ['127.0.0.1'],
      file: `service-${name}`,
    }),
    identity: { trustDomain: DOMAIN },
    clock,
    services,
    fault: ({ method, error }) => {
      throw new Error(`a fault in ${method}`, { cause: error }) // a test that meets one fails
    },
    ...more,
  })
}

export type DeliveryHouse = Awaited<ReturnType<typeof openDeliveryHouse>>

export async function openDeliveryHouse(
  options: {
    database?: DatabaseConfig
    limits?: ServerOptions['limits']
    bus?: Bus
    notifications?: NotificationConfig
  } = {},
) {
  const dir = mkdtempSync(join(tmpdir(), 'huiqian-delivery-'))
  const authority = await ensureAuthority(dir, systemClock.now)
  const clock = turnedClock(START)
  const mint = seededMint('delivery')
  const bus = options.bus ?? inProcessBus()
  const house: House = { clock, mint, bus, dir, authority }
  const directory = await directoryStandIn(house)
  const closing: (() => void)[] = []
  const database = options.database ?? { kind: 'sqlite', file: join(dir, 'delivery.sqlite') }

  const start = async (): Promise<{
    hosted: HostedDelivery
    address: string
    stop(): Promise<void>
  }> => {
    const certificates = await ensureCertificate(authority, {
      uri: `spiffe://${DOMAIN}/service/delivery`,
      dns: ['localhost'],
      ips: ['127.0.0.1'],
      file: 'service-delivery',
    })
    const peers = { channel: () => ({ address: directory.address, certificates }) }
    const log = openLog('silent')
    const outside = {
      clock,
      mint,
      bus,
      peers,
      log,
      vault: vaultInHand('delivery'),
      acts: actsInHand,
    }
    const { notifications } = options
    const config = { database, feedLagMaxMs: 60_000, ...(notifications && { notifications }) }
    const hosted = await startDelivery(config, outside)
    const running = await serverOf(house, 'delivery', hosted.served, {
      identity: { trustDomain: DOMAIN, revoked: hosted.revoked },
      onRefused: hosted.refused,
      ...(options.limits && { limits: options.limits }),
    })
    await hosted.begin()
    const stop = async (): Promise<void> => {
      await running.stop()
      await hosted.stop()
    }
    return { hosted, address: running.address, stop }
  }
  let running = await start()

  const certificateOf = (uri: string): Promise<StoredCertificates> =>
    ensureCertificate(authority, {
      uri: `spiffe://${DOMAIN}/${uri}`,
      file: uri.replaceAll('/', '-'),
    })
  const clientOf = async <C>(make: (address: string, as: StoredCertificates) => C, uri: string) => {
    const client = make(running.address, await certificateOf(uri))
    closing.push(() => (client as { close(): void }).close())
    return client
  }
  return {
    ...{ clock, mint, bus, dir, directory, certificateOf, start },
    hosted: () => running.hosted,
    address: () => running.address,
    letters: (service = 'coordination') =>
      clientOf((address, as) => connect(LetterServiceClient, address, as), `service/${service}`),
    mailbox: (agency: string, system = 'oa') =>
      clientOf(
        (address, as) => connect(MailboxServiceClient, address, as, { ownConnection: true }),
        `agency/${agency}/${system}`,
      ),
    mailboxAs: (uri: string) =>
      clientOf((address, as) => connect(MailboxServiceClient, address, as), uri),
    notifying: (agency: string) =>
      clientOf(
        (address, as) => connect(NotificationServiceClient, address, as),
        `agency/${agency}/oa`,
      ),
    feed: () =>
      clientOf((address, as) => connect(FeedServiceClient, address, as), 'service/coordination'),
    settle: () => running.hosted.settle(),
    /** Stops delivery and starts it again on the same database. */
    async restart() {
      await running.stop()
      running = await start()
    },
    letter: (more: Partial<Letter> = {}): Letter => ({
      letterId: mint.id(clock.now()),
      kind: LetterKind.CONSULTATION_LETTER,
      releaseId: 'release-1',
      consultationId: 'consultation-1',
      version: 1,
      sender: GOVERNMENT,
      recipient: HEALTH,
      documentNumber: '清府办公开征〔2026〕15号',
      signatory: '张三',
      dated: timestampOf(clock.now()),
      title: '关于征求意见的函',
      body: '请于期限内书面答复。',
      draftTitle: '水库水位',
      draftText: '草稿全文',
      draftDigest: '00'.repeat(32),
      attachments: [],
      ...{ fields: [], urgency: '', disputeId: '' },
      ...more,
    }),
    async close() {
      for (const close of closing) close()
      await running.stop()
      await directory.close()
      await bus.close()
      rmSync(dir, { recursive: true, force: true })
    },
  }
}
