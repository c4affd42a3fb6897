import { readFileSync } from 'node:fs'
import { afterEach, describe, expect, test } from 'vitest'
import { DayKind } from '../../gen/huiqian/common/v1/common.js'
import {
  DayOperation,
  type Instrument,
  type AddWorkingDaysRequest,
  type CalendarView,
} from '../../gen/huiqian/directory/v1/calendar.js'
import { instantOf, timestampOf } from '../../shared/rpc/timestamps.js'
import { parseInstant } from '../../shared/working-days/working-days.js'
import { AN_AGENCY, openDirectoryHouse, OPERATOR, SECOND_OPERATOR } from './service.fixture.js'
import { START, type DirectoryHouse } from './service.fixture.js'

type Case = {
  readonly id: string
  readonly receivedAt: string
  readonly workingDays: number
  readonly asOf?: string
  readonly region?: string
  readonly lastDay: string
  readonly deadline: string
  readonly counted: readonly string[]
}
type Vectors = {
  readonly cases: readonly Case[]
  readonly provisionalCases: readonly Case[]
  readonly dayChecks: readonly { date: string; working: boolean; kind: string }[]
}
const vectors = JSON.parse(
  readFileSync(new URL('./calendar/data/vectors.json', import.meta.url), 'utf8'),
) as Vectors

let house: DirectoryHouse
afterEach(() => house.close())

const view = (change: Partial<CalendarView> = {}): CalendarView => ({
  ...{ region: '', publishedBy: '', recordedBy: undefined },
  ...change,
})
const period = (received: string, workingDays = 5, change: Partial<CalendarView> = {}) =>
  ({
    view: view(change),
    receivedAt: timestampOf(parseInstant(received)),
    workingDays,
  }) satisfies AddWorkingDaysRequest

const asked = ({ receivedAt, workingDays, asOf = '', region = '' }: Case) =>
  period(receivedAt, workingDays, { publishedBy: asOf, region })

const notice2027: Instrument = {
  number: '国办发明电〔2026〕9号',
  title: '国务院办公厅关于2027年部分节假日安排的通知',
  issuer: '国务院办公厅',
  issuedOn: '2026-11-10',
  publishedOn: '2026-11-10',
  url: '',
  region: '',
  notifies: [2027],
  provides: [],
  days: [
    ['2026-12-31', DayOperation.OFF],
    ['2027-01-01', DayOperation.OFF],
    ['2027-01-02', DayOperation.OFF],
    ['2027-01-03', DayOperation.OFF],
  ].map(([date, operation]) => ({
    date: date as string,
    operation: operation as DayOperation,
    name: '元旦',
  })),
}

describe('a period of working days', () => {
  test('ends as the public vectors say, for everybody who asks', async () => {
    house = await openDirectoryHouse()
    const client = await house.calendar(AN_AGENCY)
    expect(vectors.cases.length).toBeGreaterThan(50)
    for (const one of vectors.cases) {
      const { deadline } = await client.addWorkingDays(asked(one))
      expect({ id: one.id, lastDay: deadline?.lastDay, counted: deadline?.counted }).toEqual({
        id: one.id,
        lastDay: one.lastDay,
        counted: one.counted,
      })
      expect(deadline && instantOf(deadline.at!), one.id).toBe(parseInstant(one.deadline))
      expect([one.id, deadline?.provisional]).toEqual([one.id, false])
    }
  })

  test('that touches a year without a notice is provisional', async () => {
    house = await openDirectoryHouse()
    const client = await house.calendar(AN_AGENCY)
    expect(vectors.provisionalCases.length).toBeGreaterThan(0)
    for (const one of vectors.provisionalCases) {
      const { deadline } = await client.addWorkingDays(asked(one))
      expect(deadline).toMatchObject({ lastDay: one.lastDay, counted: one.counted })
      expect([one.id, deadline?.provisional]).toEqual([one.id, true])
    }
  })

  test('that touches the last days of a year awaits the notice of the next', async () => {
    house = await openDirectoryHouse()
    const client = await house.calendar()
    const { deadline } = await client.addWorkingDays(period('2026-12-24T10:00+08:00', 4))
    expect(deadline).toMatchObject({
      ...{ lastDay: '2026-12-30', provisional: false, awaitsNoticeOf: 2027 },
    })
  })

  test.each<[string, AddWorkingDaysRequest, string, string]>([
    [
      'in a year that is absent',
      period('2031-06-01T10:00+08:00'),
      'CALENDAR_YEAR_ABSENT',
      'calendar',
    ],
    ['of no days', period('2026-06-01T10:00+08:00', 0), 'PERIOD_LENGTH', 'working_days'],
    ['of too many days', period('2026-06-01T10:00+08:00', 1001), 'PERIOD_LENGTH', 'working_days'],
    [
      'without a receipt',
      { view: view(), receivedAt: undefined, workingDays: 5 },
      'FIELD_MISSING',
      'received_at',
    ],
    [
      'of a region that there is not',
      period('2026-06-01T10:00+08:00', 5, { region: 'XX' }),
      'REGION_UNKNOWN',
      'view.region',
    ],
    [
      'as published by no date',
      period('2026-06-01T10:00+08:00', 5, { publishedBy: '2026-13-01' }),
      'DATE_MALFORMED',
      'view.published_by',
    ],
    [
      'as recorded before anything was',
      period('2026-06-01T10:00+08:00', 5, { recordedBy: timestampOf(START - 1) }),
      'REVISION_UNKNOWN',
      'recorded_by',
    ],
  ])('%s is refused with field and reason', async (_, request, reason, field) => {
    house = await openDirectoryHouse()
    const client = await house.calendar(AN_AGENCY)
    await expect(client.addWorkingDays(request)).rejects.toMatchObject({
      status: 'INVALID_ARGUMENT',
      reason,
      field,
    })
  })

  test('is explained day by day, with the notice’s number', async () => {
    house = await openDirectoryHouse()
    const client = await house.calendar(AN_AGENCY)
    const { deadline } = await client.explainDeadline(period('2026-09-28T10:00+08:00'))
    expect(deadline).toMatchObject({ lastDay: '2026-10-10', calendarRevision: 1, region: 'CN' })
    const days = deadline?.days ?? []
    expect(days[0]).toMatchObject({ date: '2026-09-28', receipt: true, counted: false, ordinal: 0 })
    expect(days.filter((day) => day.counted).map((day) => day.ordinal)).toEqual([1, 2, 3, 4, 5])
    expect(days.at(-1)).toMatchObject({
      ...{ date: '2026-10-10', kind: DayKind.MAKE_UP, counted: true, ordinal: 5 },
      instrument: '国办发明电〔2025〕7号',
    })
    expect(days.find((day) => day.date === '2026-10-01')).toMatchObject({
      ...{ kind: DayKind.HOLIDAY, counted: false, receipt: false },
    })
  })
})

describe('days', () => {
  test('are what the public checks say', async () => {
    house = await openDirectoryHouse()
    const client = await house.calendar(AN_AGENCY)
    const kinds: Record<string, DayKind> = {
      weekday: DayKind.WEEKDAY,
      weekend: DayKind.WEEKEND,
      holiday: DayKind.HOLIDAY,
      'make-up': DayKind.MAKE_UP,
    }
    expect(vectors.dayChecks.length).toBeGreaterThan(10)
    for (const { date, working, kind } of vectors.dayChecks) {
      const { days } = await client.listDays({ view: view(), from: date, to: date })
      expect(days).toMatchObject([{ date, counted: working, kind: kinds[kind] }])
    }
  })
  test('are counted and listed over a stretch, within bounds', async () => {
    house = await openDirectoryHouse()
    const client = await house.calendar(AN_AGENCY)
    const stretch = { view: view(), after: '2026-09-28', to: '2026-10-10' }
    expect(await client.countWorkingDays(stretch)).toEqual({ workingDays: 5, provisional: false })
    expect(
      await client.countWorkingDays({ ...stretch, after: '2026-12-31', to: '2027-01-08' }),
    ).toEqual({ workingDays: 5, provisional: true })
    await expect(client.countWorkingDays({ ...stretch, to: '2026-09-01' })).rejects.toMatchObject({
      reason: 'PERIOD_REVERSED',
      field: 'to',
    })
    const year = { view: view(), from: '2026-01-01', to: '2026-12-31' }
    const { days, provisional } = await client.listDays(year)
    expect([days.length, provisional]).toEqual([365, false])
    await expect(client.listDays({ ...year, to: '2027-12-31' })).rejects.toMatchObject({
      reason: 'FIELD_VALUE',
      field: 'to',
    })
    await expect(
      client.listDays({ view: view(), from: '2031-01-01', to: '2031-01-02' }),
    ).rejects.toMatchObject({ reason: 'CALENDAR_YEAR_ABSENT' })
  })
})

describe('a notice', () => {
  const NOW = parseInstant('2026-11-10T15:00+08:00')
  /** One operator proposes it, another confirms it. */
  const twoImport = async (instrument: Instrument) => {
    for (const who of [OPERATOR, SECOND_OPERATOR])
      await (
        await house.calendar(who)
      ).importNotice({ requestId: 'n-1', instrument, confirm: true })
  }

  test('is shown before it is recorded, then makes a revision that everybody hears of', async () => {
    house = await openDirectoryHouse()
    const { calendar, clock, told } = house
    const operator = await calendar()
    clock.turnTo(NOW)
    const request = { requestId: 'n-1', instrument: notice2027, confirm: false }
    const preview = await operator.importNotice(request)
    expect(preview.revision).toBeUndefined()
    expect(preview.changedDays).toContainEqual({
      ...{ date: '2026-12-31', workedBefore: true, worksAfter: false },
    })
    expect(preview.warnings.join()).toContain('STATUTORY_BALANCE') // this notice has only New Year
    expect((await told()).filter(({ kind }) => kind === 'CalendarRevised')).toHaveLength(1)

    const proposed = await operator.importNotice({ ...request, confirm: true })
    expect(proposed).toMatchObject({
      changedDays: preview.changedDays,
      revision: undefined,
      proposal: { proposedBy: 'operator/desk', proposedAt: timestampOf(NOW) },
    })
    expect((await told()).at(-1)).toMatchObject({
      what: { noticeProposed: { digest: proposed.proposal?.digest } },
    })
    clock.turnTo(NOW + 3_600_000)
    expect(await operator.importNotice({ ...request, confirm: true })).toEqual(proposed) // repeated
    expect((await operator.importNotice(request)).proposal).toEqual(proposed.proposal)
    await expect(
      operator.importNotice({ ...request, requestId: 'n-2', confirm: true }),
    ).rejects.toMatchObject({
      ...{ status: 'FAILED_PRECONDITION', reason: 'NOTICE_NEEDS_SECOND_OPERATOR' },
    })
    expect((await operator.listRevisions({ pageSize: 0, pageToken: '' })).revisions).toHaveLength(1)

    const second = await calendar(SECOND_OPERATOR)
    const done = await second.importNotice({ ...request, confirm: true })
    expect(done.changedDays).toEqual(preview.changedDays)
    expect(done.proposal).toBeUndefined()
    expect(done.revision).toMatchObject({
      ...{ number: 2, author: 'operator/second', added: notice2027.number },
      recordedAt: timestampOf(NOW + 3_600_000),
    })
    expect((await told()).at(-1)).toMatchObject({
      ...{ kind: 'CalendarRevised', stream: 'calendar:CN' },
      what: { calendarRevised: { revision: 2 } },
    })
    clock.turnTo(NOW + 86_400_000)
    expect(await second.importNotice({ ...request, confirm: true })).toEqual(done) // repeated
    expect(await operator.importNotice({ ...request, confirm: true })).toEqual(proposed)
    await expect(
      operator.importNotice({ ...request, requestId: 'n-2', confirm: true }),
    ).rejects.toMatchObject({
      reason: 'CALENDAR_INSTRUMENT_KNOWN',
      field: 'instrument.number',
    })
    const { revisions } = await operator.listRevisions({ pageSize: 0, pageToken: '' })
    expect(revisions.map(({ number }) => number)).toEqual([1, 2])
    const first = await operator.listRevisions({ pageSize: 1, pageToken: '' })
    const next = await operator.listRevisions({ pageSize: 1, pageToken: first.nextPageToken })
    expect([...first.revisions, ...next.revisions]).toEqual(revisions)
    expect(next.nextPageToken).toBe('')
    const newest = await operator.getRevision({ number: 0 })
    expect(newest.revision).toEqual(done.revision)
    expect(newest.instruments.at(-1)).toEqual({ ...notice2027, region: 'CN' })
    await expect(operator.getRevision({ number: 3 })).rejects.toMatchObject({
      reason: 'REVISION_UNKNOWN',
    })
  })

  test('does not change what was known before: as published, and as recorded', async () => {
    house = await openDirectoryHouse()
    const operator = await house.calendar()
    house.clock.turnTo(NOW)
    await twoImport(notice2027)
    const received = '2026-12-28T10:00+08:00'
    const ends = async (change: Partial<CalendarView>) => {
      const { deadline } = await operator.addWorkingDays(period(received, 3, change))
      const { lastDay, calendarRevision, awaitsNoticeOf } = deadline!
      return { lastDay, calendarRevision, awaitsNoticeOf }
    }
    const before = { lastDay: '2026-12-31', awaitsNoticeOf: 2027 }
    expect(await ends({})).toEqual({
      ...{ lastDay: '2027-01-04', calendarRevision: 2, awaitsNoticeOf: 0 },
    })
    expect(await ends({ publishedBy: '2026-11-09' })).toEqual({ ...before, calendarRevision: 2 })
    expect(await ends({ recordedBy: timestampOf(NOW - 1) })).toEqual({
      ...{ ...before, calendarRevision: 1 },
    })
  })

  test.each<[string, Partial<Instrument>, string, string]>([
    ['no title', { title: '' }, 'FIELD_MISSING', 'title'],
    [
      'a weekday made up for',
      { days: [{ date: '2027-01-04', operation: DayOperation.WORK, name: '元旦' }] },
      'CALENDAR_MAKE_UP_WEEKDAY',
      'days[0].date',
    ],
    [
      'a date without an operation',
      { days: [{ date: '2027-01-04', operation: DayOperation.UNSPECIFIED, name: '元旦' }] },
      'FIELD_MISSING',
      'days[0].operation',
    ],
    [
      'what is no date',
      { days: [{ date: '2027-02-30', operation: DayOperation.OFF, name: '元旦' }] },
      'DATE_MALFORMED',
      'days[0].date',
    ],
    ['what is no date of signature', { issuedOn: 'soon' }, 'DATE_MALFORMED', 'issued_on'],
    ['no date at all', { issuedOn: '', publishedOn: '' }, 'CALENDAR_FORM', 'published_on'],
  ])('with %s is refused with its field, shown or confirmed', async (_, change, reason, field) => {
    house = await openDirectoryHouse()
    const operator = await house.calendar()
    const instrument = { ...notice2027, ...change }
    for (const confirm of [false, true])
      await expect(
        operator.importNotice({ requestId: 'n-1', instrument, confirm }),
      ).rejects.toMatchObject({ reason, field: `instrument.${field}` })
    expect((await house.told()).map(({ kind }) => kind)).toEqual(['CalendarRevised'])
  })

  test('is imported by operators only', async () => {
    house = await openDirectoryHouse()
    const agency = await house.calendar(AN_AGENCY)
    await expect(
      agency.importNotice({ requestId: 'n-1', instrument: notice2027, confirm: false }),
    ).rejects.toMatchObject({ status: 'PERMISSION_DENIED' })
  })

  test('of next year is looked out for: a warning from 1 December, an alarm from 20 December', async () => {
    house = await openDirectoryHouse({ now: parseInstant('2026-11-30T12:00+08:00') })
    const { clock, hosted, lines, measured } = house
    const at = async (text: string) => {
      clock.turnTo(parseInstant(text))
      await hosted().settle()
      return [hosted().notice()?.level, measured.at(-1)]
    }
    expect(await at('2026-11-30T23:59:59+08:00')).toEqual(['none', 0])
    expect(lines).toEqual([])
    expect(await at('2026-12-01T00:00+08:00')).toEqual(['warning', 1])
    expect(await at('2026-12-19T23:59+08:00')).toEqual(['warning', 1])
    expect(await at('2026-12-20T00:00+08:00')).toEqual(['alarm', 2])
    expect(lines.map(({ msg, year, state }) => [msg, year, state])).toEqual([
      ['no notice of next year yet', 2027, 'warning'],
      ['no notice of next year yet', 2027, 'warning'], // 19 December: once on each day it was looked
      ['no notice of next year yet', 2027, 'alarm'],
    ])
    await hosted().settle()
    expect(lines).toHaveLength(3)

    await twoImport(notice2027)
    expect(await at('2026-12-20T00:00:01+08:00')).toEqual(['none', 0])
    expect(lines).toHaveLength(3)
  })
})

describe('a story in another year', () => {
  test('begins with the calendar as it was published by then', async () => {
    house = await openDirectoryHouse({
      now: parseInstant('2020-01-20T09:00+08:00'),
      calendarAsPublishedBy: '2020-01-20',
    })
    const operator = await house.calendar()
    const { instruments } = await operator.getRevision({ number: 0 })
    expect(instruments.length).toBeGreaterThan(10)
    expect(instruments.every((one) => (one.publishedOn || one.issuedOn) <= '2020-01-20')).toBe(true)
    const before = await operator.addWorkingDays(period('2020-01-23T10:00+08:00', 5))
    expect(before.deadline?.lastDay).toBe('2020-02-05') // 31 January and 1 February still worked
    const later = await operator.addWorkingDays(period('2021-06-01T10:00+08:00'))
    expect(later.deadline?.provisional).toBe(true) // by the statute alone: its notice came in November
  })
})
