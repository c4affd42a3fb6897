// Delivery beside the real directory: designations and revocations as they are announced, and several
// instances of delivery on one PostgreSQL.
import { X509Certificate } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, describe, expect, test } from 'vitest'
import {
  LetterKind,
  LetterServiceClient,
  LetterState,
  MailboxServiceClient,
  type Letter,
  type WatchMailboxResponse,
} from '../../gen/huiqian/delivery/v1/delivery.js'
import {
  Agency,
  AgencyKind,
  DirectoryServiceClient,
  Leadership,
  Level,
} from '../../gen/huiqian/directory/v1/directory.js'
import { startDelivery } from '../../services/delivery/service.js'
import { startDirectory } from '../../services/directory/service.js'
import type { Bus } from '../../shared/bus/bus.js'
import { inProcessBus } from '../../shared/bus/in-process-bus.js'
import { systemClock } from '../../shared/clock/system-clock.js'
import { actsInHand } from '../../shared/acts/acts.fixture.js'
import { vaultInHand } from '../../shared/confidentiality/ring.fixture.js'
import { turnedClock } from '../../shared/clock/turned-clock.js'
import type { DatabaseConfig } from '../../shared/database/database.js'
import { seededMint } from '../../shared/identity/seeded-mint.js'
import { openLog } from '../../shared/process/log.js'
import {
  DEVELOPMENT_TRUST_DOMAIN as DOMAIN,
  ensureAuthority,
  ensureCertificate,
} from '../../shared/rpc/authority.js'
import { fingerprintOf } from '../../shared/rpc/callers.js'
import { connect } from '../../shared/rpc/client.js'
import type { Hosted } from '../../shared/rpc/hosted.js'
import { server, type RunningServer } from '../../shared/rpc/server.js'
import { timestampOf } from '../../shared/rpc/timestamps.js'
import { freshSchema, sharedPostgres } from '../servers/shared.js'

const START = Date.parse('2026-09-28T10:00:00+08:00')
const DAY = 86_400_000
const GOVERNMENT = '11441800QY00000387'
const HEALTH = '11441800QY00000462'
const WATER = '11441800QY0000054W'

const closing: (() => Promise<void> | void)[] = []
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close()
})

type Instance = { readonly database?: DatabaseConfig; readonly bus?: Bus }

async function openHouse(instances: readonly Instance[] = [{}]) {
  const dir = mkdtempSync(join(tmpdir(), 'huiqian-journey-'))
  closing.push(() => rmSync(dir, { recursive: true, force: true }))
  const authority = await ensureAuthority(dir, systemClock.now)
  const clock = turnedClock(START)
  const mint = seededMint('journey')
  const bus = inProcessBus()
  const log = openLog('silent')
  const certificateOf = (uri: string) => {
    const names = { dns: ['localhost'], ips: ['127.0.0.1'] }
    const file = uri.replaceAll('/', '-')
    return ensureCertificate(authority, { uri: `spiffe://${DOMAIN}/${uri}`, file, ...names })
  }
  const serve = async (
    hosted: Hosted & { revoked: (fingerprint: string) => boolean },
  ): Promise<RunningServer> => {
    const running = await server({
      address: '127.0.0.1:0',
      certificates: await certificateOf(`service/${hosted.name}`),
      identity: { trustDomain: DOMAIN, revoked: hosted.revoked },
      clock,
      services: hosted.served,
      fault: ({ method, error }) => {
        throw new Error(`a fault in ${method}`, { cause: error })
      },
    })
    await hosted.begin()
    closing.push(async () => {
      await running.stop()
      await hosted.stop()
    })
    return running
  }
  const outside = { clock, mint, bus, log }
  const directoryFile = { kind: 'sqlite', file: join(dir, 'directory.sqlite') } as const
  const directory = await startDirectory({ database: directoryFile }, outside)
  const directoryAt = (await serve(directory)).address
  const certificates = await certificateOf('service/delivery')
  const peers = { channel: () => ({ address: directoryAt, certificates }) }
  const deliveries: { hosted: Awaited<ReturnType<typeof startDelivery>>; address: string }[] = []
  for (const instance of instances) {
    const database = instance.database ?? { kind: 'sqlite', file: join(dir, 'delivery.sqlite') }
    const own = {
      ...outside,
      peers,
      bus: instance.bus ?? bus,
      vault: vaultInHand('delivery'),
      acts: actsInHand,
    }
    const hosted = await startDelivery({ database, feedLagMaxMs: 60_000 }, own)
    deliveries.push({ hosted, address: (await serve(hosted)).address })
  }
  const at = (index: number): string => deliveries[index]?.address ?? ''
  const called = <C extends { close(): void }>(client: C): C => {
    closing.push(() => client.close())
    return client
  }
  return {
    ...{ clock, mint, certificateOf, deliveries },
    operator: called(
      connect(DirectoryServiceClient, directoryAt, await certificateOf('operator/desk')),
    ),
    security: [
      called(connect(DirectoryServiceClient, directoryAt, await certificateOf('security/first'))),
      called(connect(DirectoryServiceClient, directoryAt, await certificateOf('security/second'))),
    ] as const,
    poster: async (index = 0) =>
      called(connect(LetterServiceClient, at(index), await certificateOf('service/coordination'))),
    mailbox: async (agency: string, index = 0) =>
      called(connect(MailboxServiceClient, at(index), await certificateOf(`agency/${agency}/oa`))),
    letter: (recipient: string): Letter => ({
      ...{ letterId: mint.id(clock.now()), kind: LetterKind.CONSULTATION_LETTER },
      ...{ releaseId: 'release-1', consultationId: 'consultation-1', version: 1 },
      ...{ sender: GOVERNMENT, recipient, documentNumber: '', signatory: '', dated: undefined },
      ...{ fields: [], urgency: '', disputeId: '' },
      ...{ title: '征求意见函', body: '请答复', draftTitle: '', draftText: '', draftDigest: '' },
      attachments: [],
    }),
    /** Everything that is due now, in the directory and in each delivery. */
    async settle() {
      for (let done = -1; done !== 0;) {
        done = await directory.settle()
        for (const { hosted } of deliveries) done += await hosted.settle()
      }
    },
  }
}

const agency = (creditCode: string, designatedAt?: number): Agency =>
  Agency.fromPartial({
    creditCode,
    name: `机关 ${creditCode}`,
    level: Level.PREFECTURE,
    region: '441800',
    kind: AgencyKind.ORGAN,
    leadership: Leadership.LOCAL,
    superior: creditCode === GOVERNMENT ? '' : GOVERNMENT,
    documentPrefix: '清',
    ...(designatedAt !== undefined && {
      mailbox: {
        address: creditCode,
        designatedAt: timestampOf(designatedAt),
        instrument: '登记表',
      },
    }),
  })

describe('delivery beside the directory', () => {
  test('a letter waits for an agency that designates its mailbox later, and arrives then', async () => {
    const house = await openHouse()
    const { operator, clock } = house
    const letter = house.letter(HEALTH)
    const poster = await house.poster()
    const answer = async () => (await poster.postLetters({ letters: [letter] })).letters[0]
    expect(await answer()).toMatchObject({ refusedReason: 'AGENCY_UNKNOWN' })

    const agencies = [agency(GOVERNMENT), agency(HEALTH)]
    await operator.importAgencies({ requestId: 'r-1', agencies, preview: false })
    await house.settle()
    expect(await answer()).toMatchObject({ state: LetterState.UNDELIVERED, refusedReason: '' })

    clock.turnTo(START + DAY)
    const { agency: read } = await operator.getAgency({ creditCode: HEALTH })
    const designated = { ...agency(HEALTH, START + 2 * DAY), version: read?.version ?? 0 }
    await operator.updateAgency({ requestId: 'r-2', agency: designated })
    await house.settle()
    expect(await answer()).toMatchObject({ state: LetterState.UNDELIVERED })
    clock.turnTo(START + 2 * DAY)
    await house.settle()
    expect(await answer()).toMatchObject({
      state: LetterState.ARRIVED,
      receivedAt: timestampOf(START + 2 * DAY),
    })
  })

  test('a certificate that the directory revokes is refused here too', async () => {
    const house = await openHouse()
    const { operator, certificateOf } = house
    await operator.importAgencies({
      ...{ requestId: 'r-1', preview: false },
      agencies: [agency(GOVERNMENT), agency(HEALTH, START)],
    })
    await house.settle()
    const letter = house.letter(HEALTH)
    await (await house.poster()).postLetters({ letters: [letter] })
    const health = await house.mailbox(HEALTH)
    await health.getLetter({ letterId: letter.letterId })
    const { cert } = await certificateOf(`agency/${HEALTH}/oa`)
    const fingerprint = fingerprintOf(new X509Certificate(cert).raw)
    await house.security[0].revokeCredential({ requestId: 'r-2', fingerprint, reason: '遗失' })
    await house.settle()
    await health.getLetter({ letterId: letter.letterId }) // proposed by one: it works as before
    await house.security[1].revokeCredential({ requestId: 'r-2', fingerprint, reason: '遗失' })
    await house.settle()
    await expect(health.getLetter({ letterId: letter.letterId })).rejects.toMatchObject({
      status: 'UNAUTHENTICATED',
    })
  })
})

/** A bus that tells but never hears: what a lost message looks like, for ever. */
function deaf(bus: Bus): Bus {
  return { ...bus, hear: () => Promise.resolve(() => Promise.resolve()) }
}

describe('two instances of delivery on one PostgreSQL', () => {
  const quiet = async (stream: Promise<unknown>): Promise<unknown> => {
    let turns = Promise.resolve()
    for (let turn = 0; turn < 50; turn++)
      turns = turns.then(() => new Promise((resolve) => setImmediate(resolve)))
    return Promise.race([stream, turns.then(() => 'quiet')])
  }
  const watched = async (responses: AsyncIterable<WatchMailboxResponse>) => {
    const stream = responses[Symbol.asyncIterator]()
    closing.push(() => void stream.return?.())
    return () => stream.next().then(({ value }: { value?: WatchMailboxResponse }) => value?.entry)
  }

  async function openTwo(
    skip: (note: string) => void,
    secondBus: (bus: Bus) => Bus = (bus) => bus,
  ) {
    const url = await sharedPostgres()
    if (url === undefined) skip('no PostgreSQL is installed')
    const database = { kind: 'postgres', url: url ?? '', schema: freshSchema() } as const
    const bus = inProcessBus()
    const house = await openHouse([
      { database, bus },
      { database, bus: secondBus(bus) },
    ])
    await house.operator.importAgencies({
      ...{ requestId: 'r-1', preview: false },
      agencies: [agency(GOVERNMENT), agency(HEALTH, START), agency(WATER, START)],
    })
    await house.settle()
    return house
  }

  test('a letter that one takes wakes those who watch at the other, by the bus', async ({
    skip,
  }) => {
    const house = await openTwo(skip)
    const next = await watched((await house.mailbox(HEALTH, 1)).watchMailbox({ after: 0 }))
    const first = next()
    expect(await quiet(first)).toBe('quiet')
    const letter = house.letter(HEALTH)
    await (await house.poster(0)).postLetters({ letters: [letter] })
    expect(await first).toMatchObject({ number: 1, letterId: letter.letterId })
  })

  test('without a bus it wakes at the next commit of its own, and nothing is lost', async ({
    skip,
  }) => {
    const house = await openTwo(skip, deaf)
    const next = await watched((await house.mailbox(HEALTH, 1)).watchMailbox({ after: 0 }))
    const first = next()
    expect(await quiet(first)).toBe('quiet')
    const letter = house.letter(HEALTH)
    await (await house.poster(0)).postLetters({ letters: [letter] })
    await house.deliveries[0]?.hosted.settle()
    expect(await quiet(first)).toBe('quiet') // the control: it was the bus that woke it above
    await (await house.poster(1)).postLetters({ letters: [house.letter(WATER)] })
    expect(await first).toMatchObject({ number: 1, letterId: letter.letterId })
  })

  test('the same letters posted at both arrive once, numbered without gaps', async ({ skip }) => {
    const house = await openTwo(skip)
    const [one, other] = [await house.poster(0), await house.poster(1)]
    const letters = Array.from({ length: 120 }, (_, index) =>
      house.letter(index % 3 === 0 ? WATER : HEALTH),
    )
    // Each call has them all, beginning with others.
    const orders = [0, 20, 40, 60, 80, 100].map((from) => ({
      letters: [...letters.slice(from), ...letters.slice(0, from)],
    }))
    const calls = orders.flatMap((call) => [one.postLetters(call), other.postLetters(call)])
    for (const answer of await Promise.all(calls))
      expect(answer.letters.map(({ state }) => state)).toEqual(
        letters.map(() => LetterState.ARRIVED),
      )
    for (const [code, count] of [
      [HEALTH, 80],
      [WATER, 40],
    ] as const) {
      const question = { kind: 0, releaseId: '', pageSize: 1_000, pageToken: '' }
      const { entries } = await (await house.mailbox(code)).listLetters(question)
      expect(entries.map(({ number }) => number)).toEqual(
        Array.from({ length: count }, (_, index) => index + 1),
      )
    }
  })
})
