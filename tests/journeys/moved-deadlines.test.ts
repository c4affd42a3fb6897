// Clocks that move: the notice of January 2020 in a house of that month, with the calendar as published by
// 2020-01-20; recorded in time, and recorded late; and an outage that only a person could see.
import { expect, test } from 'vitest'
import { ClockServiceClient } from '../../gen/huiqian/coordination/v1/consultation.js'
import { ConsultationState, ReleaseState } from '../../gen/huiqian/coordination/v1/coordination.js'
import { DayOperation, Instrument } from '../../gen/huiqian/directory/v1/calendar.js'
import { LetterKind } from '../../gen/huiqian/delivery/v1/delivery.js'
import { connect } from '../../shared/rpc/client.js'
import { timestampOf } from '../../shared/rpc/timestamps.js'
import { instrument } from '../../shared/working-days/official-calendar.fixture.js'
import { inEachShape } from '../office/each-shape.js'
import { at, openOffice, type Office, type Shape } from '../office/office.js'

const [WATER, HEALTH, JUSTICE] = ['市水利局', '市卫生健康局', '市司法局'] as const

/** 国办发明电〔2020〕1号, as the data of the house has it. */
const extension = instrument('国办发明电〔2020〕1号')
const NUMBER = extension.number ?? ''
const notice = Instrument.fromPartial({
  number: NUMBER,
  title: extension.title,
  issuer: extension.issuer ?? '',
  issuedOn: extension.issuedOn ?? '',
  publishedOn: extension.publishedOn ?? '',
  region: 'CN',
  days: extension.operations.map(({ date, op, name }) => ({
    ...{ date, name },
    operation:
      op === 'off' ? DayOperation.OFF : op === 'work' ? DayOperation.WORK : DayOperation.UNSET,
  })),
})
/** A house of January 2020: its agencies had designated their mailboxes by then. */
const openIn2020 = (shape: Shape): Promise<Office> =>
  openOffice({
    ...{ today: '2020-01-20', shape },
    directory: (all) =>
      all.map(({ mailbox, ...agency }) => ({
        ...agency,
        mailbox: mailbox && { ...mailbox, designatedAt: timestampOf(at('2019-01-02')) },
      })),
  })
const preview = async (office: Office, pageSize = 0, pageToken = '') =>
  (await office.operator.clocks()).previewRecomputation({ instrument: notice, pageSize, pageToken })
const jobs = async (office: Office) =>
  (await (await office.operator.clocks()).listRecomputations({})).recomputations
const deadlineOf = async (office: Office, name: string, release: { releaseId: string }) =>
  (await office.as(name).consultationOn(release)).deadline

await inEachShape('the notice of January 2020', (shape) => {
  test('moves a running deadline from 2020-02-01 to 2020-02-04, once two operators have confirmed it, and tells the agency', async () => {
    await using office = await openIn2020(shape)
    const release = await office.as(WATER).submitsRelease('春节值班', { affects: [HEALTH] })
    await office.settles()
    expect(await deadlineOf(office, HEALTH, release)).toMatchObject({
      ...{ lastDay: '2020-02-01', at: timestampOf(at('2020-02-02T00:00+08:00')) },
    })
    await office.livesUntil('2020-01-28T10:00+08:00')
    const untouched = await office.as(WATER).submitsRelease('节后', { affects: [JUSTICE] })
    await office.settles()

    // What it would do is shown before anybody confirms it.
    const { consultationId } = await office.as(HEALTH).consultationOn(release)
    const shown = await preview(office)
    expect(shown.moved).toMatchObject([
      {
        ...{ consultationId, releaseId: release.releaseId, agency: office.codeOf(HEALTH) },
        from: timestampOf(at('2020-02-02T00:00+08:00')),
        to: timestampOf(at('2020-02-05T00:00+08:00')),
        ...{ lastDay: '2020-02-04', reversesDeeming: false },
      },
      { agency: office.codeOf(JUSTICE) },
    ])
    const first = await preview(office, 1)
    expect(first.moved).toEqual(shown.moved.slice(0, 1))
    const second = await preview(office, 1, first.nextPageToken)
    expect(second.moved).toEqual(shown.moved.slice(1))

    const one = await office.operator.calendar()
    const proposed = await one.importNotice({ requestId: 'a', instrument: notice, confirm: true })
    expect(proposed).toMatchObject({
      revision: undefined,
      proposal: { proposedBy: 'operator/admin' },
    })
    await expect(
      one.importNotice({ requestId: 'b', instrument: notice, confirm: true }),
    ).rejects.toMatchObject({ reason: 'NOTICE_NEEDS_SECOND_OPERATOR' })
    await office.settles()
    expect((await deadlineOf(office, HEALTH, release))?.lastDay).toBe('2020-02-01')
    const other = await office.operator.secondCalendar()
    await other.importNotice({ requestId: 'c', instrument: notice, confirm: true })
    await office.settles()

    expect(await deadlineOf(office, HEALTH, release)).toMatchObject({
      ...{ lastDay: '2020-02-04', calendarRevision: 2 },
      counted: ['2020-01-21', '2020-01-22', '2020-01-23', '2020-02-03', '2020-02-04'],
    })
    for (const name of [HEALTH, WATER]) {
      const letters = await office.as(name).letters(LetterKind.CORRECTION)
      const about = letters.filter(({ releaseId }) => releaseId === release.releaseId)
      expect(about).toHaveLength(1)
      expect(about[0]?.body).toContain(NUMBER)
      expect(about[0]?.body).toContain('2020-02-04')
    }
    expect(await jobs(office)).toMatchObject([
      { revision: 2, instrument: NUMBER, moved: 2, reversed: 0, corrected: 0 },
    ])
    expect((await jobs(office))[0]?.finishedAt).toBeDefined()
    expect((await preview(office)).moved).toEqual([]) // after the import nothing is left to move
    expect(await deadlineOf(office, JUSTICE, untouched)).toBeDefined()

    // A restart finds the job done, and does nothing twice.
    await office.premises.end('coordination', 'stopped')
    await office.premises.startAgain('coordination')
    await office.settles()
    expect(await office.as(HEALTH).entries(LetterKind.CORRECTION)).toHaveLength(1)
    expect(await jobs(office)).toMatchObject([{ moved: 2 }])
    await office.livesUntil('2020-02-04T23:59+08:00')
    expect((await office.as(WATER).sees(release)).state).toBe(ReleaseState.CONSULTING)
    await office.livesUntil('2020-02-05T00:00:15+08:00')
    expect((await office.as(HEALTH).consultationOn(release)).deemedAt).toEqual(
      timestampOf(at('2020-02-05T00:00+08:00')),
    )
  })

  test('recorded after the deadline reverses what silence became, and after the later one corrects its instant', async () => {
    await using office = await openIn2020(shape)
    const early = await office.as(WATER).submitsRelease('值班一', { affects: [HEALTH] })
    await office.livesUntil('2020-01-21T10:00+08:00')
    const late = await office.as(WATER).submitsRelease('值班二', { affects: [JUSTICE] })
    await office.livesUntil('2020-02-05T10:00+08:00')
    // Without the notice: the last days were Saturday 1 February and Monday 3 February.
    for (const release of [early, late])
      expect((await office.as(WATER).sees(release)).state).toBe(ReleaseState.CLEARED)
    const shown = await preview(office)
    expect(shown.moved.map(({ lastDay, reversesDeeming }) => [lastDay, reversesDeeming])).toEqual([
      ['2020-02-04', false],
      ['2020-02-06', true], // the 5th by the notice, and a working day to hear that it is not over
    ])
    await office.operator.importsNotice(notice)
    await office.settles()
    expect(await jobs(office)).toMatchObject([{ moved: 1, reversed: 1, corrected: 1 }])

    const corrected = await office.as(HEALTH).consultationOn(early)
    expect(corrected).toMatchObject({
      ...{ state: ConsultationState.DEEMED, deemedAt: timestampOf(at('2020-02-05T00:00+08:00')) },
    })
    expect((await office.as(WATER).sees(early)).state).toBe(ReleaseState.CLEARED)
    const reversed = await office.as(JUSTICE).consultationOn(late)
    expect(reversed).toMatchObject({ state: ConsultationState.RUNNING, deemedAt: undefined })
    expect((await office.as(WATER).sees(late)).state).toBe(ReleaseState.CONSULTING)
    for (const name of [HEALTH, JUSTICE]) {
      const [told] = await office.as(name).letters(LetterKind.CORRECTION)
      expect(told?.body).toContain(NUMBER)
    }
    const { reception } = await office.as(JUSTICE).givesOpinion(late, 'objection', {
      reasons: '与值班安排不符。',
    })
    expect(reception).toBe(1)
    expect((await office.as(WATER).sees(late)).state).toBe(ReleaseState.NEGOTIATION)
  })
})

await inEachShape('an outage that only a person could see', (shape) => {
  test('goes into the register, rolls the deadline by itself, and undoes what silence became', async () => {
    await using office = await openOffice({ today: '2026-09-28', shape })
    const clocks = await office.operator.clocks()
    const second = await office.operator.secondClocks()
    const record = async (
      from: string,
      to: string,
      note = '出口线路中断。',
      requestId = from,
      as = clocks,
    ) =>
      as.recordOutage({
        ...{ requestId, note },
        from: timestampOf(at(from)),
        to: timestampOf(at(to)),
      })
    const first = await office.as(WATER).submitsRelease('水质', { affects: [HEALTH] })
    await office.livesUntil('2026-10-10T18:00+08:00')
    const [from, to] = ['2026-10-10T09:00+08:00', '2026-10-10T14:00+08:00']
    const proposed = await record(from, to)
    expect(proposed).toMatchObject({ awaitsSecond: true, outage: { note: '出口线路中断。' } })
    // One operator alone records nothing, however often, and in other words neither does a second.
    expect(await record(from, to)).toEqual(proposed)
    expect(await record(from, to, undefined, 'again')).toEqual(proposed)
    expect((await record(from, to, '他因。', 'other', second)).awaitsSecond).toBe(true)
    expect((await clocks.listOutages({ pageSize: 9, pageToken: '' })).outages).toEqual([])
    const recorded = await record(from, to, undefined, 'second', second)
    expect(recorded).toMatchObject({
      awaitsSecond: false,
      outage: { cause: 'recorded', recordedBy: 'operator/second', note: '出口线路中断。' },
    })
    expect(await record(from, to, undefined, 'second', second)).toEqual(recorded)
    const listed = await clocks.listOutages({ pageSize: 9, pageToken: '' })
    expect(listed.outages).toMatchObject([
      { recordedBy: 'operator/second', proposedBy: 'operator/admin', note: '出口线路中断。' },
    ])
    await office.livesUntil('2026-10-11T00:00:15+08:00')
    expect(await office.as(HEALTH).consultationOn(first)).toMatchObject({
      ...{ state: ConsultationState.RUNNING, deadline: { lastDay: '2026-10-12' } },
    })
    await office.livesUntil('2026-10-13T00:00:15+08:00')
    expect((await office.as(WATER).sees(first)).state).toBe(ReleaseState.CLEARED)

    // The way was cut on the rolled day, too; it becomes known a day later.
    await office.livesUntil('2026-10-13T10:00+08:00')
    for (const as of [clocks, second])
      await record('2026-10-12T09:00+08:00', '2026-10-12T12:00+08:00', undefined, undefined, as)
    await office.settles()
    const reversed = await office.as(HEALTH).consultationOn(first)
    expect(reversed).toMatchObject({
      ...{ state: ConsultationState.RUNNING, deemedAt: undefined },
      deadline: { lastDay: '2026-10-14' },
    })
    const letters = await office.as(HEALTH).letters(LetterKind.CORRECTION)
    expect(letters.at(-1)?.body).toContain('现已查明')
    expect((await office.as(WATER).sees(first)).state).toBe(ReleaseState.CONSULTING)

    const page = await clocks.listOutages({ pageSize: 1, pageToken: '' })
    expect(page.outages).toMatchObject([{ from: timestampOf(at('2026-10-12T09:00+08:00')) }])
    const rest = await clocks.listOutages({ pageSize: 1, pageToken: page.nextPageToken })
    expect(rest.outages).toMatchObject([{ from: timestampOf(at('2026-10-10T09:00+08:00')) }])

    for (const [call, expected] of [
      [() => record('2026-10-14T00:00+08:00', '2026-10-14T03:00+08:00'), { field: 'to' }],
      [
        () => record('2026-10-12T12:00+08:00', '2026-10-12T09:00+08:00'),
        { reason: 'PERIOD_REVERSED' },
      ],
      [() => record('2026-08-12T12:00+08:00', '2026-10-12T09:00+08:00'), { field: 'from' }],
      [() => record('2026-10-11T12:00+08:00', '2026-10-12T09:00+08:00', ''), { field: 'note' }],
      [
        () =>
          record(
            '2026-10-12T12:00+08:00',
            '2026-10-12T13:00+08:00',
            '别的。',
            '2026-10-12T09:00+08:00',
          ),
        { reason: 'REQUEST_ID_REUSED' },
      ],
    ] as const)
      await expect(call()).rejects.toMatchObject(expected)
    const agency = await office.premises.certificateOf({
      ...{ kind: 'agency', code: office.codeOf(WATER) },
    })
    const seen = connect(ClockServiceClient, office.premises.addressOf('coordination'), agency)
    expect((await seen.listOutages({ pageSize: 0, pageToken: '' })).outages).toHaveLength(2)
    await expect(seen.listRecomputations({})).rejects.toMatchObject({ status: 'PERMISSION_DENIED' })
    seen.close()
    await expect(
      clocks.previewRecomputation({ instrument: undefined, pageSize: 0, pageToken: '' }),
    ).rejects.toMatchObject({ reason: 'FIELD_MISSING', field: 'instrument' })
    await expect(
      clocks.previewRecomputation({
        instrument: { ...notice, publishedOn: 'soon' },
        ...{ pageSize: 0, pageToken: '' },
      }),
    ).rejects.toMatchObject({ reason: 'DATE_MALFORMED', field: 'instrument.published_on' })
  })
})
