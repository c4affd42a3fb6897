// The gates beside consultation (协调 art. 5, 6 para 1, 7), what the competent authority sees (art. 3), and
// breaches (art. 8): many releases in one office, from Monday 28 September 2026, ten o'clock.
import { createHash } from 'node:crypto'
import { afterAll, beforeAll, expect, test } from 'vitest'
import {
  DisclosureAttribute,
  ReleaseState,
  Urgency,
  type Release,
} from '../../gen/huiqian/coordination/v1/coordination.js'
import { ConfirmationState, DeclarationState } from '../../gen/huiqian/coordination/v1/gates.js'
import {
  MatterKind,
  OrganisingServiceClient,
  type ListMattersRequest,
} from '../../gen/huiqian/coordination/v1/organising.js'
import { ReleaseView } from '../../gen/huiqian/coordination/v1/release.js'
import { LetterKind } from '../../gen/huiqian/delivery/v1/delivery.js'
import { connect } from '../../shared/rpc/client.js'
import { timestampOf } from '../../shared/rpc/timestamps.js'
import { inEachShape, PATIENCE_MS } from '../office/each-shape.js'
import { at, openOffice, type Office } from '../office/office.js'

const COPY = Buffer.from('批复复印件')
const COPY_DIGEST = createHash('sha256').update(COPY).digest('hex')
let requests = 0
const requestId = (): string => `gates-${process.pid}-${++requests}`

await inEachShape('gates', (shape) => {
  let office: Office
  const closers: (() => void)[] = []
  const releases = new Map<string, Release>()
  const water = () => office.as('市水利局')
  const release = (title: string): Release => releases.get(title)!
  const obstacles = async (title: string) =>
    (await water().explainsClearance(release(title))).gates.flatMap((gate) =>
      gate.obstacles.map(({ reason }) => reason),
    )
  const state = async (title: string) => (await water().sees(release(title))).state
  const code = (name: string) => office.codeOf(name)
  const confirmationOf = async (name: string, title: string) => {
    const seen = await office.as(name).sees(release(title))
    expect(seen.confirmations).toHaveLength(1)
    return seen.confirmations[0]!
  }
  const confirms = async (
    name: string,
    title: string,
    { accurate = true, reasons = '', id = '', digest = release(title).draftDigest } = {},
  ) => {
    const calls = await office.as(name).consultations()
    const confirmationId = id || (await confirmationOf(name, title)).confirmationId
    const asked = { requestId: requestId(), confirmationId, accurate, reasons, signatory: '' }
    return calls.confirmJointRelease({ signed: undefined, ...asked, draftDigest: digest })
  }
  const organising = async (name: string) => {
    const certificates = await office.premises.certificateOf({ kind: 'agency', code: code(name) })
    const address = office.premises.addressOf('coordination')
    const calls = connect(OrganisingServiceClient, address, certificates)
    closers.push(calls.close)
    return calls
  }
  const matters = async (name: string, asked: Partial<ListMattersRequest> = {}) =>
    (await organising(name)).listMatters({ kind: 0, pageSize: 0, pageToken: '', ...asked })
  const declares = async (name: string, named: string, reason = '发布后影响我单位的执法。') =>
    (await office.as(name).consultations()).declareAffected({
      ...{ requestId: requestId(), release: named, reason },
    })
  const declarationOn = async (title: string) => (await water().sees(release(title))).declarations
  const answers = async (title: string, consult: boolean, reason: string) => {
    const open = (await declarationOn(title)).find((one) => one.state === DeclarationState.OPEN)
    const asked = { releaseId: release(title).releaseId, consult, reason }
    const declarationId = open?.declarationId ?? ''
    return (await water().releases()).answerDeclaration({
      ...{ requestId: requestId(), declarationId, ...asked },
    })
  }
  const approves = async (
    title: string,
    change: object = {},
    digest = release(title).draftDigest,
  ) =>
    (await water().releases()).recordApproval({
      requestId: requestId(),
      releaseId: release(title).releaseId,
      approval: {
        ...{ approvalId: '', organ: '清远市人民政府', documentNumber: '清府函〔2026〕8号' },
        ...{ approvedOn: '2026-09-28', scope: '全文', copyDigest: COPY_DIGEST, version: 0 },
        ...change,
      },
      draftDigest: digest,
    })

  beforeAll(async () => {
    office = await openOffice({ today: '2026-09-28', shape })
    const need = { organ: '清远市人民政府', basis: '《气象灾害防御条例》' }
    const joint = { coProducers: [code('市生态环境局')] }
    for (const [title, submission] of Object.entries({
      joint: { ...joint, affects: ['市司法局'], urgency: Urgency.URGENT },
      contradicted: { ...joint, noneAffectedReason: '仅本机关数据' },
      'joint, revised': { ...joint, affects: ['市司法局'] },
      'joint, withdrawn': { ...joint, noneAffectedReason: '仅本机关数据' },
      approved: { approvalsNeeded: [need], noneAffectedReason: '仅本机关数据' },
      'also affects': { affects: ['市司法局'] },
      declined: { affects: ['市司法局'] },
      'declared late': { noneAffectedReason: '仅本机关数据' },
      'ask instead': { affects: ['市林业局'] },
      breached: { affects: ['市司法局'] },
      undelivered: { affects: ['国务院'] },
      hurried: { affects: ['市司法局'], formedOn: '2026-08-31' },
      overdue: { noneAffectedReason: '仅本机关数据', formedOn: '2026-08-25' },
      applied: {
        affects: ['市司法局'],
        attribute: DisclosureAttribute.ON_APPLICATION,
        applicationReceivedOn: '2026-09-07',
      },
    }))
      releases.set(title, await water().submitsRelease(title, submission))
    await office.settles()
  }, PATIENCE_MS)
  afterAll(async () => {
    for (const close of closers) close()
    await office[Symbol.asyncDispose]()
  })

  test('a co-producer is asked with the draft, sees it, and only its own confirmation', async () => {
    const letters = await office.as('市生态环境局').letters(LetterKind.CONFIRMATION_REQUEST)
    const letter = letters.find((one) => one.draftText.startsWith('joint的'))
    expect(letter).toMatchObject({
      draftText: 'joint的全文。',
      draftDigest: release('joint').draftDigest,
      documentNumber: release('joint').documentNumber,
      urgency: '加急',
    })
    expect(letter?.body).toContain('不答复不构成确认')
    expect(letter?.body).toContain('第五条第二款')
    const seen = await office.as('市生态环境局').sees(release('joint'), ReleaseView.FULL)
    expect(seen.text).toBe('joint的全文。')
    expect(seen.consultations).toEqual([])
    expect((await office.as('市司法局').sees(release('joint'))).confirmations).toEqual([])
    await expect(office.as('市财政局').sees(release('joint'))).rejects.toMatchObject({
      reason: 'NOT_FOUND',
    })
  })

  test('what a co-producer answers about another text, for another, or without a reason is refused', async () => {
    const { confirmationId: id } = await confirmationOf('市生态环境局', 'joint')
    const refused = async (act: Promise<unknown>, reason: string) =>
      expect(act).rejects.toMatchObject({ reason })
    await refused(
      confirms('市生态环境局', 'joint', { digest: 'a'.repeat(64) }),
      'VERSION_SUPERSEDED',
    )
    await refused(confirms('市生态环境局', 'joint', { accurate: false }), 'FIELD_MISSING')
    await refused(confirms('市司法局', 'joint', { id }), 'NOT_FOUND')
    await refused(confirms('市水利局', 'joint', { id }), 'NOT_FOUND')
  })

  test('"not accurate" opens negotiation and is told to the lead; a yes in its place ends it and clears', async () => {
    await confirms('市生态环境局', 'contradicted', { accurate: false, reasons: '断面数据有误。' })
    await office.settles()
    expect(await state('contradicted')).toBe(ReleaseState.NEGOTIATION)
    expect(await obstacles('contradicted')).toEqual(['not-accurate'])
    const notices = await water().letters(LetterKind.NOTICE)
    expect(notices.map(({ body }) => body).join()).toContain('断面数据有误。')
    const { confirmation } = await confirms('市生态环境局', 'contradicted')
    expect(confirmation).toMatchObject({ state: ConfirmationState.CONFIRMED })
    expect(await state('contradicted')).toBe(ReleaseState.CLEARED)
    const { gates } = await water().explainsClearance(release('contradicted'))
    expect(gates.map(({ basisZh }) => basisZh).join()).toContain('生态环境局均已明确确认')
    await expect(
      confirms('市生态环境局', 'contradicted', { accurate: false, reasons: '反悔。' }),
    ).rejects.toMatchObject({ reason: 'CONFIRMATION_CLOSED' })
  })

  test('a new version asks each co-producer again; what it said of the old one does not count', async () => {
    const title = 'joint, revised'
    const { confirmationId: id } = (await confirms('市生态环境局', title)).confirmation!
    releases.set(title, await water().revises(release(title), title, '第二稿'))
    await office.settles()
    const again = await confirmationOf('市生态环境局', title)
    expect(again).toMatchObject({ state: ConfirmationState.AWAITED, version: 2 })
    await expect(confirms('市生态环境局', title, { id })).rejects.toMatchObject({
      reason: 'VERSION_SUPERSEDED',
    })
    expect(await obstacles(title)).toContain('confirmation-awaited')
  })

  test('the number that the agency gave is kept while the letters wait for the secrecy review', async () => {
    const waits = await water().submitsRelease('待审', {
      ...{ affects: ['市财政局'], documentNumber: '清水函〔2026〕88号', secrecyReview: undefined },
    })
    expect(waits).toMatchObject({ state: ReleaseState.SUBMITTED, consultations: [] })
    const { secrecyReview } = water().submission('待审')
    const calls = await water().releases()
    await calls.recordSecrecyReview({
      ...{ requestId: requestId(), releaseId: waits.releaseId, secrecyReview },
    })
    await office.settles()
    const letters = await office.as('市财政局').letters(LetterKind.CONSULTATION_LETTER)
    expect(
      letters
        .filter(({ releaseId }) => releaseId === waits.releaseId)
        .map(({ documentNumber }) => documentNumber),
    ).toEqual(['清水函〔2026〕88号'])
  })

  test('a co-producer is told of a withdrawal', async () => {
    await water().withdraws(release('joint, withdrawn'), '数据待核。')
    await office.settles()
    const [told] = await office.as('市生态环境局').letters(LetterKind.WITHDRAWAL)
    expect(told?.body).toContain('数据待核。')
  })

  test('an approval that was declared keeps the gate shut until it is on record, with its copy, for this version', async () => {
    expect(await obstacles('approved')).toEqual(['approval-missing'])
    const { gates } = await water().explainsClearance(release('approved'))
    expect(gates.flatMap((gate) => gate.obstacles)[0]?.textZh).toContain('清远市人民政府')
    await expect(approves('approved')).rejects.toMatchObject({ reason: 'ATTACHMENT_UNKNOWN' })
    await water().uploads('批复.pdf', COPY)
    const refused = async (change: object, reason: string, digest?: string) =>
      expect(approves('approved', change, digest)).rejects.toMatchObject({ reason })
    await refused({ organ: '广东省人民政府' }, 'APPROVAL_NOT_DECLARED')
    await refused({ approvedOn: '2026-09-29' }, 'FIELD_VALUE')
    await refused({ scope: '' }, 'FIELD_MISSING')
    await refused({}, 'VERSION_SUPERSEDED', 'a'.repeat(64))
    const { release: after } = await approves('approved')
    expect(after?.approvals).toMatchObject([{ organ: '清远市人民政府', version: 1 }])
    expect(after?.approvalsNeeded).toMatchObject([{ organ: '清远市人民政府' }])
    expect(await state('approved')).toBe(ReleaseState.CLEARED)
    const pieces: Buffer[] = []
    const copy = { releaseId: release('approved').releaseId, digest: COPY_DIGEST }
    for await (const { chunk } of (await water().releases()).downloadAttachment(copy))
      pieces.push(chunk)
    expect(Buffer.concat(pieces)).toEqual(COPY)
    releases.set('approved', await water().revises(release('approved'), 'approved', '第二稿'))
    expect(await obstacles('approved')).toEqual(['approval-missing'])
  })

  test('a special category is published by whom its law names, and by nobody else', async () => {
    const none = { noneAffectedReason: '无' }
    const submits = (name: string, categories: string[]) =>
      office.as(name).submitsRelease('统计公报', { ...none, categories })
    await expect(submits('市水利局', ['statistics'])).rejects.toMatchObject({
      reason: 'PUBLISHER_NOT_LAWFUL',
      message: expect.stringContaining('统计法') as string,
    })
    await expect(submits('市统计局', ['weather'])).rejects.toMatchObject({
      reason: 'SPECIAL_CATEGORY_UNKNOWN',
      message: expect.stringContaining('statistics') as string,
    })
    const published = await submits('市统计局', ['statistics'])
    expect(published.categories).toEqual(['statistics'])
    const { gates, cleared } = await office.as('市统计局').explainsClearance(published)
    expect(cleared).toBe(true)
    expect(gates.map(({ basisZh }) => basisZh).join()).toContain('《中华人民共和国统计法》')
  })

  test('faults of the submission are refused by field', async () => {
    const refused = async (submission: object, reason: string) =>
      expect(
        water().submitsRelease('错误', { noneAffectedReason: '无', ...submission }),
      ).rejects.toMatchObject({ reason })
    const [own, other] = [code('市水利局'), code('市司法局')]
    await refused({ coProducers: [own] }, 'CO_PRODUCING_WITH_ONESELF')
    await refused({ coProducers: [other, other] }, 'AGENCY_REPEATED')
    await refused({ coProducers: ['11440000000000000X'] }, 'CREDIT_CODE_MALFORMED')
    await refused({ coProducers: [other], affects: ['市司法局'] }, 'CO_PRODUCER_AFFECTED')
    await refused({ formedOn: '2026-09-29' }, 'FIELD_VALUE')
    await refused({ formedOn: '2026-9-1' }, 'FIELD_VALUE')
    await refused({ applicationReceivedOn: '2026-09-01' }, 'FIELD_VALUE')
    await refused({ approvalsNeeded: [{ organ: '', basis: '法' }] }, 'FIELD_MISSING')
    await refused({ urgency: 9 }, 'FIELD_VALUE')
    await refused({ policyPack: 'ordinance-2019-34' }, 'PACK_NOT_APPLICABLE')
  })

  test('"we are affected too" is answered alike for every release, and keeps the gate shut until it is answered', async () => {
    const known = await declares('市审计局', '《also affects》 ')
    const unknown = await declares('市审计局', '没有这样的事项')
    expect(known).toEqual(unknown)
    await office.settles()
    expect(await obstacles('also affects')).toContain('affected-claim')
    const [told] = (await water().letters(LetterKind.NOTICE)).filter(
      ({ releaseId }) => releaseId === release('also affects').releaseId,
    )
    expect(told?.body).toContain('影响我单位的执法')
    await expect(office.as('市审计局').sees(release('also affects'))).rejects.toMatchObject({
      reason: 'NOT_FOUND',
    })
  })

  test('consulted on the present version, it gets a letter of the version with a clock of its own', async () => {
    const { release: after } = await answers('also affects', true, '该信息涉及审计。')
    await office.settles()
    expect(after?.declarations).toMatchObject([
      { agency: code('市审计局'), state: DeclarationState.CONSULTED },
    ])
    const [letter] = await office.as('市审计局').letters(LetterKind.CONSULTATION_LETTER)
    expect(letter?.documentNumber).toBe(release('also affects').documentNumber)
    expect(letter?.body).toContain('该信息涉及审计。')
    const asked = await office.as('市审计局').consultationOn(release('also affects'))
    expect(asked.deadline?.lastDay).toBe('2026-10-10')
    const [answer] = await office.as('市审计局').letters(LetterKind.NOTICE)
    expect(answer).toMatchObject({ draftDigest: '', draftText: '' })
    expect(answer?.body).toContain('《also affects》') // as it spoke of it
    await expect(answers('also affects', true, '再次。')).rejects.toMatchObject({
      status: 'INVALID_ARGUMENT', // there is no open declaration: its id is empty
    })
  })

  test('declined with a reason, the gate opens and the agency is told the reason', async () => {
    await declares('市审计局', release('declined').releaseId)
    await office.settles()
    await office.as('市司法局').givesOpinion(release('declined'), 'consent')
    expect(await state('declined')).toBe(ReleaseState.CONSULTING)
    await answers('declined', false, '不涉及审计数据。')
    expect(await state('declined')).toBe(ReleaseState.CLEARED)
    await office.settles()
    const letters = await office.as('市审计局').letters(LetterKind.NOTICE)
    expect(letters.map(({ body }) => body).join()).toContain('不涉及审计数据。')
  })

  test('after clearance a declaration holds the release, as a late remark does', async () => {
    const title = 'declared late'
    expect(await state(title)).toBe(ReleaseState.CLEARED)
    await declares('市审计局', title)
    await office.settles()
    expect(await state(title)).toBe(ReleaseState.HELD)
    expect(await water().explainsClearance(release(title))).toMatchObject({ cleared: false })
    await answers(title, true, '需听取意见。')
    expect(await state(title)).toBe(ReleaseState.CONSULTING)
    await office.settles()
    await office.as('市审计局').givesOpinion(release(title), 'consent')
    expect(await state(title)).toBe(ReleaseState.CLEARED)
  })

  test('a reply that names whom to ask instead makes the same obstacle', async () => {
    const askInstead = code('市教育局')
    await office
      .as('市林业局')
      .givesOpinion(release('ask instead'), 'not concerned', { askInstead })
    expect(await obstacles('ask instead')).toEqual(['affected-claim'])
    expect(await declarationOn('ask instead')).toMatchObject([
      { agency: askInstead, namedBy: code('市林业局') },
    ])
    await answers('ask instead', true, '确与教育有关。')
    await office.settles()
    await office.as('市教育局').givesOpinion(release('ask instead'), 'consent')
    expect(await state('ask instead')).toBe(ReleaseState.CLEARED)
  })

  test('the clock of active disclosure runs through the consultation, and says on day one that it cannot fit', async () => {
    const { publicationClock } = await water().sees(release('hurried'))
    // Twenty working days, Sunday the 20th worked and the 25th off: the consultation ends on 10 October.
    expect(publicationClock).toMatchObject({
      countedFrom: '2026-08-31',
      within: 20,
      lastDay: '2026-09-28',
      cannotFit: true,
      overdue: false,
      excludedDays: 0,
    })
    expect((await office.as('市司法局').sees(release('hurried'))).publicationClock).toBeUndefined()
    const applied = (await water().sees(release('applied'))).publicationClock
    expect(applied).toMatchObject({ excludedDays: 0, cannotFit: false })
  })

  test('a breach is a fact on record; whoever may refer it names the consequence', async () => {
    const published = await water().publishes(release('breached'))
    expect(published.publication?.breaches).toEqual(['not-cleared'])
    const listed = async (name: string) =>
      (await (await organising(name)).listBreaches({ pageSize: 0, pageToken: '' })).breaches
    expect(await listed('市府办')).toMatchObject([{ releaseId: published.releaseId }])
    expect(await listed('市水利局')).toHaveLength(1)
    expect(await listed('市司法局')).toEqual([])
    const refers = async (name: string, to: string, id = requestId()) =>
      (await organising(name)).referBreach({
        ...{ requestId: id, releaseId: published.releaseId, to: code(to) },
        consequence: '造成不良社会影响。',
      })
    const refused = async (act: Promise<unknown>, reason: string) =>
      expect(act).rejects.toMatchObject({ reason })
    await refused(refers('市府办', '市财政局'), 'REFERRAL_ADDRESSEE')
    await refused(refers('市财政局', '市监委'), 'NOT_FOUND')
    await refused(refers('市水利局', '市监委'), 'ONLY_COMPETENT_AUTHORITY')
    const id = requestId()
    await refers('市府办', '市监委', id)
    const { breach } = await refers('市府办', '市监委', id)
    expect(breach?.referrals).toMatchObject([
      { referredBy: code('市府办'), to: code('市监委'), consequence: '造成不良社会影响。' },
    ])
    await refers('市司法局', '市政府')
    await office.settles()
    const [told] = await office.as('市监委').letters(LetterKind.NOTICE)
    expect(told).toMatchObject({ sender: code('市府办') })
    expect(told?.body).toContain('造成不良社会影响。')
  })

  test('the competent authority sees what waits, oldest first, page by page; nobody else does', async () => {
    await (
      await office.as('市司法局').consultations()
    ).objectToUnauthorisedRelease({
      ...{ requestId: requestId(), release: '未经批准的公告', where: '某网站' },
      reason: '与我单位职责有关，未征求意见。',
    })
    await office.settles()
    await expect(matters('市水利局')).rejects.toMatchObject({ reason: 'ONLY_COMPETENT_AUTHORITY' })
    const all = await matters('市府办')
    const kinds = new Set(all.matters.map(({ kind }) => kind))
    for (const kind of [
      MatterKind.LETTER_UNDELIVERED,
      MatterKind.OPEN_CONSULTATION,
      MatterKind.CONFIRMATION_AWAITED,
      MatterKind.PUBLICATION_OVERDUE,
      MatterKind.UNAUTHORISED_RELEASE,
    ])
      expect(kinds, MatterKind[kind]).toContain(kind)
    // What was said reaches who is to look into it; other matters carry no words.
    expect(
      all.matters.flatMap(({ objection }) => (objection === undefined ? [] : [objection])),
    ).toEqual([
      {
        ...{ release: '未经批准的公告', where: '某网站' },
        reason: '与我单位职责有关，未征求意见。',
      },
    ])
    const since = all.matters.map((matter) => matter.since!.seconds)
    expect(since).toEqual([...since].sort((one, other) => one - other))
    const found: string[] = []
    for (let pageToken = ''; ;) {
      const page = await matters('市府办', { pageSize: 2, pageToken })
      found.push(
        ...page.matters.map(({ kind, subject, releaseId }) => `${kind} ${subject} ${releaseId}`),
      )
      if (page.nextPageToken === '') break
      pageToken = page.nextPageToken
    }
    expect(found).toEqual(
      all.matters.map(({ kind, subject, releaseId }) => `${kind} ${subject} ${releaseId}`),
    )
    await expect(matters('市府办', { pageToken: 'made-up' })).rejects.toMatchObject({
      reason: 'PAGE_TOKEN',
    })
    const overdue = await matters('市府办', { kind: MatterKind.PUBLICATION_OVERDUE })
    expect(overdue.matters).toMatchObject([{ releaseId: release('overdue').releaseId }])
    expect((await matters('清城区府办')).matters).toEqual([])
  })

  test('silence never confirms: reminded every five working days, it keeps the gate shut', async () => {
    await office.as('市司法局').givesOpinion(release('joint'), 'consent')
    await office.livesUntil('2026-10-12')
    const reminders = (await office.as('市生态环境局').letters(LetterKind.REMINDER)).filter(
      ({ releaseId }) => releaseId === release('joint').releaseId,
    )
    expect(reminders.map(({ receivedAt }) => receivedAt)).toEqual([at('2026-10-10T09:00+08:00')])
    expect(await obstacles('joint')).toEqual(['confirmation-awaited'])
    await confirms('市生态环境局', 'joint')
    expect(await state('joint')).toBe(ReleaseState.CLEARED)
  })

  test('on application the time of the consultation does not count', async () => {
    const { publicationClock } = await water().sees(release('applied'))
    // Asked on 28 September, deemed to consent at the end of 10 October: five working days.
    expect(publicationClock).toMatchObject({
      excludedDays: 5,
      lastDay: '2026-10-16',
      overdue: false,
    })
    expect(publicationClock?.dueAt).toEqual(timestampOf(at('2026-10-17T00:00+08:00')))
  })
})
