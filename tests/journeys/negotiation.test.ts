// Disagreement up to the filing (协调 art. 6 para 3): rounds on record, declined changes, new versions and their
// difference, the standing instruction, and the dispute that is filed with its sealed file.
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { ReleaseState, type Release } from '../../gen/huiqian/coordination/v1/coordination.js'
import {
  Addressee,
  DisputeStanding,
  RoundKind,
} from '../../gen/huiqian/coordination/v1/negotiation.js'
import { ParagraphChangeKind } from '../../gen/huiqian/coordination/v1/negotiation_calls.js'
import { LetterKind } from '../../gen/huiqian/delivery/v1/delivery.js'
import { CallFailed } from '../../shared/rpc/call-failed.js'
import { timestampOf } from '../../shared/rpc/timestamps.js'
import { inEachShape, PATIENCE_MS } from '../office/each-shape.js'
import { negotiationDesk } from '../office/negotiation-desk.js'
import { at, openOffice, type Office } from '../office/office.js'

async function failureOf(call: Promise<unknown>): Promise<CallFailed> {
  const outcome = await call.then(
    () => undefined,
    (error: unknown) => error,
  )
  if (!(outcome instanceof CallFailed)) throw new Error('it was not refused', { cause: outcome })
  expect(outcome.article, outcome.reason).not.toBe('')
  expect(outcome.messageZh, outcome.reason).not.toMatch(/[{}]/)
  expect(outcome.messageEn, outcome.reason).not.toMatch(/[{}]/)
  return outcome
}

const DUE_BY_DEFAULT = timestampOf(at('2026-09-21T00:00+08:00'))
const REASONS = { reasons: '监测点的位置不宜公开。' }

await inEachShape('negotiation', (shape) => {
  let office: Office
  const releases = new Map<string, Release>()
  const water = () => office.as('市水利局')
  const waterNegotiates = () => negotiationDesk(water(), office.now)
  const health = () => office.as('市卫生健康局')
  const police = () => office.as('市公安局')
  const negotiates = (name: string) => negotiationDesk(office.as(name), office.now)
  const of = (title: string): Release => {
    const found = releases.get(title)
    if (found === undefined) throw new Error(`no release ${title}`)
    return found
  }
  const seen = (title: string) => water().sees(of(title))
  const talk = (title: string, more: { heldAt?: number; kind?: RoundKind } = {}) =>
    waterNegotiates().records(
      of(title),
      [
        [water().code, '公布位置是为了公众安全。'],
        [health().code, '位置不公布，只公布水位。'],
      ],
      { summary: '未达成一致。', ...more },
    )

  beforeAll(async () => {
    office = await openOffice({ today: '2026-09-07', shape })
    const affects = ['市卫生健康局', '市公安局']
    for (const title of ['filed', 'revised', 'changes', 'instructed', 'ageing', 'agreed', 'quiet'])
      releases.set(
        title,
        await water().submitsRelease(title, {
          affects,
          text: '第一条 公布水位。\n第二条 公布监测点的位置。\n第三条 自公布之日起施行。',
          ...(title === 'instructed' || title === 'ageing'
            ? {
                standingInstruction: {
                  to: Addressee.COMPETENT_AUTHORITY,
                  afterWorkingDays: 3,
                  byDefault: false,
                },
              }
            : {}),
        }),
      )
    await office.settles()
    for (const title of ['filed', 'revised', 'instructed', 'ageing', 'agreed'])
      await health().givesOpinion(of(title), 'objection', REASONS)
    await health().givesOpinion(of('changes'), 'consent with changes', {
      reasons: '第二条删去。',
      proposedWording: '公布水位。',
    })
    await office.settles()
  }, PATIENCE_MS)
  afterAll(() => office[Symbol.asyncDispose]())

  test('an objection opens it; the instruction stands by default, with the day on which it falls due', async () => {
    const { negotiation, state } = await seen('filed')
    expect(state).toBe(ReleaseState.NEGOTIATION)
    expect(negotiation).toMatchObject({
      open: true,
      standingInstruction: {
        to: Addressee.SUPERIOR_ORGAN,
        afterWorkingDays: 10,
        byDefault: true,
      },
      ageing: false,
    })
    // Ten working days after Monday the 7th: the tenth is Sunday the 20th, which is worked (调休上班).
    expect(negotiation?.instructionDueAt).toEqual(DUE_BY_DEFAULT)
    expect((await seen('instructed')).negotiation?.standingInstruction).toMatchObject({
      to: Addressee.COMPETENT_AUTHORITY,
      afterWorkingDays: 3,
      byDefault: false,
    })
  })

  test('without a round nothing is filed', async () => {
    const refused = await failureOf(waterNegotiates().files(of('filed')))
    expect(refused.reason).toBe('NO_NEGOTIATION_ON_RECORD')
    expect(refused.article).toBe('协调/6.3')
  })

  describe('a round', () => {
    test('is on record with positions, and its participants are told and see it', async () => {
      const { round, release } = await talk('filed')
      expect(round).toMatchObject({ ordinal: 1, version: 1, kind: RoundKind.MEETING })
      expect(release?.negotiation?.rounds).toHaveLength(1)
      await office.settles()
      const [told] = await health().letters(LetterKind.NOTICE)
      expect(told?.body).toContain('位置不公布，只公布水位。')
      const its = (await health().sees(of('filed'))).negotiation
      expect(its?.rounds.map(({ roundId }) => roundId)).toEqual([round?.roundId])
      expect(its?.standingInstruction).toBeUndefined()
      expect((await police().sees(of('filed'))).negotiation).toBeUndefined()
    })
    test.each([
      ['in the future', { heldAt: at('2027-01-01') }, 'FIELD_VALUE', 'held_at'],
      ['before its version', { heldAt: at('2026-09-01') }, 'FIELD_VALUE', 'held_at'],
    ])('%s is refused', async (_, more, reason, field) => {
      const refused = await failureOf(talk('filed', more))
      expect(refused).toMatchObject({ reason, field })
    })
    test('with a stranger, with nobody who disagrees, or twice the same is refused', async () => {
      const records = (...codes: string[]) =>
        waterNegotiates().records(
          of('filed'),
          codes.map((code) => [code, '意见'] as const),
        )
      const [own, its, other] = [water().code, health().code, police().code]
      const stranger = office.codeOf('市财政局')
      for (const [codes, reason] of [
        [[own, its, stranger], 'POSITION_OF_STRANGER'],
        [[own, other], 'POSITION_MISSING'],
        [[its, other], 'POSITION_MISSING'],
        [[own, its, its], 'AGENCY_REPEATED'],
        [[], 'FIELD_MISSING'],
      ] as const)
        expect((await failureOf(records(...codes))).reason).toBe(reason)
      expect((await seen('filed')).negotiation?.rounds).toHaveLength(1)
    })
    test('where nobody disagrees is refused', async () => {
      expect((await failureOf(talk('quiet'))).reason).toBe('NOTHING_IN_DISPUTE')
    })
    test('by another than the releasing agency is refused, and a stranger finds nothing', async () => {
      const tries = (name: string) =>
        negotiates(name).records(of('filed'), [[water().code, '意见']])
      expect((await failureOf(tries('市卫生健康局'))).reason).toBe('ONLY_RELEASING_AGENCY')
      expect((await failureOf(tries('市财政局'))).reason).toBe('NOT_FOUND')
    })
    test('repeated with its request id is recorded once', async () => {
      const once = () =>
        waterNegotiates().records(
          of('agreed'),
          [
            [water().code, '公布。'],
            [health().code, '不公布。'],
          ],
          { requestId: 'the-same-round', heldAt: at('2026-09-07') },
        )
      const [first, second] = [await once(), await once()]
      expect(second.round).toEqual(first.round)
      expect((await seen('agreed')).negotiation?.rounds).toHaveLength(1)
    })
  })

  test('an objection that is withdrawn ends it', async () => {
    await health().givesOpinion(of('agreed'), 'consent')
    const { negotiation, state } = await seen('agreed')
    expect(state).toBe(ReleaseState.CONSULTING)
    expect(negotiation?.open).toBe(false)
    expect((await failureOf(waterNegotiates().files(of('agreed')))).reason).toBe(
      'NOTHING_IN_DISPUTE',
    )
  })

  test('declined changes are negotiated like an objection, and the agency is told why', async () => {
    const { consultationId } = await health().consultationOn(of('changes'))
    const { release } = await waterNegotiates().declines(consultationId, '位置已经公开。')
    expect(release?.state).toBe(ReleaseState.NEGOTIATION)
    const { gates } = await water().explainsClearance(of('changes'))
    const obstacles = gates.flatMap((gate) => gate.obstacles.map(({ reason }) => reason))
    expect(obstacles).toContain('changes-declined')
    expect((await health().consultationOn(of('changes'))).changesDeclined).toBe(true)
    await office.settles()
    const told = await health().letters(LetterKind.NOTICE)
    expect(told.map(({ body }) => body).join()).toContain('位置已经公开。')
    const again = await failureOf(waterNegotiates().declines(consultationId, '再次'))
    expect(again.reason).toBe('NO_CHANGES_ASKED')
  })

  test('a new version is put to all again; its difference is shown paragraph by paragraph', async () => {
    await water().revises(of('revised'), 'revised', '第一条 公布水位。\n第三条 自公布之日起施行。')
    await office.settles()
    const { versions, version, negotiation } = await seen('revised')
    expect(version).toBe(2)
    expect(versions.map((one) => one.version)).toEqual([1, 2])
    expect(negotiation?.open).toBe(false)
    const compared = await waterNegotiates().compares(of('revised'))
    expect(compared).toMatchObject({ fromVersion: 1, toVersion: 2, toTitle: 'revised' })
    expect(compared.toDigest).toBe(versions[1]?.digest)
    const { SAME, REMOVED } = ParagraphChangeKind
    expect(compared.paragraphs.map(({ kind }) => kind)).toEqual([SAME, REMOVED, SAME])
    expect(compared.paragraphs[1]?.text).toBe('第二条 公布监测点的位置。')
    // Who was asked about both sees the same; a stranger sees nothing.
    const its = await negotiates('市卫生健康局').compares(of('revised'), 1, 2)
    expect(its.paragraphs).toEqual(compared.paragraphs)
    const stranger = await failureOf(negotiates('市财政局').compares(of('revised'), 1, 2))
    expect(stranger.reason).toBe('NOT_FOUND')
    for (const [from, to] of [
      [2, 1],
      [1, 3],
      [1, 1],
    ] as const)
      expect((await failureOf(waterNegotiates().compares(of('revised'), from, to))).reason).toBe(
        'FIELD_VALUE',
      )
  })

  test('long drafts are compared page by page, each paragraph once and in its place', async () => {
    const paragraphs = (word: string) =>
      Array.from({ length: 40 }, (_, index) => `第${index}条 ${word.repeat(3_000)}`).join('\n')
    const long = await office.as('市水利局').submitsRelease('长稿', {
      ...{ affects: ['市卫生健康局'], text: paragraphs('水') },
    })
    await office.settles()
    await office.as('市水利局').revises(long, '长稿', paragraphs('汛'))
    const told: string[] = []
    let pages = 0
    for (let pageToken = ''; ; pages++) {
      const calls = await office.as('市水利局').releases()
      const { releaseId } = long
      const page = await calls.compareVersions({
        releaseId,
        fromVersion: 1,
        toVersion: 2,
        pageToken,
      })
      told.push(...page.paragraphs.map(({ kind, text }) => `${kind} ${text}`))
      pageToken = page.nextPageToken
      if (pageToken === '') break
    }
    expect(pages).toBe(1) // two, the last of which ended it
    expect(new Set(told).size).toBe(80)
    expect(told).toHaveLength(80)
  })

  test('an objector asks for escalation once; the releasing agency is told and it stays on record', async () => {
    const { receivedAt } = await negotiates('市卫生健康局').asksForEscalation(
      of('filed'),
      '协商无望。',
    )
    const again = await negotiates('市卫生健康局').asksForEscalation(of('filed'), '请尽快。')
    expect(again.receivedAt).toEqual(receivedAt)
    await office.settles()
    const told = await water().letters(LetterKind.NOTICE)
    expect(told.map(({ body }) => body).join()).toContain('协商无望。')
    expect((await seen('filed')).negotiation?.escalationRequests).toMatchObject([
      { agency: health().code, reason: '协商无望。' },
    ])
    const other = await failureOf(negotiates('市公安局').asksForEscalation(of('filed'), '我也要'))
    expect(other.reason).toBe('NOTHING_IN_DISPUTE')
  })

  describe('a dispute', () => {
    test('is refused to whom the pack does not send it', async () => {
      const to = Addressee.COMMON_SUPERIOR
      const refused = await failureOf(waterNegotiates().files(of('filed'), { to }))
      expect(refused).toMatchObject({ reason: 'ADDRESSEE_NOT_ALLOWED' })
    })
    test('is filed with the candidate that the agency chooses, with the reason, and repeated once', async () => {
      const file = () =>
        waterNegotiates().files(of('filed'), {
          requestId: 'file-it',
          to: Addressee.SUPERIOR_ORGAN,
        })
      const { dispute, release } = await file()
      expect(release?.state).toBe(ReleaseState.IN_DISPUTE)
      expect(dispute).toMatchObject({
        version: 1,
        to: Addressee.SUPERIOR_ORGAN,
        onStandingInstruction: false,
        standing: DisputeStanding.FILED,
      })
      expect(office.nameOf(dispute?.coordinator ?? '')).toContain('清远市人民政府')
      expect(dispute?.reasonZh).toContain('上一级')
      expect((await file()).dispute).toEqual(dispute)
      const { gates } = await water().explainsClearance(of('filed'))
      const obstacles = gates.flatMap((gate) => gate.obstacles.map(({ reason }) => reason))
      expect(obstacles).toContain('in-dispute')
    })
    test('goes to its coordinator as an application, and its parties are told', async () => {
      await office.settles()
      const dispute = (await seen('filed')).negotiation?.disputes[0]
      const coordinator = office.as(office.nameOf(dispute?.coordinator ?? ''))
      const [letter] = await coordinator.letters(LetterKind.DISPUTE_APPLICATION)
      expect(letter).toMatchObject({ disputeId: dispute?.disputeId, draftTitle: 'filed' })
      expect(letter?.documentNumber).toMatch(/^清水公开征〔2026〕\d+号$/)
      for (const words of [
        '第六条第三款',
        REASONS.reasons,
        '位置不公布，只公布水位。',
        '是否公布监测点的位置。',
      ])
        expect(letter?.body).toContain(words)
      const told = (await health().letters(LetterKind.NOTICE)).map(({ title }) => title)
      expect(told.join()).toContain('已报请协调')
      expect((await health().sees(of('filed'))).negotiation?.disputes).toHaveLength(1)
    })
    test('is filed once', async () => {
      expect((await failureOf(waterNegotiates().files(of('filed')))).reason).toBe(
        'DISPUTE_FILED_ALREADY',
      )
      const asked = negotiates('市卫生健康局').asksForEscalation(of('filed'), '再问')
      expect((await failureOf(asked)).reason).toBe('DISPUTE_FILED_ALREADY')
    })
    test('ends when the objector gives in', async () => {
      await health().givesOpinion(of('filed'), 'consent')
      const { negotiation, state } = await seen('filed')
      expect(negotiation?.disputes[0]?.standing).toBe(DisputeStanding.ENDED)
      expect(state).toBe(ReleaseState.CONSULTING)
    })
  })

  describe('the standing instruction', () => {
    test('may be changed within bounds', async () => {
      const { release } = await waterNegotiates().instructs(
        of('quiet'),
        Addressee.COMPETENT_AUTHORITY,
        60,
      )
      expect(release?.negotiation?.standingInstruction).toMatchObject({ afterWorkingDays: 60 })
      for (const days of [0, 61])
        expect(
          (
            await failureOf(
              waterNegotiates().instructs(of('quiet'), Addressee.SUPERIOR_ORGAN, days),
            )
          ).reason,
        ).toBe('PERIOD_LENGTH')
    })
    test('files by itself when it falls due with a round on record, and says so', async () => {
      await talk('instructed')
      const { instructionDueAt } = (await seen('instructed')).negotiation ?? {}
      expect(instructionDueAt).toEqual(timestampOf(at('2026-09-11T00:00+08:00')))
      await office.livesUntil('2026-09-10T23:59+08:00')
      expect((await seen('instructed')).state).toBe(ReleaseState.NEGOTIATION)
      await office.livesUntil('2026-09-11T00:01+08:00')
      const { state, negotiation } = await seen('instructed')
      expect(state).toBe(ReleaseState.IN_DISPUTE)
      expect(negotiation?.disputes[0]).toMatchObject({
        onStandingInstruction: true,
        to: Addressee.COMPETENT_AUTHORITY,
      })
      expect(negotiation?.failedAt).toBeUndefined()
      const coordinator = office.as(office.nameOf(negotiation?.disputes[0]?.coordinator ?? ''))
      const [letter] = await coordinator.letters(LetterKind.DISPUTE_APPLICATION)
      expect(letter?.body).toContain('依长期指示')
    })
    test('without a round files nothing: it ages', async () => {
      const { state, negotiation } = await seen('ageing')
      expect(state).toBe(ReleaseState.NEGOTIATION)
      expect(negotiation).toMatchObject({ ageing: true, disputes: [] })
      // With a round it goes at once.
      await talk('ageing')
      await office.settles()
      expect((await seen('ageing')).state).toBe(ReleaseState.IN_DISPUTE)
    })
  })

  test('nothing of it can be done with a release that was withdrawn', async () => {
    await water().withdraws(of('revised'), '不再发布')
    for (const act of [
      () => waterNegotiates().files(of('revised')),
      () => talk('revised'),
      () => waterNegotiates().instructs(of('revised'), Addressee.SUPERIOR_ORGAN, 5),
    ])
      expect((await failureOf(act())).reason).toBe('RELEASE_ENDED')
  })
})
