// An agency is merged into another while it is asked: the successor takes over its open matters with their
// clocks, and both names stay on record.
import { expect, test } from 'vitest'
import { ConsultationState, ReleaseState } from '../../gen/huiqian/coordination/v1/coordination.js'
import { Reception } from '../../gen/huiqian/coordination/v1/consultation.js'
import { LetterKind } from '../../gen/huiqian/delivery/v1/delivery.js'
import { timestampOf } from '../../shared/rpc/timestamps.js'
import { inEachShape } from '../office/each-shape.js'
import { negotiationDesk } from '../office/negotiation-desk.js'
import { at, openOffice } from '../office/office.js'

const [WATER, FORESTRY, AGRICULTURE] = ['市水利局', '市林业局', '市农业农村局'] as const
const EDUCATION = '市教育局'

await inEachShape('a successor', (shape) => {
  test('answers for the agency that it took over, before the deadline that was running', async () => {
    await using office = await openOffice({
      today: '2026-09-28',
      shape,
      directory: (all) =>
        all.map((one) => (one.name === '清远市教育局' ? { ...one, mailbox: undefined } : one)),
    })
    const forest = await office.as(WATER).submitsRelease('林业用水', { affects: [FORESTRY] })
    const school = await office.as(WATER).submitsRelease('学校用水', { affects: [EDUCATION] })
    const own = await office.as(FORESTRY).submitsRelease('造林', { affects: [WATER] })
    await office
      .as(FORESTRY)
      .submitsRelease('苗木名录', { noneAffectedReason: '仅涉及本机关职责', affects: [] })
    await office.settles()
    const before = await office.as(FORESTRY).consultationOn(forest)

    await office.livesUntil('2026-09-30T10:00+08:00')
    for (const name of [FORESTRY, EDUCATION])
      await office.operator.changes(office.codeOf(name), (agency) => ({
        ...agency,
        validUntil: timestampOf(at('2026-10-08T00:00+08:00')),
        successor: office.codeOf(AGRICULTURE),
      }))
    await office.settles()
    const agriculture = office.as(AGRICULTURE)
    await expect(agriculture.sees(forest)).rejects.toMatchObject({ status: 'NOT_FOUND' }) // not yet

    await office.livesUntil('2026-10-08T10:00+08:00')
    const taken = await agriculture.consultationOn(forest)
    expect(taken).toMatchObject({
      ...{ agency: office.codeOf(FORESTRY), standingAgency: office.codeOf(AGRICULTURE) },
      ...{ receivedAt: before.receivedAt, deadline: before.deadline },
    })
    // Whoever was taken over stands for nobody any more.
    await expect(office.as(FORESTRY).sees(forest)).rejects.toMatchObject({ status: 'NOT_FOUND' })
    const notices = await agriculture.letters(LetterKind.NOTICE)
    expect(notices).toHaveLength(4)
    expect(notices.map(({ body }) => body).join()).toContain('清远市林业局')
    // Nobody is asked about this one: its successor is told all the same.
    expect(notices.map(({ title }) => title)).toContain('告知书：《苗木名录》承继未办结事项')
    // The letter that the education bureau never received is served on the successor: its clock starts now.
    const served = await agriculture.consultationOn(school)
    expect(served).toMatchObject({
      ...{ state: ConsultationState.RUNNING, deadline: { lastDay: '2026-10-14' } },
    })
    expect(await agriculture.entries(LetterKind.CONSULTATION_LETTER)).toHaveLength(1)

    const { reception } = await agriculture.givesOpinion(forest, 'consent')
    expect(reception).toBe(Reception.IN_TIME)
    const cleared = await office.as(WATER).sees(forest)
    expect(cleared.state).toBe(ReleaseState.CLEARED)
    expect(cleared.consultations[0]?.opinion?.givenBy).toContain(office.codeOf(AGRICULTURE))
    // Its own releases go on under the successor, who sees them in its list.
    const { releases } = await (
      await agriculture.releases()
    ).listReleases({ state: 0, pageSize: 0, pageToken: '' })
    expect(releases.map(({ releaseId }) => releaseId)).toContain(own.releaseId)
    expect((await agriculture.withdraws(own, '改由我局另行发布。')).state).toBe(
      ReleaseState.WITHDRAWN,
    )
  })

  test('takes part in negotiation under its own name, and the record keeps the name that was asked', async () => {
    await using office = await openOffice({ today: '2026-09-28', shape })
    const release = await office.as(WATER).submitsRelease('林业用水', { affects: [FORESTRY] })
    await office.settles()
    await office.as(FORESTRY).givesOpinion(release, 'objection', { reasons: '数据待核。' })
    await office.operator.changes(office.codeOf(FORESTRY), (agency) => ({
      ...agency,
      validUntil: timestampOf(at('2026-09-29T00:00+08:00')),
      successor: office.codeOf(AGRICULTURE),
    }))
    await office.livesUntil('2026-09-29T10:00+08:00')
    const negotiates = negotiationDesk(office.as(WATER), office.now)
    const { round } = await negotiates.records(release, [
      [office.codeOf(WATER), '数据已核。'],
      [office.codeOf(AGRICULTURE), '请再核一次。'],
    ])
    expect(round?.positions.map(({ agency }) => agency)).toEqual(
      [WATER, FORESTRY].map(office.codeOf),
    )
  })
})
