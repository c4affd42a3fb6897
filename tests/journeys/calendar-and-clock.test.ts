// Doubt pauses deeming, never intake: years without a notice, an outage on the last day, a clock that jumped.
import { expect, test } from 'vitest'
import { Instrument } from '../../gen/huiqian/directory/v1/calendar.js'
import { ConsultationState, ReleaseState } from '../../gen/huiqian/coordination/v1/coordination.js'
import { ClockServiceClient, Reception } from '../../gen/huiqian/coordination/v1/consultation.js'
import { LetterKind } from '../../gen/huiqian/delivery/v1/delivery.js'
import { connect } from '../../shared/rpc/client.js'
import { timestampOf } from '../../shared/rpc/timestamps.js'
import { inEachShape } from '../office/each-shape.js'
import { at, openOffice, type Office } from '../office/office.js'

const [WATER, HEALTH, JUSTICE] = ['市水利局', '市卫生健康局', '市司法局'] as const

/** A notice for 2027, as one might come: New Year's Day with the weekend after it. */
const noticeOf2027 = (publishedOn: string) =>
  Instrument.fromPartial({
    number: '国办发明电〔2026〕99号',
    title: '关于2027年部分节假日安排的通知（试验用）',
    issuer: '国务院办公厅',
    issuedOn: publishedOn,
    publishedOn,
    region: 'CN',
    notifies: [2027],
    days: ['2027-01-01', '2027-01-02', '2027-01-03'].map((date) => ({
      date,
      operation: 1,
      name: '元旦',
    })),
  })

await inEachShape('years without a notice', (shape) => {
  test('a period that touches 29–31 December is not deemed upon before next year’s notice', async () => {
    await using office = await openOffice({ today: '2026-12-24', shape })
    const silent = await office.as(WATER).submitsRelease('汛期', { affects: [HEALTH, JUSTICE] })
    await office.settles()
    expect((await office.as(HEALTH).consultationOn(silent)).deadline).toMatchObject({
      ...{ lastDay: '2026-12-31', awaitsNoticeOf: 2027 },
    })
    await office.livesUntil('2027-01-05T10:00+08:00')
    const held = await office.as(HEALTH).consultationOn(silent)
    expect(held.state).toBe(ConsultationState.RUNNING)
    expect(held.holds.map(({ cause }) => cause)).toEqual(['awaits-notice'])
    // A restart is no news of the calendar: nothing moves, and nobody is told that it did.
    await office.premises.end('coordination', 'stopped')
    await office.premises.startAgain('coordination')
    await office.settles()
    expect((await office.as(HEALTH).consultationOn(silent)).deadline).toEqual(held.deadline)
    expect(await office.as(HEALTH).entries(LetterKind.CORRECTION)).toEqual([])
    // Meanwhile no reply is late.
    const { reception } = await office.as(JUSTICE).givesOpinion(silent, 'consent')
    expect(reception).toBe(Reception.IN_TIME)

    const fresh = await office.as(WATER).submitsRelease('枯水期', { affects: [HEALTH] })
    await office.settles()
    expect((await office.as(HEALTH).consultationOn(fresh)).deadline).toMatchObject({
      ...{ lastDay: '2027-01-12', provisional: true },
    })

    await office.operator.importsNotice(noticeOf2027('2027-01-05'))
    await office.settles()
    // The agencies were told on the 5th: the end of the first working day after that, and never earlier.
    const moved = await office.as(HEALTH).consultationOn(silent)
    expect(moved.deadline).toMatchObject({ lastDay: '2027-01-06', awaitsNoticeOf: 0 })
    expect(await office.as(HEALTH).entries(LetterKind.CORRECTION)).not.toEqual([])
    expect((await office.as(HEALTH).consultationOn(fresh)).deadline).toMatchObject({
      ...{ lastDay: '2027-01-12', provisional: false },
    })
    await office.livesUntil('2027-01-07T00:00:14+08:00')
    expect((await office.as(WATER).sees(silent)).state).toBe(ReleaseState.CONSULTING)
    await office.livesUntil('2027-01-07T00:00:15+08:00')
    expect((await office.as(WATER).sees(silent)).state).toBe(ReleaseState.CLEARED)
    await office.livesUntil('2027-01-13T00:00:15+08:00')
    expect((await office.as(HEALTH).consultationOn(fresh)).deemedAt).toEqual(
      timestampOf(at('2027-01-13T00:00+08:00')),
    )
  })
})

await inEachShape('an outage', (shape) => {
  const outage = async (office: Office, from: string, to: string): Promise<void> => {
    await office.livesUntil(from)
    await office.premises.end('coordination', 'stopped')
    await office.premises.turnTo(at(to))
    await office.premises.startAgain('coordination')
    await office.jumpsTo(to)
  }

  test('on the last day for longer than the pack allows rolls the deadline by itself', async () => {
    await using office = await openOffice({ today: '2026-09-28', shape })
    const release = await office.as(WATER).submitsRelease('水质', { affects: [HEALTH] })
    await outage(office, '2026-10-09T08:00+08:00', '2026-10-09T13:00+08:00') // not the last day
    await outage(office, '2026-10-10T08:00+08:00', '2026-10-10T09:00+08:00') // an hour is allowed
    await outage(office, '2026-10-10T10:00+08:00', '2026-10-10T11:10+08:00') // two in sum are not
    await office.livesUntil('2026-10-11T00:00:15+08:00')
    const rolled = await office.as(HEALTH).consultationOn(release)
    expect(rolled).toMatchObject({
      state: ConsultationState.RUNNING,
      deadline: { at: timestampOf(at('2026-10-13T00:00+08:00')), lastDay: '2026-10-12' },
    })
    const [told] = await office.as(HEALTH).letters(LetterKind.CORRECTION)
    expect(told?.body).toContain('2026-10-12')
    await office.livesUntil('2026-10-13T00:00:15+08:00')
    expect((await office.as(WATER).sees(release)).state).toBe(ReleaseState.CLEARED)
  })

  test('within what the pack allows rolls nothing', async () => {
    await using office = await openOffice({ today: '2026-09-28', shape })
    const release = await office.as(WATER).submitsRelease('水质', { affects: [HEALTH] })
    await outage(office, '2026-10-10T08:00+08:00', '2026-10-10T09:59+08:00')
    await office.livesUntil('2026-10-11T00:00:15+08:00')
    expect((await office.as(WATER).sees(release)).state).toBe(ReleaseState.CLEARED)
  })
})

await inEachShape('a clock that jumps', (shape) => {
  test('stops deeming, takes replies, and goes on when a person has confirmed it', async () => {
    await using office = await openOffice({ today: '2026-09-28', shape })
    const release = await office.as(WATER).submitsRelease('水位', { affects: [HEALTH] })
    const answered = await office.as(WATER).submitsRelease('水量', { affects: [JUSTICE] })
    await office.livesUntil('2026-10-10T12:00+08:00')
    expect((await office.operator.clock()).doubts).toEqual([])
    await office.premises.slip(20 * 3_600_000) // the wall says Sunday, 08:00
    await office.settles()
    expect((await office.operator.clock()).doubts).toEqual(['wall-jumped'])
    const held = await office.as(HEALTH).consultationOn(release)
    expect(held.state).toBe(ConsultationState.RUNNING)
    expect(held.holds.map(({ cause }) => cause)).toContain('clock-in-doubt')
    const { reception } = await office.as(JUSTICE).givesOpinion(answered, 'consent')
    expect(reception).toBe(Reception.IN_TIME)
    expect((await office.as(WATER).sees(answered)).state).toBe(ReleaseState.CLEARED)

    // One operator alone clears nothing, however often; nor does a second one in other words.
    const [one, two] = [await office.operator.clocks(), await office.operator.secondClocks()]
    for (const [nth, [calls, reason]] of [
      [one, '已与授时中心核对。'],
      [one, '已与授时中心核对。'],
      [two, '看起来正常。'],
    ].entries() as never as [number, [typeof one, string]][])
      expect(await calls.confirmClock({ requestId: `alone-${nth}`, reason })).toEqual({
        ...{ cleared: [], awaitsSecond: true },
      })
    expect((await office.operator.clock()).doubts).toEqual(['wall-jumped'])
    expect(await office.operator.confirmsClock('已与授时中心核对。')).toEqual(['wall-jumped'])
    await office.settles()
    expect((await office.operator.clock()).doubts).toEqual([])
    // A machine that slept looks the same: twelve hours of the last day were lived by nobody here.
    expect(await office.as(HEALTH).consultationOn(release)).toMatchObject({
      state: ConsultationState.RUNNING,
      deadline: { lastDay: '2026-10-12' },
    })
    await office.jumpsTo('2026-10-13T00:00:15+08:00')
    expect((await office.as(WATER).sees(release)).state).toBe(ReleaseState.CLEARED)
  })

  test('over no more of the last day than an outage may last: confirmed, silence has its effect', async () => {
    await using office = await openOffice({ today: '2026-09-28', shape })
    const release = await office.as(WATER).submitsRelease('水位', { affects: [HEALTH] })
    await office.livesUntil('2026-10-10T23:00+08:00')
    await office.premises.slip(9 * 3_600_000)
    await office.settles()
    expect((await office.as(WATER).sees(release)).state).toBe(ReleaseState.CONSULTING)
    await office.operator.confirmsClock('已与授时中心核对。')
    await office.settles()
    expect((await office.as(WATER).sees(release)).state).toBe(ReleaseState.CLEARED)
  })

  test('is confirmed by an operator only', async () => {
    await using office = await openOffice({ today: '2026-09-28', shape })
    const agency = await office.premises.certificateOf({
      kind: 'agency',
      code: office.codeOf(WATER),
    })
    const clocks = connect(ClockServiceClient, office.premises.addressOf('coordination'), agency)
    await expect(clocks.confirmClock({ requestId: 'x', reason: 'y' })).rejects.toMatchObject({
      status: 'PERMISSION_DENIED',
    })
    clocks.close()
  })
})
