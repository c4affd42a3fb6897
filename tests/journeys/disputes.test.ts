// A disagreement comes to its coordinator and is ruled on (协调 art. 6 para 3): many disputes live side by side in
// one office, from Monday 7 September 2026, ten o'clock.
import { createHash } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Release } from '../../gen/huiqian/coordination/v1/coordination.js'
import { Addressee } from '../../gen/huiqian/coordination/v1/negotiation.js'
import { LetterKind } from '../../gen/huiqian/delivery/v1/delivery.js'
import { Announcement } from '../../gen/huiqian/escalation/v1/announcements.js'
import {
  Advice,
  CandidateKind,
  DisputeState,
  DisputeView,
  Part,
  RulingDisposition,
  type Dispute,
} from '../../gen/huiqian/escalation/v1/escalation.js'
import { FeedServiceClient } from '../../gen/huiqian/escalation/v1/feed.js'
import { canonical } from '../../shared/dossier/canonical.js'
import { CallFailed } from '../../shared/rpc/call-failed.js'
import { connect } from '../../shared/rpc/client.js'
import { timestampOf } from '../../shared/rpc/timestamps.js'
import { faultsOfRecord } from '../contracts/documents-page.js'
import { disputeDesk, type DisputeDesk } from '../office/dispute-desk.js'
import { inEachShape, PATIENCE_MS } from '../office/each-shape.js'
import { negotiationDesk } from '../office/negotiation-desk.js'
import { at, openOffice, type Office } from '../office/office.js'

const NOBODY = '00000000-0000-7000-8000-000000000000'
const TITLES = [
  ...['released', 'changed', 'shut', 'back', 'redirected', 'handed up', 'returned'],
  ...['revised', 'withdrawn', 'agreed', 'waiting', 'bad input'],
] as const
type Title = (typeof TITLES)[number]
const TO_SUPERIOR: readonly Title[] = ['shut', 'redirected', 'handed up', 'waiting']

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

await inEachShape('disputes', (shape) => {
  let office: Office
  const closing: (() => void)[] = []
  const releases = new Map<Title, Release>()
  const desks = new Map<string, DisputeDesk>()
  const at_ = (name: string): DisputeDesk => {
    const desk = desks.get(name) ?? disputeDesk(office, name, (close) => void closing.push(close))
    desks.set(name, desk)
    return desk
  }
  const water = () => at_('市水利局')
  const health = () => at_('市卫生健康局')
  const authority = () => at_('市府办')
  const city = () => at_('市政府')
  const release = (title: Title): Release => {
    const found = releases.get(title)
    if (found === undefined) throw new Error(`no release ${title}`)
    return found
  }
  const disputed = (title: Title, desk = water()) => desk.disputeOf(release(title).releaseId)
  const bodies = () => [at_('市司法局'), at_('市保密局'), at_('市监委')]
  const lettersTo = async (name: string, kind: LetterKind, title: Title) =>
    (await office.as(name).letters(kind)).filter(
      ({ releaseId }) => releaseId === release(title).releaseId,
    )
  /** What coordination makes of it: whether the version is cleared, or why not. */
  const gate = async (title: Title) => {
    await office.settles()
    const { cleared, gates, clearedDigest } = await office
      .as('市水利局')
      .explainsClearance(release(title))
    const obstacles = gates.flatMap((one) => one.obstacles.map(({ reason }) => reason))
    return { cleared, obstacles, clearedDigest }
  }
  const heard = async (title: Title): Promise<Dispute> => {
    const dispute = await disputed(title)
    await authority().accepts(dispute)
    await authority().asksBodies(dispute)
    for (const body of bodies()) await body.givesView(dispute)
    return dispute
  }

  beforeAll(async () => {
    office = await openOffice({ today: '2026-09-07', shape })
    const affects = ['市卫生健康局', '市公安局']
    for (const title of TITLES)
      releases.set(title, await office.as('市水利局').submitsRelease(title, { affects }))
    await office.settles()
    for (const title of TITLES) {
      await office
        .as('市卫生健康局')
        .givesOpinion(release(title), 'objection', { reasons: '监测点的位置不宜公开。' })
      await office.as('市公安局').givesOpinion(release(title), 'consent')
    }
    const negotiates = negotiationDesk(office.as('市水利局'), office.now)
    for (const title of TITLES) {
      await negotiates.records(release(title), [
        [water().code, '公布位置是为了公众安全。'],
        [health().code, '位置不公布，只公布水位。'],
      ])
      const to = TO_SUPERIOR.includes(title)
        ? Addressee.SUPERIOR_ORGAN
        : Addressee.COMPETENT_AUTHORITY
      await negotiates.files(release(title), { to })
    }
    await office.settles()
  }, PATIENCE_MS)
  afterAll(async () => {
    for (const close of closing) close()
    await office[Symbol.asyncDispose]()
  })

  test('a dispute is on its coordinator’s desk with its file, and on nobody else’s', async () => {
    const dispute = await disputed('released', authority())
    expect(dispute).toMatchObject({
      ...{ state: DisputeState.FILED, part: Part.COORDINATOR, version: 1, ageDays: 0 },
      ...{ coordinator: authority().code, to: CandidateKind.COMPETENT_AUTHORITY },
      draftDigest: release('released').draftDigest,
      ...{ title: '', text: '' },
    })
    const full = await authority().sees(dispute, DisputeView.FULL)
    expect(full).toMatchObject({
      ...{ title: 'released', text: 'released的全文。', mainDispute: '是否公布监测点的位置。' },
      article: { id: '协调/6.3' },
      parties: [
        { agency: water().code },
        { opinion: 'objection', reasons: '监测点的位置不宜公开。' },
      ],
      rounds: [{ kind: 'meeting', positions: [{ agency: water().code }, {}] }],
    })
    expect(full.candidates.map(({ agency }) => agency)).toEqual([city().code, authority().code])
    expect(full.candidates[1]?.reasonZh).not.toBe('')
    expect((await disputed('released', health())).part).toBe(Part.PARTY)
    expect((await disputed('released')).part).toBe(Part.RELEASING)
    expect(await at_('市教育局').lists()).toEqual([])
  })

  test('whoever has no part in it gets the same answer as where there is none', async () => {
    const dispute = await disputed('released')
    const { disputeId } = dispute
    const stranger = at_('市教育局')
    const unrelated = await failureOf(stranger.sees({ disputeId }, DisputeView.FULL))
    const unknown = await failureOf(stranger.sees({ disputeId: NOBODY }, DisputeView.FULL))
    expect(unrelated.reason).toBe('NOT_FOUND')
    expect({ ...unrelated }).toEqual({ ...unknown })
    for (const act of [
      () => stranger.accepts({ disputeId }),
      () => stranger.returns({ disputeId }),
      () => stranger.redirects({ disputeId }, CandidateKind.SUPERIOR_ORGAN),
      () => stranger.handsUp({ disputeId }),
      () => stranger.asksBodies({ disputeId }),
      () => stranger.rules(dispute, RulingDisposition.RELEASE),
    ])
      expect({ ...(await failureOf(act())) }).toEqual({ ...unknown })
  })

  test('what only one part may do is refused to the others', async () => {
    const dispute = await disputed('released')
    expect((await failureOf(water().accepts(dispute))).reason).toBe('ONLY_COORDINATOR')
    expect((await failureOf(health().returns(dispute))).reason).toBe('ONLY_COORDINATOR')
    const turned = authority().redirects(dispute, CandidateKind.SUPERIOR_ORGAN)
    expect((await failureOf(turned)).reason).toBe('ONLY_RELEASING_AGENCY')
  })

  test('accepted, co-reviewed by three bodies and ruled to be released', async () => {
    const dispute = await disputed('released')
    const early = authority().rules(dispute, RulingDisposition.RELEASE)
    expect((await failureOf(early)).reason).toBe('DISPUTE_NOT_ACCEPTED')
    const accepted = await authority().accepts(dispute, 'accept-once')
    expect(accepted).toMatchObject({
      state: DisputeState.ACCEPTED,
      acceptedAt: timestampOf(office.now()),
    })
    expect(await authority().accepts(dispute, 'accept-once')).toEqual(accepted)

    const unheard = await failureOf(authority().rules(dispute, RulingDisposition.RELEASE))
    expect(unheard.reason).toBe('CO_REVIEW_MISSING')
    expect(unheard.messageZh).toContain('法制（未征求）、保密（未征求）、监察（未征求）')
    const { coReviews } = await authority().asksBodies(dispute)
    expect(coReviews.map(({ role, missing }) => [role, missing])).toEqual([
      ['legal', false],
      ['secrecy', false],
      ['supervision', false],
    ])
    await office.settles()
    const [asked] = await lettersTo('市司法局', LetterKind.CO_REVIEW_REQUEST, 'released')
    expect(asked).toMatchObject({ draftText: 'released的全文。', disputeId: dispute.disputeId })
    expect(faultsOfRecord('LETTER_KIND_CO_REVIEW_REQUEST', asked?.fields ?? [])).toEqual([])

    const [legal, secrecy, supervision] = bodies() as [DisputeDesk, DisputeDesk, DisputeDesk]
    await legal.givesView(dispute, Advice.RELEASE_WITH_CHANGES, '表述有歧义。')
    await legal.givesView(dispute, Advice.RELEASE, '已无歧义。')
    await secrecy.givesView(dispute)
    const silent = await failureOf(authority().rules(dispute, RulingDisposition.RELEASE))
    expect(silent.messageZh).toContain('监察（清远市监察委员会）')
    await supervision.givesView(dispute)
    const seen = await authority().sees(dispute)
    expect(seen.coReviews[0]).toMatchObject({ advice: Advice.RELEASE, view: '已无歧义。' })
    // A party sees that a view was given, and not what it says.
    const partys = (await health().sees(dispute)).coReviews[0]
    expect(partys).toMatchObject({ advice: Advice.UNSPECIFIED, view: '' })
    expect(partys?.givenAt).toBeDefined()

    const ruled = await authority().rules(
      dispute,
      RulingDisposition.RELEASE,
      { dissents: [{ agency: supervision.code, words: '应再征求意见。' }] },
      'rule-once',
    )
    expect(ruled).toMatchObject({
      state: DisputeState.RULED,
      ruling: {
        ...{ disposition: RulingDisposition.RELEASE, draftDigest: dispute.draftDigest },
        documentNumber: expect.stringMatching(/公开协〔2026〕1号$/) as string,
        dissents: [{ words: '应再征求意见。' }],
      },
    })
    const over = await failureOf(legal.givesView(dispute))
    expect(over.reason).toBe('DISPUTE_OVER')
    await office.settles()
    for (const name of ['市水利局', '市卫生健康局', '市公安局']) {
      const [letter, ...more] = await lettersTo(name, LetterKind.RULING, 'released')
      expect(more).toEqual([])
      expect(letter?.body).toContain('处理意见为：发布')
      expect(letter?.body).toContain('应再征求意见。')
      expect(faultsOfRecord('LETTER_KIND_RULING', letter?.fields ?? [])).toEqual([])
    }
    expect(await gate('released')).toEqual({
      ...{ cleared: true, obstacles: [], clearedDigest: dispute.draftDigest },
    })
  })

  test('ruled to be released with changes, on a text whose digest anybody can compute', async () => {
    const dispute = await heard('changed')
    const wrong = { ...dispute, draftDigest: '0'.repeat(64) }
    const changes = { title: 'changed', text: '只公布水位。' }
    const other = authority().rules(wrong, RulingDisposition.RELEASE_WITH_CHANGES, changes)
    expect((await failureOf(other)).reason).toBe('DIGEST_MISMATCH')
    const same = { title: 'changed', text: 'changed的全文。' }
    const nothing = authority().rules(dispute, RulingDisposition.RELEASE_WITH_CHANGES, same)
    expect((await failureOf(nothing)).reason).toBe('DRAFT_UNCHANGED')
    const ruled = await authority().rules(dispute, RulingDisposition.RELEASE_WITH_CHANGES, changes)
    const draft = canonical({ form: 'huiqian-draft-1', ...changes, attachments: [] })
    const digest = createHash('sha256').update(draft).digest('hex')
    expect(ruled.ruling).toMatchObject({ draftDigest: digest, text: '' })
    expect((await water().sees(dispute, DisputeView.FULL)).ruling).toMatchObject(changes)
    expect(await gate('changed')).toMatchObject({
      cleared: false,
      obstacles: expect.arrayContaining(['ruled-with-changes']) as string[],
    })
    await office.as('市水利局').revises(release('changed'), changes.title, changes.text)
    expect(await gate('changed')).toMatchObject({ cleared: true, clearedDigest: digest })
  })

  test('the superior organ may rule without the bodies: not to be released', async () => {
    const dispute = await disputed('shut', city())
    await city().accepts(dispute)
    expect(await city().rules(dispute, RulingDisposition.DO_NOT_RELEASE)).toMatchObject({
      state: DisputeState.RULED,
      ruling: { disposition: RulingDisposition.DO_NOT_RELEASE, draftDigest: '' },
    })
    expect(await gate('shut')).toMatchObject({
      cleared: false,
      obstacles: expect.arrayContaining(['ruled-against']) as string[],
    })
  })

  test('ruled back to negotiation', async () => {
    const dispute = await heard('back')
    const ruled = await authority().rules(dispute, RulingDisposition.BACK_TO_NEGOTIATION)
    expect(ruled).toMatchObject({ state: DisputeState.RULED, ruling: { draftDigest: '' } })
    expect((await gate('back')).cleared).toBe(false)
    const { negotiation } = await office.as('市水利局').sees(release('back'))
    expect(negotiation?.open).toBe(true)
  })

  test('redirected until it is accepted; whom it leaves sees it no more', async () => {
    const dispute = await disputed('redirected', city())
    const turned = await water().redirects(dispute, CandidateKind.COMPETENT_AUTHORITY)
    expect(turned).toMatchObject({
      ...{ coordinator: authority().code, state: DisputeState.FILED, part: Part.RELEASING },
      formerCoordinators: [{ agency: city().code, how: 'redirected', reason: '另请协调。' }],
    })
    expect((await failureOf(city().sees(dispute))).reason).toBe('NOT_FOUND')
    await office.settles()
    const [told] = await lettersTo('市政府', LetterKind.NOTICE, 'redirected')
    expect(told?.body).toContain('另请协调。')
    const [put] = await lettersTo('市府办', LetterKind.DISPUTE_APPLICATION, 'redirected')
    expect(faultsOfRecord('LETTER_KIND_DISPUTE_APPLICATION', put?.fields ?? [])).toEqual([])
    await authority().accepts(dispute)
    const late = water().redirects(dispute, CandidateKind.SUPERIOR_ORGAN)
    expect((await failureOf(late)).reason).toBe('REDIRECTION_CLOSED')
    const absent = water().redirects(await disputed('returned'), CandidateKind.COMMON_SUPERIOR)
    expect((await failureOf(absent)).reason).toBe('CANDIDATE_UNAVAILABLE')
  })

  test('handed up to the superior organ, which accepts anew', async () => {
    const dispute = await disputed('handed up', city())
    await city().accepts(dispute)
    const up = await city().handsUp(dispute, '涉及全省。', 'up-once')
    const province = at_('省政府')
    expect(up).toMatchObject({
      ...{ coordinator: province.code, part: Part.UNSPECIFIED, state: DisputeState.FILED },
      to: CandidateKind.UNSPECIFIED,
    })
    expect(await city().handsUp(dispute, '涉及全省。', 'up-once')).toEqual(up)
    expect((await failureOf(city().sees(dispute))).reason).toBe('NOT_FOUND')
    await province.accepts(dispute)
    const ruled = await province.rules(dispute, RulingDisposition.DO_NOT_RELEASE)
    expect(ruled.ruling?.documentNumber).toMatch(/公开协〔2026〕1号$/)
    await office.settles()
    expect(await lettersTo('市卫生健康局', LetterKind.NOTICE, 'handed up')).toContainEqual(
      expect.objectContaining({ body: expect.stringContaining('涉及全省。') as string }),
    )
  })

  test('returned to negotiation, with the reason told', async () => {
    const dispute = await disputed('returned')
    const back = await authority().returns(dispute)
    expect(back).toMatchObject({ state: DisputeState.RETURNED, ending: '请先补充协商。' })
    await office.settles()
    const [told] = await lettersTo('市水利局', LetterKind.NOTICE, 'returned')
    expect(told?.body).toContain('请先补充协商。')
    expect(faultsOfRecord('LETTER_KIND_NOTICE', told?.fields ?? [])).toEqual([])
  })

  test.each([
    ['revised', 'draft-revised'],
    ['withdrawn', 'release-withdrawn'],
    ['agreed', 'nothing-in-dispute'],
  ] as const)('what happens to the release ends it: %s', async (title, cause) => {
    const dispute = await disputed(title)
    await authority().accepts(dispute)
    if (title === 'revised')
      await office.as('市水利局').revises(release(title), title, '只公布水位。')
    if (title === 'withdrawn') await office.as('市水利局').withdraws(release(title), '不再发布')
    if (title === 'agreed') await office.as('市卫生健康局').givesOpinion(release(title), 'consent')
    await office.settles()
    expect(await authority().sees(dispute)).toMatchObject({
      state: DisputeState.ENDED,
      ending: cause,
    })
    const late = await failureOf(authority().rules(dispute, RulingDisposition.RELEASE))
    expect(late.reason).toBe('DISPUTE_OVER')
  })

  test('a watch begins with what is open, goes on as it grows, and is taken up at its cursor', async () => {
    const open = [DisputeState.FILED, DisputeState.ACCEPTED]
    const listed = (await authority().lists({ states: open })).map(({ disputeId }) => disputeId)
    expect(listed.length).toBeGreaterThan(1)
    const cursors: string[] = []
    const watch = async (afterCursor: string, most: number, meanwhile?: () => Promise<unknown>) => {
      const stop = new AbortController()
      const told: Dispute[] = []
      const calls = await authority().calls()
      for await (const { dispute, cursor } of calls.watchDisputes(
        { afterCursor },
        { signal: stop.signal },
      )) {
        told.push(dispute!)
        cursors.push(cursor)
        if (told.length === listed.length && meanwhile) await meanwhile()
        if (told.length === most) break
      }
      stop.abort()
      return told
    }
    const dispute = await disputed('bad input')
    const [first] = await watch('', 1)
    expect(first?.disputeId).toBe(listed[0])
    const rest = await watch(cursors[0] ?? '', listed.length - 1)
    expect([first, ...rest].map((one) => one?.disputeId)).toEqual(listed)
    const whole = await watch('', listed.length + 1, () => authority().accepts(dispute))
    expect(whole.at(-1)).toMatchObject({
      disputeId: dispute.disputeId,
      state: DisputeState.ACCEPTED,
    })
  })

  test('a desk is listed by page, state and part, the oldest first', async () => {
    const all = await authority().lists()
    expect(await authority().lists({ pageSize: 2 })).toEqual(all)
    const ruled = await authority().lists({ states: [DisputeState.RULED] })
    expect(ruled.length).toBeGreaterThan(0)
    expect(ruled.every(({ state }) => state === DisputeState.RULED)).toBe(true)
    const legal = await at_('市司法局').lists({ part: Part.REVIEW_BODY })
    expect(legal.length).toBe((await at_('市司法局').lists()).length)
    expect(await at_('市司法局').lists({ part: Part.COORDINATOR })).toEqual([])
  })

  test('a reading of the content is on record, and nothing of the content is announced', async () => {
    const dispute = await disputed('waiting')
    await water().sees(dispute, DisputeView.FULL)
    const certificates = await office.premises.certificateOf({
      kind: 'service',
      name: 'coordination',
    })
    const feed = connect(FeedServiceClient, office.premises.addressOf('escalation'), certificates)
    closing.push(feed.close)
    const { page } = await feed.read({ after: 0, limit: 0 })
    const told = page?.entries.map(({ announcement }) => Announcement.decode(announcement)) ?? []
    expect(told).toContainEqual(
      expect.objectContaining({
        what: {
          $case: 'disputeRead',
          disputeRead: expect.objectContaining({
            disputeId: dispute.disputeId,
            reader: expect.stringContaining(`agency/${water().code}/`) as string,
          }) as object,
        },
      }),
    )
    const bytes = Buffer.concat(page?.entries.map(({ announcement }) => announcement) ?? [])
    for (const words of ['监测点', '公众安全', '歧义']) expect(bytes.includes(words)).toBe(false)
  })

  describe('bad input', () => {
    const dispute = () => disputed('bad input')
    const cases: [string, (id: Dispute) => Promise<unknown>, string][] = [
      [
        'an id that is none',
        ({ draftDigest }) => authority().sees({ disputeId: draftDigest }),
        'FIELD_VALUE',
      ],
      ['a view that there is not', (one) => authority().sees(one, 9 as DisputeView), 'FIELD_VALUE'],
      [
        'a state that there is not',
        () => authority().lists({ states: [9 as DisputeState] }),
        'FIELD_VALUE',
      ],
      ['no request id', (one) => authority().accepts(one, ''), 'FIELD_MISSING'],
      ['no reason to return', (one) => authority().returns(one, ' '), 'FIELD_MISSING'],
      ['no reason to hand up', (one) => authority().handsUp(one, ''), 'FIELD_MISSING'],
      ['no candidate', (one) => water().redirects(one, CandidateKind.UNSPECIFIED), 'FIELD_MISSING'],
      [
        'a reason with a carriage return',
        (one) => authority().returns(one, 'a\r\nb'),
        'TEXT_NOT_NFC',
      ],
      ['nobody to ask', (one) => authority().asksBodies(one, false), 'FIELD_MISSING'],
      [
        'a body that the directory has not',
        (one) =>
          authority().asksBodies(one, false, [{ agency: '11441900QY0000993W', reason: '涉及' }]),
        'CREDIT_CODE_MALFORMED',
      ],
      [
        'the coordinator as a body',
        (one) => authority().asksBodies(one, false, [{ agency: authority().code, reason: '涉及' }]),
        'REVIEWING_ONESELF',
      ],
      [
        'a ruling without grounds',
        (one) => authority().rules(one, RulingDisposition.RELEASE, { grounds: '' }),
        'FIELD_MISSING',
      ],
      [
        'a text that nothing asks for',
        (one) => authority().rules(one, RulingDisposition.RELEASE, { text: 'x' }),
        'FIELD_VALUE',
      ],
      [
        'a file that is not of the draft',
        (one) =>
          authority().rules(one, RulingDisposition.RELEASE_WITH_CHANGES, {
            ...{ title: 't', text: 'x' },
            attachments: [{ digest: 'a'.repeat(64), name: '', size: 0 }],
          }),
        'ATTACHMENT_NOT_OF_DRAFT',
      ],
      [
        'no digest of what was read',
        ({ disputeId }) =>
          authority().rules({ disputeId, draftDigest: '' }, RulingDisposition.RELEASE),
        'FIELD_MISSING',
      ],
      [
        'a view that nobody asked for',
        async () =>
          (await authority().calls()).giveCoReview({
            ...{
              requestId: 'r',
              coReviewId: NOBODY,
              advice: Advice.NONE,
              view: 'x',
              signatory: '',
            },
          }),
        'NOT_FOUND',
      ],
      [
        'a cursor of nobody',
        async () => {
          const calls = await authority().calls()
          for await (const _ of calls.watchDisputes({ afterCursor: '9999999' })) return
        },
        'FIELD_VALUE',
      ],
    ]
    test.each(cases)('%s', async (_, act, reason) => {
      expect((await failureOf(act(await dispute()))).reason).toBe(reason)
    })
    test('a request id of another command', async () => {
      const { disputeId } = await dispute()
      const calls = await authority().calls()
      const request = { requestId: 'once-and-again', disputeId, reason: '先协商。' }
      const { dispute: returned } = await calls.returnDispute(request)
      expect(returned?.state).toBe(DisputeState.RETURNED)
      const again = await failureOf(calls.handUpDispute(request))
      expect(again.reason).toBe('REQUEST_ID_REUSED')
    })
  })

  test('whoever is waited for is reminded each five working days, and nothing is ever decided by it', async () => {
    const dispute = await disputed('waiting', city())
    await office.jumpsTo('2026-09-14T09:00+08:00')
    const seen = await city().sees(dispute)
    expect(seen).toMatchObject({
      ...{ state: DisputeState.FILED, ageDays: 6 },
      remindedAt: [timestampOf(at('2026-09-14T09:00+08:00'))],
    })
    const [letter] = await lettersTo('市政府', LetterKind.REMINDER, 'waiting')
    expect(letter?.body).toContain('不答复不产生任何效力')
    expect(faultsOfRecord('LETTER_KIND_REMINDER', letter?.fields ?? [])).toEqual([])
  })

  test('who took an agency over has its part, and the agency has it no more', async () => {
    const dispute = await disputed('waiting')
    const successor = at_('市教育局')
    await office.operator.changes(health().code, (record) => ({
      ...record,
      validUntil: timestampOf(office.now()),
      successor: successor.code,
    }))
    await office.settles()
    expect(await successor.sees(dispute)).toMatchObject({ part: Part.PARTY })
    expect((await successor.lists({ part: Part.PARTY })).length).toBe(TITLES.length)
    expect((await failureOf(health().sees(dispute))).reason).toBe('NOT_FOUND')
    await city().returns(dispute)
    await office.settles()
    const [told] = await lettersTo('市教育局', LetterKind.NOTICE, 'waiting')
    expect(told?.body).toContain('承接原清远市卫生健康局')
  })
})
