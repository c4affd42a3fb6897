// Bad input is answered with its status, field, stable reason, article and both languages, and nothing of
// it is stored; what is another's is as if it did not exist; a request repeated is answered as before.
import { createHash } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { GiveOpinionRequest } from '../../gen/huiqian/coordination/v1/consultation.js'
import {
  Opinion,
  OpinionKind,
  SecrecyConclusion,
  Trigger,
  type Consultation,
  type Release,
} from '../../gen/huiqian/coordination/v1/coordination.js'
import { FeedServiceClient } from '../../gen/huiqian/coordination/v1/feed.js'
import { CalendarServiceClient } from '../../gen/huiqian/directory/v1/calendar.js'
import { ReleaseServiceClient, ReleaseView } from '../../gen/huiqian/coordination/v1/release.js'
import { CallFailed } from '../../shared/rpc/call-failed.js'
import { connect } from '../../shared/rpc/client.js'
import { timestampOf } from '../../shared/rpc/timestamps.js'
import type { Submission } from '../office/agency-desk.js'
import { inEachShape, PATIENCE_MS } from '../office/each-shape.js'
import { certificateWith } from '../office/odd-certificate.js'
import { at, openOffice, type Office } from '../office/office.js'

const HAN = /\p{Script=Han}/u

async function failureOf(call: Promise<unknown>): Promise<CallFailed> {
  const outcome = await call.then(
    () => undefined,
    (error: unknown) => error,
  )
  if (!(outcome instanceof CallFailed)) throw new Error('it was not refused', { cause: outcome })
  return outcome
}

/** What a refusal of bad input must be, whatever its reason. */
function mustBeComplete(failure: CallFailed): void {
  expect(failure.article, failure.reason).not.toBe('')
  expect(failure.messageZh, failure.reason).toMatch(HAN)
  expect(failure.messageEn, failure.reason).not.toMatch(/[{}]/)
  expect(failure.messageZh, failure.reason).not.toMatch(/[{}]/)
  expect(failure.messageEn, failure.reason).not.toBe(failure.messageZh)
}

/** Tables that a refusal may move: the refusals themselves are counted on record, announced and heard. */
const MOVES = new Set(['event', 'feed', 'relay_mark', 'cursor', 'sqlite_sequence'])

await inEachShape('a refusal', (shape) => {
  let office: Office
  let release: Release
  let asked: Consultation
  const water = () => office.as('市水利局')
  const health = () => office.as('市卫生健康局')

  beforeAll(async () => {
    office = await openOffice({
      today: '2026-09-28',
      shape,
      // One agency was merged into another last year.
      directory: (agencies) =>
        agencies.map((agency) =>
          agency.name === '清远市林业局'
            ? {
                ...agency,
                validUntil: timestampOf(at('2026-01-01')),
                successor: agencies.find(({ name }) => name === '清远市自然资源局')!.creditCode,
              }
            : agency,
        ),
    })
    release = await water().submitsRelease('水库水位', { affects: ['市卫生健康局'] })
    await office.settles()
    asked = await health().consultationOn(release)
  }, PATIENCE_MS)
  afterAll(() => office[Symbol.asyncDispose]())

  /** Everything that coordination has on record, but the refusals that it counts. */
  const recorded = async (): Promise<string[]> => {
    const kinds: string[] = []
    const certificates = await office.premises.certificateOf({
      kind: 'service',
      name: 'coordination',
    })
    const feed = connect(FeedServiceClient, office.premises.addressOf('coordination'), certificates)
    for (let after = 0; ;) {
      const { page } = await feed.read({ after, limit: 1_000 })
      kinds.push(...(page?.entries ?? []).map(({ kind }) => kind))
      after = page?.entries.at(-1)?.sequence ?? after
      if (after >= (page?.head ?? 0)) break
    }
    feed.close()
    return [...rowsKept(), ...kinds.filter((kind) => kind !== 'CallsRefused')]
  }

  /** How many rows each table holds beside the record: content, uploads, numbers, requests, letters that wait … */
  const rowsKept = (): string[] =>
    shape !== 'one process' // there the files can be looked into from here
      ? []
      : ['coordination', 'delivery', 'escalation'].flatMap((service) => {
          const file = join(office.premises.folder, 'data', `${service}.sqlite`)
          const database = new Database(file, { readonly: true })
          try {
            const tables = database
              .prepare("select name from sqlite_master where type = 'table' order by name")
              .pluck()
              .all() as string[]
            return tables
              .filter((table) => !MOVES.has(table))
              .map((table) => {
                const count = database.prepare(`select count(*) from "${table}"`).pluck().get()
                return `${service}.${table}: ${String(count)} rows`
              })
          } finally {
            database.close()
          }
        })

  const affected = (agency: string) => [{ agency, trigger: Trigger.CONCERNS, reason: '涉及' }]
  const rows: [
    name: string,
    submission: () => Submission,
    expected: { reason: string; field: string; article?: string },
  ][] = [
    [
      'a credit code that nobody has',
      () => ({ affected: affected('11441800MB2C12346B') }),
      { reason: 'AGENCY_UNKNOWN', field: 'affected[0].agency' },
    ],
    [
      'a credit code with a wrong check character',
      () => ({ affected: affected(`${health().code.slice(0, 17)}Z`) }),
      { reason: 'CREDIT_CODE_MALFORMED', field: 'affected[0].agency' },
    ],
    [
      'an agency that is not valid at that date',
      () => ({ affects: ['市林业局'] }),
      { reason: 'AGENCY_NOT_VALID', field: 'affected[0].agency' },
    ],
    [
      'consulting oneself',
      () => ({ affects: ['市卫生健康局', '市水利局'] }),
      { reason: 'CONSULTING_ONESELF', field: 'affected[1].agency', article: '协调/6.1' },
    ],
    [
      'the same agency twice',
      () => ({ affects: ['市卫生健康局', '市教育局', '市卫生健康局'] }),
      { reason: 'AGENCY_REPEATED', field: 'affected[2].agency', article: '协调/6.1' },
    ],
    [
      'no affected agency and no reason for it',
      () => ({ affects: [] }),
      { reason: 'NO_AFFECTED_AGENCY', field: 'affected', article: '协调/6.1' },
    ],
    [
      'oversized text',
      () => ({ affects: ['市卫生健康局'], text: '水'.repeat(180_000) }),
      { reason: 'FIELD_TOO_LONG', field: 'text' },
    ],
    [
      'text that is not NFC',
      () => ({ affects: ['市卫生健康局'], text: 'e\u0301tat' }),
      { reason: 'TEXT_NOT_NFC', field: 'text' },
    ],
    [
      'a title with a carriage return',
      () => ({ affects: ['市卫生健康局'], text: '一\r\n二' }),
      { reason: 'TEXT_NOT_NFC', field: 'text' },
    ],
    [
      'a digest that does not match',
      () => ({ affects: ['市卫生健康局'], draftDigest: '0'.repeat(64) }),
      { reason: 'DIGEST_MISMATCH', field: 'draft_digest' },
    ],
    [
      'an attachment that was never uploaded',
      () => ({ affects: ['市卫生健康局'], attachments: ['0'.repeat(64)] }),
      { reason: 'ATTACHMENT_UNKNOWN', field: 'attachments[0]' },
    ],
    [
      'another agency’s information',
      () => ({
        affects: ['市卫生健康局'],
        origin: { kind: 1, basis: '', maker: office.codeOf('市统计局') },
      }),
      { reason: 'ORIGIN_NOT_YOURS', field: 'origin.maker', article: '协调/4' },
    ],
    [
      'a pack that nobody knows',
      () => ({ affects: ['市卫生健康局'], policyPack: 'nowhere' }),
      { reason: 'PACK_UNKNOWN', field: 'policy_pack' },
    ],
    [
      'a secrecy review of tomorrow',
      () => ({
        affects: ['市卫生健康局'],
        secrecyReview: { ...water().submission('').secrecyReview!, reviewedOn: '2026-12-31' },
      }),
      { reason: 'FIELD_VALUE', field: 'secrecy_review.reviewed_on' },
    ],
    [
      'no request id',
      () => ({ affects: ['市卫生健康局'], requestId: '' }),
      { reason: 'FIELD_MISSING', field: 'request_id' },
    ],
  ]

  describe('of a submission', () => {
    test.each(rows)('with %s names it, and stores nothing', async (_, submission, expected) => {
      const before = await recorded()
      const failure = await failureOf(water().submitsRelease('不应保存', submission()))
      expect(failure).toMatchObject({ status: 'INVALID_ARGUMENT', ...expected })
      mustBeComplete(failure)
      await office.settles()
      expect(await recorded()).toEqual(before)
    })

    test('a good one is stored: what is on record would be seen', async () => {
      const before = await recorded()
      await water().submitsRelease('应当保存', { affects: ['市教育局'] })
      expect((await recorded()).slice(before.length)).toContain('ReleaseSubmitted')
    })

    if (shape === 'one process')
      // its record lies in files that can be looked into
      test('of a state secret leaves no trace in any file', async () => {
        const secret = `机密内容${'密'.repeat(40)}`
        const bytes = (text: string): boolean =>
          readdirSync(join(office.premises.folder, 'data')).some(
            (file) =>
              file.includes('sqlite') &&
              readFileSync(join(office.premises.folder, 'data', file)).includes(text),
          )
        const over = { affects: ['市教育局'], text: secret }
        const { secrecyReview } = water().submission('')
        const conclusion = SecrecyConclusion.STATE_SECRET
        await office.settles() // what was accepted before has reached its readers
        const before = await recorded()
        const failure = await failureOf(
          water().submitsRelease('机密', {
            ...over,
            secrecyReview: { ...secrecyReview!, conclusion },
          }),
        )
        expect(failure).toMatchObject({
          ...{ status: 'INVALID_ARGUMENT', reason: 'STATE_SECRET' },
          field: 'secrecy_review.conclusion',
        })
        mustBeComplete(failure)
        expect(await recorded()).toEqual(before)
        expect(bytes(secret)).toBe(false)
        await water().submitsRelease('可公开', over)
        await office.settles()
        expect((await recorded()).length).toBeGreaterThan(before.length)
        expect(bytes(secret)).toBe(false) // sealed where it is kept; in clear it would be found: tests/security/canaries.test.ts
      })
  })

  describe('of an upload', () => {
    const upload = async (bytes: Buffer, declared: number, digest?: string) =>
      (await water().releases()).uploadAttachment([
        {
          part: {
            $case: 'declaration',
            declaration: {
              name: '附件.pdf',
              size: declared,
              digest: digest ?? createHash('sha256').update(bytes).digest('hex'),
            },
          },
        },
        { part: { $case: 'chunk', chunk: bytes } },
      ])
    test('larger than declared, or with another digest, names it', async () => {
      const bytes = Buffer.alloc(2_000, 7)
      const larger = await failureOf(upload(bytes, 1_999))
      expect(larger).toMatchObject({ status: 'INVALID_ARGUMENT', reason: 'ATTACHMENT_TOO_LARGE' })
      mustBeComplete(larger)
      const other = await failureOf(upload(bytes, 2_000, '0'.repeat(64)))
      expect(other).toMatchObject({ status: 'INVALID_ARGUMENT', reason: 'DIGEST_MISMATCH' })
      mustBeComplete(other)
      const { attachment } = await upload(bytes, 2_000)
      expect(attachment?.size).toBe(2_000)
    })
  })

  describe('of an opinion', () => {
    const opinion = (over: Partial<GiveOpinionRequest> = {}): GiveOpinionRequest => ({
      requestId: 'opinion-1',
      signed: undefined,
      consultationId: asked.consultationId,
      draftDigest: asked.draftDigest,
      opinion: Opinion.fromPartial({ kind: OpinionKind.OBJECTION, reasons: '数据未核实。' }),
      ...over,
    })
    const unknown = '01999999-9999-7999-8999-999999999999'

    test('on another’s consultation is as if there were none, byte for byte', async () => {
      const stranger = await office.as('市教育局').consultations()
      const theirs = await failureOf(stranger.giveOpinion(opinion()))
      const none = await failureOf(stranger.giveOpinion(opinion({ consultationId: unknown })))
      expect(theirs).toMatchObject({ status: 'NOT_FOUND', reason: 'NOT_FOUND' })
      expect(bytesOf(theirs)).toEqual(bytesOf(none))
      expect(bytesOf(none)).not.toEqual('')
    })

    test('that names nobody as the one to ask instead names the field, and stores nothing', async () => {
      const before = await recorded()
      const instead = Opinion.fromPartial({
        ...{ kind: OpinionKind.NOT_CONCERNED, askInstead: '11441800MB2C12346B' },
      })
      const failure = await failureOf(
        (await health().consultations()).giveOpinion(opinion({ opinion: instead })),
      )
      expect(failure).toMatchObject({
        ...{ status: 'INVALID_ARGUMENT', reason: 'AGENCY_UNKNOWN', field: 'opinion.ask_instead' },
      })
      mustBeComplete(failure)
      expect(await recorded()).toEqual(before)
    })

    test('and so for every way of looking at a case', async () => {
      const stranger = office.as('市教育局')
      const releases = await stranger.releases()
      const consultations = await stranger.consultations()
      const { releaseId } = release
      const looks: [string, (id: string) => Promise<unknown>, string][] = [
        [
          'GetRelease',
          (id) => releases.getRelease({ releaseId: id, view: ReleaseView.FULL }),
          releaseId,
        ],
        ['ExplainClearance', (id) => releases.explainClearance({ releaseId: id }), releaseId],
        [
          'WithdrawRelease',
          (id) => releases.withdrawRelease({ requestId: 'w', releaseId: id, reason: '撤' }),
          releaseId,
        ],
        [
          'GetConsultation',
          (id) => consultations.getConsultation({ consultationId: id }),
          asked.consultationId,
        ],
        [
          'ExplainDeadline',
          (id) => consultations.explainDeadline({ consultationId: id }),
          asked.consultationId,
        ],
        [
          'GetLetter',
          async (id) => (await stranger.mailbox()).getLetter({ letterId: id }),
          asked.letterId,
        ],
      ]
      for (const [name, look, theirs] of looks) {
        const one = await failureOf(look(theirs))
        expect(one.status, name).toBe('NOT_FOUND')
        expect(bytesOf(one), name).toEqual(bytesOf(await failureOf(look(unknown))))
      }
    })

    test('on a superseded version names the present one', async () => {
      const first = await water().submitsRelease('两稿', { affects: ['市卫生健康局'] })
      await office.settles()
      const second = await water().revises(first, '两稿', '第二稿。')
      await office.settles()
      const { consultationId } = await health().consultationOn(second)
      const before = await recorded()
      const { draftDigest } = first // what was asked about before, as it was
      expect(draftDigest).not.toBe(second.draftDigest)
      const failure = await failureOf(
        (await health().consultations()).giveOpinion(opinion({ consultationId, draftDigest })),
      )
      expect(await recorded()).toEqual(before)
      expect(failure).toMatchObject({
        ...{ status: 'FAILED_PRECONDITION', reason: 'VERSION_SUPERSEDED', field: 'draft_digest' },
        article: '协调/6.1',
      })
      mustBeComplete(failure)
    })

    test('repeated with the same id is answered as before; another command under it is refused', async () => {
      const calls = await health().consultations()
      await office.settles()
      const before = await recorded()
      const first = await calls.giveOpinion(opinion())
      await office.settles() // the notice of the reply is written and posted
      const once = await recorded()
      expect(once.length).toBeGreaterThan(before.length)
      expect(await calls.giveOpinion(opinion())).toEqual(first)
      expect(await recorded()).toEqual(once)
      const other = opinion({ opinion: Opinion.fromPartial({ kind: OpinionKind.CONSENT }) })
      const failure = await failureOf(calls.giveOpinion(other))
      expect(failure).toMatchObject({
        ...{ status: 'FAILED_PRECONDITION', reason: 'REQUEST_ID_REUSED' },
      })
      mustBeComplete(failure)
      expect(await recorded()).toEqual(once)
    })
  })

  test('a submission repeated with the same id is the same release', async () => {
    const request = water().submission('重复提交', { affects: ['市教育局'] })
    const calls = await water().releases()
    const first = await calls.submitRelease(request)
    const again = await calls.submitRelease(request)
    expect(again.release?.releaseId).toBe(first.release?.releaseId)
    expect(again).toEqual(first)
    const failure = await failureOf(calls.submitRelease({ ...request, title: '另一件' }))
    expect(failure.reason).toBe('REQUEST_ID_REUSED')
  })

  test('of a year that the calendar does not have names the year', async () => {
    const certificates = await office.premises.certificateOf({ kind: 'agency', code: water().code })
    const calendar = connect(
      CalendarServiceClient,
      office.premises.addressOf('directory'),
      certificates,
    )
    const failure = await failureOf(
      calendar.addWorkingDays({
        view: undefined,
        receivedAt: timestampOf(at('2031-03-03')),
        workingDays: 5,
      }),
    )
    calendar.close()
    expect(failure).toMatchObject({ status: 'INVALID_ARGUMENT', reason: 'CALENDAR_YEAR_ABSENT' })
    expect(failure.messageZh).toContain('2031')
    mustBeComplete(failure)
  })

  test.each([
    ['none', []],
    [
      'two',
      [
        'spiffe://huiqian.local/agency/11441800QY0000193K/desk',
        'spiffe://huiqian.local/operator/admin',
      ],
    ],
  ])('of a certificate with %s URI is UNAUTHENTICATED', async (_, uris) => {
    const certificates = await certificateWith(office.premises.certificates, uris)
    const address = office.premises.addressOf('coordination')
    const calls = connect(ReleaseServiceClient, address, certificates)
    const failure = await failureOf(calls.listReleases({ state: 0, pageSize: 0, pageToken: '' }))
    calls.close()
    expect(failure.status).toBe('UNAUTHENTICATED')
    mustBeComplete(failure)
  })
})

/** What came over the wire of a refusal: the details, as bytes. */
function bytesOf(failure: CallFailed): string {
  const cause = failure.cause as { metadata?: { get(key: string): (string | Buffer)[] } }
  const details = cause.metadata?.get('grpc-status-details-bin') ?? []
  return details.map((each) => Buffer.from(each).toString('hex')).join()
}
