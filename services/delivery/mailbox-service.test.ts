import { X509Certificate } from 'node:crypto'
import { afterEach, describe, expect, test } from 'vitest'
import { Announcement } from '../../gen/huiqian/delivery/v1/announcements.js'
import { LetterKind, LetterServiceClient } from '../../gen/huiqian/delivery/v1/delivery.js'
import { CallFailed } from '../../shared/rpc/call-failed.js'
import { connect } from '../../shared/rpc/client.js'
import { timestampOf } from '../../shared/rpc/timestamps.js'
import { HEALTH, openDeliveryHouse, START, WATER, type DeliveryHouse } from './service.fixture.js'

let house: DeliveryHouse
afterEach(() => house.close())

const EVERYTHING = { kind: LetterKind.UNSPECIFIED, releaseId: '', pageSize: 0, pageToken: '' }
const CALLS = 'huiqian.delivery.v1.MailboxService'
const NOBODYS = '018f0000-0000-7000-8000-000000000000'

async function openHouse(): Promise<DeliveryHouse> {
  house = await openDeliveryHouse()
  for (const agency of [HEALTH, WATER]) await house.directory.designate(agency, START - 1)
  await house.settle()
  return house
}

async function posted(recipient = HEALTH): Promise<string> {
  const letter = house.letter({ recipient })
  await (await house.letters()).postLetters({ letters: [letter] })
  return letter.letterId
}

async function told(kind: string): Promise<unknown[]> {
  const { page } = await (await house.feed()).read({ after: 0, limit: 0 })
  const entries = page?.entries.filter((entry) => entry.kind === kind) ?? []
  return entries.map(({ announcement }) => {
    const { what } = Announcement.decode(announcement)
    return what && Object.values(what).at(-1)
  })
}

// Everything that goes over the wire with a refusal.
async function answerTo(call: Promise<unknown>): Promise<unknown> {
  const failed: unknown = await call.then(
    () => 'it was answered',
    (error: unknown) => error,
  )
  if (!(failed instanceof CallFailed)) return failed
  const { code, details, metadata } = failed.cause as {
    code: number
    details: string
    metadata: { getMap(): object }
  }
  return { code, details, metadata: { ...metadata.getMap(), date: 'the transport’s' } }
}

describe('a mailbox', () => {
  test('is listed page by page, by kind and by release, and its tokens fit nothing else', async () => {
    const { letters, letter, mailbox } = await openHouse()
    const kinds = [LetterKind.CONSULTATION_LETTER, LetterKind.REMINDER]
    const all = Array.from({ length: 25 }, (_, index) =>
      letter({ kind: kinds[index % 2], releaseId: `release-${index % 5}` }),
    )
    await (await letters()).postLetters({ letters: all })
    const health = await mailbox(HEALTH)
    const listed = async (question: Partial<typeof EVERYTHING>): Promise<string[][]> => {
      const pages: string[][] = []
      for (let pageToken = '', more = true; more; more = pageToken !== '') {
        const page = await health.listLetters({ ...EVERYTHING, ...question, pageToken })
        pages.push(page.entries.map(({ letterId }) => letterId))
        pageToken = page.nextPageToken
      }
      return pages
    }
    const ids = (keep: (index: number) => boolean) =>
      all.filter((_, index) => keep(index)).map(({ letterId }) => letterId)
    expect(await listed({ pageSize: 10 })).toEqual([
      ids((index) => index < 10),
      ids((index) => index >= 10 && index < 20),
      ids((index) => index >= 20),
    ])
    expect(await listed({ pageSize: 25 })).toEqual([ids(() => true)])
    expect((await listed({ pageSize: 4, kind: LetterKind.REMINDER })).flat()).toEqual(
      ids((index) => index % 2 === 1),
    )
    expect((await listed({ pageSize: 2, releaseId: 'release-3' })).flat()).toEqual(
      ids((index) => index % 5 === 3),
    )
    const both = { pageSize: 2, releaseId: 'release-3', kind: LetterKind.REMINDER }
    expect((await listed(both)).flat()).toEqual(ids((i) => i % 5 === 3 && i % 2 === 1))

    const { nextPageToken } = await health.listLetters({ ...EVERYTHING, pageSize: 10 })
    const water = await mailbox(WATER)
    for (const [client, wrong] of [
      [water, { pageToken: nextPageToken }],
      [health, { releaseId: 'release-3', pageToken: nextPageToken }],
      [health, { pageToken: 'AAAA' }],
    ] as const)
      await expect(client.listLetters({ ...EVERYTHING, ...wrong })).rejects.toMatchObject({
        reason: 'PAGE_TOKEN',
      })
  })

  test('does not exist for others: the answer is that to an unknown letter, byte for byte', async () => {
    const { mailbox } = await openHouse()
    const letterId = await posted(HEALTH)
    const water = await mailbox(WATER)
    const sign = { requestId: 'r-1', signedBy: '李四' }
    const calls = [
      (id: string) => water.getLetter({ letterId: id }),
      (id: string) => water.signReceipt({ signed: undefined, letterId: id, ...sign }),
    ]
    for (const call of calls) {
      const unknown = await answerTo(call(NOBODYS))
      expect(unknown).toMatchObject({ code: 5 })
      expect(await answerTo(call(letterId))).toEqual(unknown)
    }
    expect((await water.listLetters(EVERYTHING)).entries).toEqual([])
    expect((await (await mailbox(HEALTH)).getLetter({ letterId })).entry?.letterId).toBe(letterId)
    expect(await told('LetterRead')).toHaveLength(1) // only the owner's
  })

  test('is no auditor’s, operator’s or service’s to read; posting is no agency’s', async () => {
    const { mailboxAs, letter, address, certificateOf } = await openHouse()
    const letterId = await posted()
    for (const uri of ['auditor/court', 'operator/desk', 'service/coordination']) {
      const client = await mailboxAs(uri)
      await expect(client.getLetter({ letterId })).rejects.toMatchObject({
        reason: 'CALL_NOT_PERMITTED',
      })
    }
    const agency = await certificateOf(`agency/${WATER}/oa`)
    const poster = connect(LetterServiceClient, address(), agency, { ownConnection: true })
    await expect(poster.postLetters({ letters: [letter()] })).rejects.toMatchObject({
      reason: 'CALL_NOT_PERMITTED',
    })
    poster.close()
  })
})

describe('a reading', () => {
  test('goes on record, once a minute for each system', async () => {
    const { mailbox, clock } = await openHouse()
    const letterId = await posted()
    const [oa, desk] = [await mailbox(HEALTH, 'oa'), await mailbox(HEALTH, 'desk')]
    await Promise.all([1, 2, 3].map(() => oa.getLetter({ letterId })))
    await desk.getLetter({ letterId })
    const by = (system: string, readAt = START) => ({
      ...{ letterId, reader: `agency/${HEALTH}/${system}`, readAt },
      ...{ releaseId: 'release-1', letterKind: 1, version: 1 },
    })
    expect(await told('LetterRead')).toEqual([by('oa'), by('desk')])
    clock.turnTo(START + 60_000)
    await oa.getLetter({ letterId })
    expect(await told('LetterRead')).toEqual([by('oa'), by('desk'), by('oa', START + 60_000)])
  })
})

describe('a receipt (签收)', () => {
  test('is signed once: repeated, it is the same answer; signed again, the first stands', async () => {
    const { mailbox, clock } = await openHouse()
    const letterId = await posted()
    const health = await mailbox(HEALTH)
    clock.turnTo(START + 1_000)
    const command = { requestId: 'r-1', letterId, signedBy: '李四（办公室）', signed: undefined }
    const first = await health.signReceipt(command)
    expect(first.entry).toMatchObject({
      signedAt: timestampOf(START + 1_000),
      signedBy: '李四（办公室）',
    })
    clock.turnTo(START + 2_000)
    expect(await health.signReceipt(command)).toEqual(first)
    const second = await health.signReceipt({ ...command, requestId: 'r-2', signedBy: '王五' })
    expect(second).toEqual(first)
    expect(await told('ReceiptSigned')).toEqual([
      expect.objectContaining({ letterId, signedAt: START + 1_000 }),
    ])
  })

  test('keeps its request id for this command alone', async () => {
    const { mailbox } = await openHouse()
    const [one, other] = [await posted(), await posted()]
    const health = await mailbox(HEALTH)
    const command = { requestId: 'r-1', letterId: one, signedBy: '李四', signed: undefined }
    await health.signReceipt(command)
    for (const another of [{ letterId: other }, { signedBy: '王五' }])
      await expect(health.signReceipt({ ...command, ...another })).rejects.toMatchObject({
        reason: 'REQUEST_ID_REUSED',
      })
    expect(await told('ReceiptSigned')).toHaveLength(1)
  })

  test.each([
    ['without a name', { signedBy: ' ' }, 'FIELD_MISSING', 'signed_by'],
    ['with a name that is not NFC', { signedBy: 'e\u0301' }, 'TEXT_NOT_NFC', 'signed_by'],
    ['with too long a name', { signedBy: '长'.repeat(67) }, 'FIELD_TOO_LONG', 'signed_by'],
    ['without a request id', { requestId: '' }, 'FIELD_MISSING', 'request_id'],
  ])('is refused %s', async (_, wrong, reason, field) => {
    const { mailbox } = await openHouse()
    const good = { requestId: 'r-1', letterId: await posted(), signedBy: '李四', signed: undefined }
    const command = { ...good, ...wrong }
    await expect((await mailbox(HEALTH)).signReceipt(command)).rejects.toMatchObject({
      status: 'INVALID_ARGUMENT',
      reason,
      field,
    })
    expect(await told('ReceiptSigned')).toEqual([])
  })
})

describe('a withdrawal', () => {
  test('leaves the letter in its mailbox, marked, and is its poster’s alone', async () => {
    const { letters, mailbox, clock } = await openHouse()
    const letterId = await posted()
    clock.turnTo(START + 5_000)
    const others = await letters('escalation')
    expect(await answerTo(others.withdrawLetter({ requestId: 'r-1', letterId }))).toEqual(
      await answerTo(others.withdrawLetter({ requestId: 'r-2', letterId: NOBODYS })),
    )
    const poster = await letters()
    const first = await poster.withdrawLetter({ requestId: 'r-1', letterId })
    expect(first.entry).toMatchObject({ number: 1, withdrawnAt: timestampOf(START + 5_000) })
    clock.turnTo(START + 6_000)
    expect(await poster.withdrawLetter({ requestId: 'r-1', letterId })).toEqual(first)
    expect(await poster.withdrawLetter({ requestId: 'r-2', letterId })).toEqual(first)
    const { entries } = await (await mailbox(HEALTH)).listLetters(EVERYTHING)
    expect(entries).toEqual([
      expect.objectContaining({ letterId, withdrawnAt: timestampOf(START + 5_000) }),
    ])
    expect(await told('LetterWithdrawn')).toEqual([{ letterId }])
  })

  test('of a letter that waits keeps it from arriving, and takes no number', async () => {
    const { letters, letter, directory } = await openHouse()
    await directory.designate(HEALTH, undefined)
    await house.settle()
    const poster = await letters()
    const [gone, kept] = [letter(), letter()]
    await poster.postLetters({ letters: [gone, kept] })
    const { letterId } = gone
    const first = await poster.withdrawLetter({ requestId: 'r-1', letterId })
    expect(first.entry).toMatchObject({ number: 0, withdrawnAt: timestampOf(START) })
    expect(await poster.withdrawLetter({ requestId: 'r-1', letterId })).toEqual(first)
    await directory.designate(HEALTH, START)
    await house.settle()
    expect(await told('LetterReceived')).toEqual([
      expect.objectContaining({ letterId: kept.letterId, number: 1 }),
    ])
    expect(await told('LetterWithdrawn')).toEqual([{ letterId }])
  })
})

test('a revoked certificate is refused at its next call', async () => {
  const { mailbox, directory, certificateOf } = await openHouse()
  const health = await mailbox(HEALTH)
  await health.listLetters(EVERYTHING)
  const { cert } = await certificateOf(`agency/${HEALTH}/oa`)
  const fingerprint = new X509Certificate(cert).fingerprint256.replaceAll(':', '').toLowerCase()
  await directory.revoke(fingerprint)
  await house.settle()
  await expect(health.listLetters(EVERYTHING)).rejects.toMatchObject({ status: 'UNAUTHENTICATED' })
  await house.restart() // known from the table, before anything is heard
  await expect((await mailbox(HEALTH)).listLetters(EVERYTHING)).rejects.toMatchObject({
    status: 'UNAUTHENTICATED',
  })
  await (await mailbox(HEALTH, 'other')).listLetters(EVERYTHING)
})

test('refused calls go on record, counted by the minute', async () => {
  const { mailbox, mailboxAs, clock } = await openHouse()
  const water = await mailbox(WATER)
  for (let call = 0; call < 30; call++) await answerTo(water.getLetter({ letterId: NOBODYS }))
  await answerTo((await mailboxAs('auditor/court')).listLetters(EVERYTHING))
  const refused = [
    { caller: `agency/${WATER}/oa`, reason: 'NOT_FOUND', count: 30, method: `${CALLS}/GetLetter` },
    {
      caller: 'auditor/court',
      reason: 'CALL_NOT_PERMITTED',
      count: 1,
      method: `${CALLS}/ListLetters`,
    },
  ]
  clock.turnTo(START + 59_999)
  await house.settle()
  expect(await told('CallsRefused')).toEqual([])
  clock.turnTo(START + 60_000)
  await house.settle()
  expect(await told('CallsRefused')).toEqual(refused)
  await answerTo(water.getLetter({ letterId: NOBODYS }))
  await house.restart() // what is counted goes on record before a stop
  expect(await told('CallsRefused')).toEqual([...refused, { ...refused[0], count: 1 }])
})
