import { afterEach, describe, expect, test } from 'vitest'
import { Announcement } from '../../gen/huiqian/delivery/v1/announcements.js'
import { LetterKind, LetterState, type Letter } from '../../gen/huiqian/delivery/v1/delivery.js'
import { timestampOf } from '../../shared/rpc/timestamps.js'
import { HEALTH, openDeliveryHouse, START, WATER, type DeliveryHouse } from './service.fixture.js'

let house: DeliveryHouse
afterEach(() => house.close())

const DAY = 86_400_000

async function openHouse(designated: readonly string[] = [HEALTH]): Promise<DeliveryHouse> {
  house = await openDeliveryHouse()
  for (const agency of designated) await house.directory.designate(agency, START - DAY)
  await house.settle()
  return house
}

async function announcements(): Promise<NonNullable<Announcement['what']>[]> {
  const feed = await house.feed()
  const { page } = await feed.read({ after: 0, limit: 0 })
  return (page?.entries ?? []).map(({ announcement }) => {
    const { what } = Announcement.decode(announcement)
    if (what === undefined) throw new Error('an announcement that says nothing')
    return what
  })
}

const arrived = (letter: Letter, at = START) => ({
  letterId: letter.letterId,
  state: LetterState.ARRIVED,
  receivedAt: timestampOf(at),
  refusedReason: '',
})
const undelivered = (letter: Letter) => ({
  letterId: letter.letterId,
  state: LetterState.UNDELIVERED,
  receivedAt: undefined,
  refusedReason: '',
})
const refused = (letter: Letter, refusedReason: string) => ({
  letterId: letter.letterId,
  state: LetterState.UNSPECIFIED,
  receivedAt: undefined,
  refusedReason,
})

describe('a posted letter', () => {
  test('arrives, and the feed tells its receipt', async () => {
    const { letters, letter, mailbox } = await openHouse()
    const posted = letter()
    const answer = await (await letters()).postLetters({ letters: [posted] })
    expect(answer.letters).toEqual([arrived(posted)])
    expect(await announcements()).toEqual([
      {
        $case: 'letterReceived',
        letterReceived: {
          letterId: posted.letterId,
          releaseId: 'release-1',
          consultationId: 'consultation-1',
          recipient: HEALTH,
          receivedAt: START,
          number: 1,
          letterKind: LetterKind.CONSULTATION_LETTER,
        },
      },
    ])
    const health = await mailbox(HEALTH)
    const { entries } = await health.listLetters({
      kind: 0,
      releaseId: '',
      pageSize: 0,
      pageToken: '',
    })
    expect(entries).toEqual([
      expect.objectContaining({
        number: 1,
        letterId: posted.letterId,
        receivedAt: timestampOf(START),
      }),
    ])
    const { letter: read } = await health.getLetter({ letterId: posted.letterId })
    expect(read).toEqual(posted)
  })

  test('arrives once, however often and however concurrently it is posted', async () => {
    const { letters, letter } = await openHouse()
    const poster = await letters()
    const posted = letter()
    const answers = await Promise.all(
      Array.from({ length: 50 }, () => poster.postLetters({ letters: [posted] })),
    )
    expect(answers.map(({ letters: [one] }) => one)).toEqual(
      Array.from({ length: 50 }, () => arrived(posted)),
    )
    house.clock.turnTo(START + DAY)
    expect((await poster.postLetters({ letters: [posted] })).letters).toEqual([arrived(posted)])
    expect(await announcements()).toHaveLength(1)
  })

  test('keeps its first words when it is posted again in others, and its id is nobody else’s', async () => {
    const { letters, letter, mailbox } = await openHouse([HEALTH, WATER])
    const poster = await letters()
    const posted = letter()
    await poster.postLetters({ letters: [posted] })
    const again = [
      { ...posted, body: '另一种写法' },
      { ...posted, recipient: WATER },
      { ...posted, kind: LetterKind.REMINDER },
      { ...posted, releaseId: 'release-2' },
    ]
    for (const [index, one] of again.entries()) {
      const expected = index === 0 ? arrived(posted) : refused(posted, 'LETTER_ID_REUSED')
      expect((await poster.postLetters({ letters: [one] })).letters).toEqual([expected])
    }
    const others = await letters('escalation')
    expect((await others.postLetters({ letters: [posted] })).letters).toEqual([
      refused(posted, 'LETTER_ID_REUSED'),
    ])
    const { letter: read } = await (await mailbox(HEALTH)).getLetter({ letterId: posted.letterId })
    expect(read?.body).toBe(posted.body)
    expect(await announcements()).toHaveLength(2) // one arrival, one reading
  })

  test('that is refused does not hold up its neighbours', async () => {
    const { letters, letter } = await openHouse()
    const good = [letter(), letter(), letter()]
    const bad = [
      letter({ recipient: WATER }), // not known here yet
      letter({ recipient: '11441800QY00000388' }),
      letter({ letterId: 'no-uuid' }),
      letter({ kind: LetterKind.UNSPECIFIED }),
      letter({ kind: 99 as LetterKind }),
      letter({ releaseId: '' }),
    ]
    const reasons = [
      'AGENCY_UNKNOWN',
      'CREDIT_CODE_MALFORMED',
      'FIELD_VALUE',
      'FIELD_MISSING',
      'FIELD_VALUE',
      'FIELD_MISSING',
    ]
    const mixed = [...good.slice(0, 1), ...bad, ...good.slice(1)]
    const { letters: answers } = await (await letters()).postLetters({ letters: mixed })
    expect(answers).toEqual([
      ...good.slice(0, 1).map((one) => arrived(one)),
      ...bad.map((one, index) => refused(one, reasons[index] ?? '')),
      ...good.slice(1).map((one) => arrived(one)),
    ])
  })

  test('is refused where another one in the same call has its id, and taken once', async () => {
    const { letters, letter } = await openHouse([HEALTH, WATER])
    const one = letter()
    const call = [one, one, { ...one, recipient: WATER }]
    expect((await (await letters()).postLetters({ letters: call })).letters).toEqual([
      arrived(one),
      arrived(one),
      refused(one, 'LETTER_ID_REUSED'),
    ])
    expect(await announcements()).toHaveLength(1)
  })

  test('goes to one recipient only when two are posted at once under its id', async () => {
    const { letters, letter } = await openHouse([HEALTH, WATER])
    const poster = await letters()
    const one = letter()
    const answers = await Promise.all(
      [HEALTH, WATER].map((recipient) => poster.postLetters({ letters: [{ ...one, recipient }] })),
    )
    const states = answers.map(({ letters: [each] }) => [each?.state, each?.refusedReason])
    expect(states.toSorted()).toEqual([
      [LetterState.UNSPECIFIED, 'LETTER_ID_REUSED'],
      [LetterState.ARRIVED, ''],
    ])
    expect(await announcements()).toHaveLength(1)
  })

  test('is numbered without gaps over calls, mailboxes and restarts', async () => {
    const { letters, letter, mailbox } = await openHouse([HEALTH, WATER])
    const poster = await letters()
    const many = (recipient: string, count: number) =>
      Array.from({ length: count }, () => letter({ recipient }))
    await Promise.all([
      poster.postLetters({ letters: [...many(HEALTH, 150), ...many(WATER, 100)] }),
      poster.postLetters({ letters: [...many(WATER, 150), ...many(HEALTH, 100)] }),
    ])
    await house.restart()
    await (await letters()).postLetters({ letters: many(HEALTH, 50) })
    for (const [agency, count] of [
      [HEALTH, 300],
      [WATER, 250],
    ] as const) {
      const question = { kind: 0, releaseId: '', pageSize: 1_000, pageToken: '' }
      const { entries } = await (await mailbox(agency)).listLetters(question)
      expect(entries.map(({ number }) => number)).toEqual(
        Array.from({ length: count }, (_, index) => index + 1),
      )
    }
  })

  test('may not be one of more than 500 in a call', async () => {
    const { letters, letter } = await openHouse()
    const call = { letters: Array.from({ length: 501 }, () => letter({ body: '' })) }
    await expect((await letters()).postLetters(call)).rejects.toMatchObject({
      status: 'INVALID_ARGUMENT',
      field: 'letters',
    })
    expect(await announcements()).toEqual([])
  })
})

describe('without a designated mailbox (电子签名法 art. 11)', () => {
  test('a letter is undelivered, and arrives when one is designated, at that instant', async () => {
    const { letters, letter, directory, clock, mailbox } = await openHouse([])
    await directory.designate(HEALTH, undefined)
    await house.settle()
    const poster = await letters()
    const [first, second] = [letter(), letter()]
    expect((await poster.postLetters({ letters: [first, second] })).letters).toEqual([
      undelivered(first),
      undelivered(second),
    ])
    expect((await poster.postLetters({ letters: [first] })).letters).toEqual([undelivered(first)])
    const health = await mailbox(HEALTH)
    await expect(health.getLetter({ letterId: first.letterId })).rejects.toMatchObject({
      status: 'NOT_FOUND',
    })
    clock.turnTo(START + DAY)
    await directory.designate(HEALTH, START) // dated back: the letters still arrive only now
    await house.settle()
    expect((await poster.postLetters({ letters: [first, second] })).letters).toEqual([
      arrived(first, START + DAY),
      arrived(second, START + DAY),
    ])
    const told = (await announcements()).filter(({ $case }) => $case !== 'callsRefused')
    expect(told.map(({ $case }) => $case)).toEqual([
      'letterUndelivered',
      'letterUndelivered',
      'letterReceived',
      'letterReceived',
    ])
    expect(told.slice(2)).toMatchObject([
      { letterReceived: { letterId: first.letterId, number: 1, receivedAt: START + DAY } },
      { letterReceived: { letterId: second.letterId, number: 2, receivedAt: START + DAY } },
    ])
  })

  test('a designation takes effect at its instant, found by the duty armed for it', async () => {
    const { letters, letter, directory, clock } = await openHouse([])
    await directory.designate(HEALTH, START + DAY)
    await house.settle()
    const poster = await letters()
    const one = letter()
    expect((await poster.postLetters({ letters: [one] })).letters).toEqual([undelivered(one)])
    clock.turnTo(START + DAY - 1)
    await house.settle()
    expect((await poster.postLetters({ letters: [one] })).letters).toEqual([undelivered(one)])
    clock.turnTo(START + DAY)
    await house.settle()
    expect((await poster.postLetters({ letters: [one] })).letters).toEqual([
      arrived(one, START + DAY),
    ])
  })

  test('an agency that is not known here yet is refused, and taken when it is', async () => {
    const { letters, letter, directory } = await openHouse([])
    const poster = await letters()
    const one = letter()
    expect((await poster.postLetters({ letters: [one] })).letters).toEqual([
      refused(one, 'AGENCY_UNKNOWN'),
    ])
    await directory.designate(HEALTH, START)
    await house.settle()
    expect((await poster.postLetters({ letters: [one] })).letters).toEqual([arrived(one)])
  })
})
