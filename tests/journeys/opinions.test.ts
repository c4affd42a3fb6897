// What agencies answer, and what their silence becomes (协调 art. 6 para 2): many releases live through
// the same two weeks around National Day 2026 in one office, from Monday 28 September, ten o'clock.
import { afterAll, beforeAll, expect, test } from 'vitest'
import {
  Claim,
  ConsultationState,
  ReleaseState,
  type Release,
} from '../../gen/huiqian/coordination/v1/coordination.js'
import { Reception } from '../../gen/huiqian/coordination/v1/consultation.js'
import { RemarkDecision } from '../../gen/huiqian/coordination/v1/release.js'
import { LetterKind } from '../../gen/huiqian/delivery/v1/delivery.js'
import { timestampOf } from '../../shared/rpc/timestamps.js'
import { inEachShape, PATIENCE_MS } from '../office/each-shape.js'
import { at, openOffice, type Office } from '../office/office.js'

const DEADLINE = at('2026-10-11T00:00+08:00')

await inEachShape('opinions and silence', (shape) => {
  let office: Office
  const releases = new Map<string, Release>()
  const water = () => office.as('市水利局')
  const release = (title: string): Release => {
    const found = releases.get(title)
    if (found === undefined) throw new Error(`no release ${title}`)
    return found
  }
  const gate = async (title: string) => {
    const { cleared, gates, clearedDigest } = await water().explainsClearance(release(title))
    const obstacles = gates.flatMap((one) => one.obstacles.map(({ reason }) => reason))
    return { cleared, obstacles, clearedDigest }
  }
  const state = async (title: string) => (await water().sees(release(title))).state

  beforeAll(async () => {
    office = await openOffice({ today: '2026-09-28', shape })
    for (const [title, affects] of Object.entries({
      agreed: ['市司法局', '市统计局'],
      silent: ['市卫生健康局'],
      objected: ['市监委', '市公安局'],
      defective: ['市财政局'],
      'no verdict': ['市教育局'],
      'with changes': ['市民政局'],
      'not concerned': ['市林业局'],
      'late remark': ['市农业农村局'],
      undelivered: ['国务院'],
      withdrawn: ['市商务局'],
      replaced: ['市审计局'],
    }))
      releases.set(title, await water().submitsRelease(title, { affects }))
    await office.settles()
  }, PATIENCE_MS)
  afterAll(() => office[Symbol.asyncDispose]())

  test('a letter states the period, the effect of silence and the article; its clock starts at receipt', async () => {
    const health = office.as('市卫生健康局')
    const asked = await health.consultationOn(release('silent'))
    expect(asked).toMatchObject({
      state: ConsultationState.RUNNING,
      receivedAt: timestampOf(at('2026-09-28')),
      deadline: { at: timestampOf(DEADLINE), lastDay: '2026-10-10', provisional: false },
    })
    expect(asked.deadline?.counted).toEqual([
      ...['2026-09-29', '2026-09-30', '2026-10-08', '2026-10-09', '2026-10-10'],
    ])
    const holiday = asked.deadline?.days.find(({ date }) => date === '2026-10-05')
    expect(holiday).toMatchObject({ counted: false, instrument: '国办发明电〔2025〕7号' })
    const [letter] = await health.letters(LetterKind.CONSULTATION_LETTER)
    expect(letter).toMatchObject({
      documentNumber: expect.stringMatching(/^清水公开征〔2026〕\d+号$/) as string,
      draftDigest: release('silent').draftDigest,
      draftText: 'silent的全文。',
    })
    for (const words of ['5个工作日', '第六条第二款', '视为同意发布', '承担连带责任'])
      expect(letter?.body).toContain(words)
  })

  test('letters are numbered without a gap, in the order in which they left', async () => {
    const numbers = [...releases.values()].map(({ documentNumber }) => documentNumber)
    expect(numbers).toEqual(numbers.map((_, index) => `清水公开征〔2026〕${index + 1}号`))
    await Promise.resolve()
  })

  test('consent and "not concerned" clear a release before its deadline, and stay told apart', async () => {
    await office.livesUntil('2026-09-28T15:30+08:00')
    const { reception } = await office.as('市司法局').givesOpinion(release('agreed'), 'consent')
    expect(reception).toBe(Reception.IN_TIME)
    expect(await gate('agreed')).toMatchObject({ cleared: false, obstacles: ['opinion-awaited'] })
    await office.as('市统计局').givesOpinion(release('agreed'), 'not concerned')
    const { cleared, clearedDigest } = await gate('agreed')
    expect({ cleared, clearedDigest }).toEqual({
      cleared: true,
      clearedDigest: release('agreed').draftDigest,
    })
    const { gates } = await water().explainsClearance(release('agreed'))
    const basis = gates.find(({ basisZh }) => basisZh.includes('司法局'))
    expect(basis?.basisZh).toMatch(/司法局明示同意.*统计局答复不涉及本机关/)
  })

  test('where nobody is concerned the gate is open with nobody’s consent', async () => {
    await office.as('市林业局').givesOpinion(release('not concerned'), 'not concerned')
    expect(await state('not concerned')).toBe(ReleaseState.CLEARED)
  })

  test('an objection with reasons comes to rest in negotiation; its reasons reach the releasing agency', async () => {
    const reasons = '所载数据尚未核实。'
    await office.as('市监委').givesOpinion(release('objected'), 'objection', { reasons })
    await office.settles()
    expect(await state('objected')).toBe(ReleaseState.NEGOTIATION)
    expect((await gate('objected')).obstacles).toContain('objection')
    const notices = await water().letters(LetterKind.REPLY_NOTICE)
    expect(notices.map(({ body }) => body).join()).toContain(reasons)
  })

  test('an objection without reasons is defective: no consent, and the agency is asked for them', async () => {
    const answer = await office.as('市财政局').givesOpinion(release('defective'), 'objection')
    expect(answer).toMatchObject({ reception: Reception.DEFECTIVE })
    expect(answer.missingZh).toContain('理由')
    expect(answer.missingEn).not.toBe('')
    await office.settles()
    expect(await office.as('市财政局').entries(LetterKind.DEFECT_NOTICE)).toHaveLength(1)
  })

  test('consent with changes and a reply without a verdict are no consent', async () => {
    await office
      .as('市民政局')
      .givesOpinion(release('with changes'), 'consent with changes', { reasons: '删去第三条。' })
    await office
      .as('市教育局')
      .givesOpinion(release('no verdict'), 'other reply', { reasons: '附件无法打开。' })
    expect((await gate('with changes')).obstacles).toEqual(['changes-asked'])
    expect((await gate('no verdict')).obstacles).toEqual(['no-verdict'])
  })

  test('an opinion may be replaced until the deadline', async () => {
    const audit = office.as('市审计局')
    const reasons = '与审计结果不一致。'
    await audit.givesOpinion(release('replaced'), 'objection', { reasons })
    expect(await state('replaced')).toBe(ReleaseState.NEGOTIATION)
    await audit.givesOpinion(release('replaced'), 'consent')
    expect(await state('replaced')).toBe(ReleaseState.CLEARED)
  })

  test('without a designated mailbox there is no receipt, and no clock', async () => {
    expect((await gate('undelivered')).obstacles).toEqual(['no-mailbox'])
  })

  test('a withdrawn release is told to those who were asked, and takes no opinion', async () => {
    const commerce = office.as('市商务局')
    await water().withdraws(release('withdrawn'), '内容有误。')
    await office.settles()
    const [told] = await commerce.letters(LetterKind.WITHDRAWAL)
    expect(told?.body).toContain('内容有误。')
    await expect(commerce.givesOpinion(release('withdrawn'), 'consent')).rejects.toMatchObject({
      status: 'FAILED_PRECONDITION',
    })
  })

  test('reminders come two and one working days before the last day, at nine, to the silent alone', async () => {
    await office.livesUntil('2026-10-08T08:59+08:00')
    const health = office.as('市卫生健康局')
    expect(await health.letters(LetterKind.REMINDER)).toEqual([])
    await office.livesUntil('2026-10-10T23:59+08:00')
    const reminders = await health.letters(LetterKind.REMINDER)
    expect(reminders.map(({ receivedAt }) => receivedAt)).toEqual([
      at('2026-10-08T09:00+08:00'),
      at('2026-10-09T09:00+08:00'),
    ])
    for (const { body } of reminders) expect(body).toContain('视为同意发布')
    expect(await office.as('市司法局').entries(LetterKind.REMINDER)).toEqual([])
    expect(await office.as('市财政局').entries(LetterKind.REMINDER)).toHaveLength(2) // its objection lacks the reasons
  })

  test('silence is deemed consent at the deadline, once it is settled and not before', async () => {
    await office.jumpsTo('2026-10-11T00:00:00+08:00')
    expect(await gate('silent')).toMatchObject({ cleared: false, obstacles: ['opinion-awaited'] })
    await office.jumpsTo('2026-10-11T00:00:14.999+08:00')
    expect(await state('silent')).toBe(ReleaseState.CONSULTING)
    await office.jumpsTo('2026-10-11T00:00:15+08:00')
    expect(await state('silent')).toBe(ReleaseState.CLEARED)
    expect(await office.as('市卫生健康局').consultationOn(release('silent'))).toMatchObject({
      state: ConsultationState.DEEMED,
      deemedAt: timestampOf(DEADLINE), // the effect is the law's, not the timer's
      deemedRecordedAt: timestampOf(DEADLINE + 15_000),
    })
  })

  test('both sides get the certificate, which states facts and quotes the article', async () => {
    const kind = LetterKind.CERTIFICATE_OF_DEEMED_CONSENT
    const [own] = await office.as('市卫生健康局').letters(kind)
    for (const words of ['2026-09-28 10:00', '2026-10-10', '国办发明电〔2025〕7号', '承担连带责任'])
      expect(own?.body).toContain(words)
    const theirs = await water().letters(kind)
    expect(theirs.map(({ releaseId }) => releaseId)).toContain(release('silent').releaseId)
  })

  test('what was answered was never deemed', async () => {
    expect(await state('objected')).toBe(ReleaseState.NEGOTIATION)
    const answered = ['defective', 'with changes', 'no verdict', 'undelivered']
    for (const title of answered) expect((await gate(title)).cleared, title).toBe(false)
    const police = await office.as('市公安局').consultationOn(release('objected'))
    expect(police.state).toBe(ConsultationState.DEEMED) // it was silent on the version in dispute
  })

  test('an objection is withdrawn by naming what stands instead, also after the deadline', async () => {
    const { reception } = await office.as('市监委').givesOpinion(release('objected'), 'consent')
    expect(reception).toBe(Reception.COMPLETED)
    expect(await state('objected')).toBe(ReleaseState.CLEARED)
  })

  test('reasons may be completed after the deadline', async () => {
    const reasons = '预算尚未批复。'
    const answer = await office
      .as('市财政局')
      .givesOpinion(release('defective'), 'objection', { reasons })
    expect(answer.reception).toBe(Reception.COMPLETED)
    expect(await state('defective')).toBe(ReleaseState.NEGOTIATION)
  })

  test('a late remark on secrecy holds the release until it is decided on, with the secrecy body’s view', async () => {
    expect(await state('late remark')).toBe(ReleaseState.CLEARED)
    const { reception } = await office
      .as('市农业农村局')
      .givesOpinion(release('late remark'), 'objection', {
        reasons: '涉及尚未公开的疫情数据。',
        claims: [Claim.SECRECY],
      })
    expect(reception).toBe(Reception.LATE_REMARK)
    await office.settles()
    const held = await water().sees(release('late remark'))
    expect(held.state).toBe(ReleaseState.HELD)
    expect(await gate('late remark')).toMatchObject({ cleared: false, obstacles: ['late-remark'] })
    const { remarkId = '' } = held.lateRemarks[0] ?? {}
    const decide = async (secrecyBodyView: string) =>
      (await water().releases()).decideLateRemark({
        requestId: `decide-${shape === 'one process' ? 'a' : 'b'}-${secrecyBodyView.length}`,
        releaseId: held.releaseId,
        remarkId,
        decision: RemarkDecision.RELEASE_STANDS,
        reason: '经核实不涉密。',
        secrecyBodyView,
      })
    await expect(decide('')).rejects.toMatchObject({
      reason: 'FIELD_MISSING',
      field: 'secrecy_body_view',
    })
    await decide('清保函〔2026〕3号')
    expect(await state('late remark')).toBe(ReleaseState.CLEARED)
  })

  test('a mailbox that is designated later receives then, and its clock starts then', async () => {
    await office.livesUntil('2026-10-12T10:00+08:00')
    const code = office.codeOf('国务院')
    await office.operator.changes(code, (agency) => ({
      ...agency,
      mailbox: { address: code, designatedAt: timestampOf(office.now()), instrument: '登记' },
    }))
    await office.settles()
    expect(await office.as('国务院').consultationOn(release('undelivered'))).toMatchObject({
      state: ConsultationState.RUNNING,
      receivedAt: timestampOf(at('2026-10-12')),
      deadline: { lastDay: '2026-10-19' },
    })
  })

  test('a new version asks everybody again, with fresh clocks', async () => {
    const revised = await water().revises(release('with changes'), 'with changes', '删去第三条后。')
    await office.settles()
    expect(revised).toMatchObject({ version: 2, state: ReleaseState.CONSULTING })
    const asked = await office.as('市民政局').consultationOn(release('with changes'))
    expect(asked).toMatchObject({
      version: 2,
      state: ConsultationState.RUNNING,
      deadline: { lastDay: '2026-10-19' },
    })
    await expect(
      office.as('市民政局').givesOpinion(release('with changes'), 'consent', {
        about: release('with changes').draftDigest,
      }),
    ).rejects.toMatchObject({ reason: 'VERSION_SUPERSEDED', status: 'FAILED_PRECONDITION' })
  })

  test('a publication is a fact: never refused, and its breaches are recorded', async () => {
    const clean = await water().publishes(release('silent'))
    expect(clean.publication).toMatchObject({
      digest: release('silent').draftDigest,
      breaches: [],
    })
    const other = await water().publishes(release('agreed'), '0'.repeat(64))
    expect(other.publication?.breaches).toEqual(['other-content'])
    const early = await water().publishes(release('no verdict'))
    expect(early.publication?.breaches).toEqual(['not-cleared'])
  })
})
