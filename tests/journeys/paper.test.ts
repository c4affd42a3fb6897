// Letters served and replies handed in on paper (协调 art. 6 para 2): the health and the education bureau have
// designated no mailbox, so that their letters come on paper. From Monday 28 September 2026, ten o'clock.
import { afterAll, beforeAll, expect, test } from 'vitest'
import {
  ConsultationState,
  Opinion,
  OpinionKind,
  ReleaseState,
  type Release,
} from '../../gen/huiqian/coordination/v1/coordination.js'
import { PaperServiceState } from '../../gen/huiqian/coordination/v1/paper.js'
import type {
  RecordPaperOpinionRequest,
  RecordPaperServiceRequest,
} from '../../gen/huiqian/coordination/v1/paper_calls.js'
import { LetterKind } from '../../gen/huiqian/delivery/v1/delivery.js'
import { timestampOf } from '../../shared/rpc/timestamps.js'
import { inEachShape, PATIENCE_MS } from '../office/each-shape.js'
import { at, openOffice, type Office } from '../office/office.js'

const [WATER, HEALTH, EDUCATION] = ['市水利局', '市卫生健康局', '市教育局'] as const
const [JUSTICE, OFFICE] = ['市司法局', '清远市人民政府办公室'] as const
const NO_MAILBOX = ['清远市卫生健康局', '清远市教育局']

await inEachShape('paper', (shape) => {
  let office: Office
  let requests = 0
  const requestId = (): string => `paper-${++requests}`
  const desk = (name: string) => office.as(name)
  const calls = (name: string) => desk(name).consultations()
  const uploads = (name: string, text: string): Promise<string> =>
    desk(name).uploads('回执.txt', Buffer.from(text))
  const idOf = async (release: Release, name: string): Promise<string> =>
    (await desk(name).consultationOn(release)).consultationId
  const serves = async (
    release: Release,
    to: string,
    over: Partial<RecordPaperServiceRequest> = {},
    by: string = WATER,
  ) =>
    (await calls(by)).recordPaperService({
      requestId: requestId(),
      consultationId: await idOf(release, to),
      receivedAt: timestampOf(office.now()),
      evidenceDigest: await uploads(by, `${release.releaseId}的送达回执`),
      signedBy: '王五',
      ...over,
    })
  const hands = async (
    release: Release,
    by: string,
    of: string,
    kind: OpinionKind,
    over: Partial<RecordPaperOpinionRequest> = {},
  ) =>
    (await calls(by)).recordPaperOpinion({
      requestId: requestId(),
      consultationId: await idOf(release, of),
      opinion: Opinion.fromPartial({ kind, reasons: '数据尚未核实。' }),
      draftDigest: release.draftDigest,
      handedInAt: timestampOf(office.now()),
      evidenceDigest: await uploads(by, `${release.releaseId}的收文登记`),
      ...over,
    })
  const notices = async (name: string): Promise<string[]> =>
    (await desk(name).letters(LetterKind.NOTICE)).map(({ title, body }) => `${title}\n${body}`)

  beforeAll(async () => {
    office = await openOffice({
      today: '2026-09-28',
      shape,
      directory: (all) =>
        all.map((one) => (NO_MAILBOX.includes(one.name) ? { ...one, mailbox: undefined } : one)),
    })
  }, PATIENCE_MS)
  afterAll(() => office[Symbol.asyncDispose]())

  const submits = async (title: string, affects: readonly string[]): Promise<Release> => {
    const release = await desk(WATER).submitsRelease(title, { affects })
    await office.settles()
    return release
  }

  test('a service recorded in time starts the clock; that the agency has no mailbox is said', async () => {
    const release = await submits('水库', [HEALTH])
    expect((await desk(HEALTH).consultationOn(release)).state).toBe(ConsultationState.UNDELIVERED)
    const request = {
      requestId: 'served-once',
      evidenceDigest: await uploads(WATER, '送达回执'),
      receivedAt: timestampOf(at('2026-09-28T10:00+08:00')),
    }
    const answer = await serves(release, HEALTH, request)
    expect(answer).toMatchObject({
      noMailbox: true,
      consultation: {
        state: ConsultationState.RUNNING,
        receivedAt: request.receivedAt,
        deadline: { at: timestampOf(at('2026-10-11T00:00+08:00')), lastDay: '2026-10-10' },
        paperService: { state: PaperServiceState.TAKEN, signedBy: '王五' },
      },
    })
    expect(await serves(release, HEALTH, request)).toEqual(answer) // repeated
    await expect(serves(release, HEALTH)).rejects.toMatchObject({
      ...{ status: 'FAILED_PRECONDITION', reason: 'PAPER_SERVICE_ON_RECORD' },
    })
    // Both sides can look at the evidence; nobody else can.
    const read = async (name: string): Promise<string> => {
      const releases = await desk(name).releases()
      const pieces: Buffer[] = []
      for await (const { chunk } of releases.downloadAttachment({
        ...{ releaseId: release.releaseId, digest: request.evidenceDigest },
      }))
        pieces.push(chunk)
      return Buffer.concat(pieces).toString()
    }
    expect([await read(WATER), await read(HEALTH)]).toEqual(['送达回执', '送达回执'])
    await expect(read(JUSTICE)).rejects.toMatchObject({ status: 'NOT_FOUND' })
  })

  test('a contested service stops its clock until the competent authority has decided, and all are told', async () => {
    const release = await submits('水质', [HEALTH])
    await serves(release, HEALTH)
    const consultationId = await idOf(release, HEALTH)
    const contest = async (name: string) =>
      (await calls(name)).contestPaperService({
        ...{ requestId: requestId(), consultationId, reason: '签收人不是本机关人员。' },
      })
    for (const [name, status] of [
      [WATER, 'PERMISSION_DENIED'],
      [JUSTICE, 'NOT_FOUND'],
    ] as const)
      await expect(contest(name)).rejects.toMatchObject({ status })
    const { consultation } = await contest(HEALTH)
    expect(consultation).toMatchObject({
      ...{ state: ConsultationState.UNDELIVERED, deadline: undefined, receivedAt: undefined },
      paperService: { state: PaperServiceState.CONTESTED, reason: '签收人不是本机关人员。' },
    })
    await office.settles()
    const { gates } = await desk(WATER).explainsClearance(release)
    expect(gates.flatMap(({ obstacles }) => obstacles.map(({ reason }) => reason))).toEqual([
      'paper-service-undecided',
    ])
    expect((await notices(OFFICE)).join()).toContain('签收人不是本机关人员。')
    expect((await notices(WATER)).join()).toContain('有异议')

    await office.livesUntil('2026-10-12T10:00+08:00') // past what would have been the deadline
    expect((await desk(HEALTH).consultationOn(release)).deemedAt).toBeUndefined()
    const decide = async (name: string) =>
      (await calls(name)).decidePaperService({
        ...{
          requestId: requestId(),
          consultationId,
          confirmed: true,
          reason: '经查收发登记属实。',
        },
      })
    await expect(decide(WATER)).rejects.toMatchObject({ reason: 'ONLY_COMPETENT_AUTHORITY' })
    await expect(decide('清城区人民政府办公室')).rejects.toMatchObject({ status: 'NOT_FOUND' })
    // It runs from the receipt, but never ends before the first working day after the agency was told.
    expect((await decide(OFFICE)).consultation).toMatchObject({
      state: ConsultationState.RUNNING,
      deadline: { lastDay: '2026-10-13' },
      paperService: { state: PaperServiceState.CONFIRMED, reason: '经查收发登记属实。' },
    })
    await office.livesUntil('2026-10-14T00:00:15+08:00')
    expect((await desk(WATER).sees(release)).state).toBe(ReleaseState.CLEARED)
  })

  test('a service recorded late starts no clock; a reply on paper reverses what silence became, and warns after the publication', async () => {
    const late = await submits('枯水', [HEALTH])
    await office.livesUntil('2026-10-16T10:00+08:00')
    expect(
      await serves(late, HEALTH, { receivedAt: timestampOf(at('2026-10-14T10:00+08:00')) }),
    ).toMatchObject({
      consultation: {
        state: ConsultationState.UNDELIVERED,
        paperService: { state: PaperServiceState.LATE_ON_RECORD },
      },
    })
    const release = await submits('洪水', [EDUCATION, JUSTICE])
    await serves(release, EDUCATION)
    await desk(JUSTICE).givesOpinion(release, 'consent')
    await office.livesUntil('2026-10-24T00:00:15+08:00')
    expect((await desk(EDUCATION).consultationOn(release)).state).toBe(ConsultationState.DEEMED)
    await desk(WATER).publishes(release)

    await office.livesUntil('2026-10-26T10:00+08:00')
    const handedInAt = timestampOf(at('2026-10-23T17:00+08:00'))
    const { consultation, publishedAlready } = await hands(
      ...([release, EDUCATION, EDUCATION, OpinionKind.OBJECTION, { handedInAt }] as const),
    )
    expect(publishedAlready).toBe(true)
    expect(consultation).toMatchObject({
      ...{ state: ConsultationState.ANSWERED, deemedAt: undefined },
      opinion: { admittedAt: handedInAt, opinion: { kind: OpinionKind.OBJECTION } },
    })
    expect(consultation?.opinion?.paperEvidenceDigest).toMatch(/^[0-9a-f]{64}$/)
    await office.settles()
    const [correction] = await desk(WATER).letters(LetterKind.CORRECTION)
    expect(correction?.body).toContain('该信息已经发布')
    expect((await notices(WATER)).join()).toContain('纸质答复已登记')
    const seen = await desk(WATER).sees(release)
    expect(seen.clearedAt).toBeUndefined()
    expect(seen.publication?.breaches).toEqual([]) // it was cleared when it was published
  })

  test('whatever is wrong with a record on paper is refused with its reason', async () => {
    const release = await submits('雨情', [HEALTH, JUSTICE])
    const later = timestampOf(office.now() + 3_600_000)
    const before = timestampOf(office.now() - 3_600_000)
    const wrong: [() => Promise<unknown>, Record<string, string>][] = [
      [() => serves(release, HEALTH, { receivedAt: later }), { field: 'received_at' }],
      [() => serves(release, HEALTH, { receivedAt: undefined }), { field: 'received_at' }],
      [() => serves(release, HEALTH, { receivedAt: before }), { reason: 'PAPER_BEFORE_LETTER' }],
      [() => serves(release, HEALTH, { signedBy: '' }), { field: 'signed_by' }],
      [() => serves(release, HEALTH, { evidenceDigest: '' }), { field: 'evidence_digest' }],
      [
        () => serves(release, HEALTH, { evidenceDigest: 'a'.repeat(64) }),
        { reason: 'ATTACHMENT_UNKNOWN', field: 'evidence_digest' },
      ],
      [() => serves(release, HEALTH, {}, HEALTH), { reason: 'ONLY_RELEASING_AGENCY' }],
      [() => serves(release, JUSTICE), { reason: 'LETTER_RECEIVED_BY_WIRE' }],
      [
        () => hands(release, WATER, HEALTH, OpinionKind.CONSENT, { handedInAt: later }),
        { field: 'handed_in_at' },
      ],
      [
        () => hands(release, WATER, HEALTH, OpinionKind.CONSENT, { handedInAt: before }),
        { reason: 'PAPER_BEFORE_LETTER', field: 'handed_in_at' },
      ],
      [
        () => hands(release, WATER, HEALTH, OpinionKind.CONSENT, { draftDigest: 'b'.repeat(64) }),
        { reason: 'VERSION_SUPERSEDED' },
      ],
      [() => hands(release, '市财政局', HEALTH, OpinionKind.CONSENT), { status: 'NOT_FOUND' }],
    ]
    for (const [call, expected] of wrong) await expect(call()).rejects.toMatchObject(expected)
    const consultation = await desk(HEALTH).consultationOn(release)
    expect(consultation.paperService).toBeUndefined()
  })
})
