// The calendar as it was known, and the traps in it: amendments published while periods ran, year ends
// that the next year's notice sets, years without a notice, regions with days of their own.
import { describe, expect, test } from 'vitest'
import { calendars, instrument, instruments } from './official-calendar.fixture.js'
import {
  BY_LAW,
  compile,
  countWorkingDays,
  dayInfo,
  dayOfDate,
  deadlineOf,
} from './working-days.js'
import { explain, formatInstant, nextWorkingDay, parseInstant, recompute } from './working-days.js'
import { dateOf, deadlineInstant, yearState, type CalendarView } from './working-days.js'

const at = parseInstant
const end = (receivedAt: string, n: number, view?: CalendarView) =>
  deadlineOf(calendars(view), at(receivedAt), n)
const on = (date: string, view?: CalendarView) => dayInfo(calendars(view), dayOfDate(date))
const reasonOf = (act: () => unknown) => {
  try {
    act()
  } catch (refusal) {
    return refusal
  }
  return undefined
}

describe('an amendment', () => {
  test.each([
    ['2015-09-03', '2015-05-12', true, '2015-05-13', false, '国发明电〔2015〕1号'],
    ['2015-09-06', '2015-05-12', false, '2015-05-13', true, '国发明电〔2015〕1号'],
    ['2019-05-02', '2019-03-21', true, '2019-03-22', false, '国办发明电〔2019〕3号'],
    ['2019-04-28', '2019-03-21', false, '2019-03-22', true, '国办发明电〔2019〕3号'],
    ['2020-01-31', '2020-01-26', true, '2020-01-27', false, '国办发明电〔2020〕1号'],
    ['2020-02-01', '2020-01-26', true, '2020-01-27', false, '国办发明电〔2020〕1号'],
    ['2018-12-29', '2018-12-05', false, '2018-12-06', true, '国办发明电〔2018〕15号'],
    ['2018-12-31', '2018-12-05', true, '2018-12-06', false, '国办发明电〔2018〕15号'],
    ['2005-12-31', '2005-12-21', false, '2005-12-22', true, '国办发明电〔2005〕35号'],
    ['2007-12-31', '2007-12-17', true, '2007-12-18', false, '国办发明电〔2007〕52号'],
    ['2022-12-31', '2022-12-07', false, '2022-12-08', false, '国办发明电〔2022〕16号'],
  ])('%s as known on %s and on the day of publication', (date, day, was, published, is, by) => {
    expect(on(date, { publishedBy: day }).working).toBe(was)
    expect(on(date, { publishedBy: published })).toMatchObject({ working: is, instrument: by })
    expect(on(date).working).toBe(is)
  })

  test('of January 2020 puts the worked Saturday back for whoever asks as of the 26th', () => {
    const before = on('2020-02-01', { publishedBy: '2020-01-26' })
    expect(before).toMatchObject({ kind: 'make-up', instrument: '国办发明电〔2019〕16号' })
    expect(on('2020-02-01')).toMatchObject({ kind: 'holiday', instrument: '国办发明电〔2020〕1号' })
    expect(on('2020-02-03')).toMatchObject({ kind: 'weekday', instrument: null })
  })

  test('that lengthens a running period moves it, and one that would shorten it does not', () => {
    const told = (receivedAt: string, n: number, publishedBy: string) => ({
      id: receivedAt,
      receivedAt: at(receivedAt),
      n,
      counting: BY_LAW,
      told: end(receivedAt, n, { publishedBy }).deadline,
    })
    const spring = told('2020-01-20T08:00+08:00', 5, '2020-01-26')
    const may = told('2019-04-26T08:00+08:00', 3, '2019-03-21')
    const june = told('2019-06-03T08:00+08:00', 2, '2019-03-21')
    const seen = recompute([spring, may, june], () => calendars())
    expect(
      seen.map(({ change, told, computed, kept }) => [
        change,
        ...[told, computed.deadline, kept].map(formatInstant),
      ]),
    ).toEqual([
      ['later', '2020-02-01T16:00:00Z', '2020-02-04T16:00:00Z', '2020-02-04T16:00:00Z'],
      ['shorter', '2019-05-02T16:00:00Z', '2019-04-30T16:00:00Z', '2019-05-02T16:00:00Z'],
      ['same', '2019-06-05T16:00:00Z', '2019-06-05T16:00:00Z', '2019-06-05T16:00:00Z'],
    ])
  })

  test('is named behind the answer, with the notice of its year', () => {
    expect(end('2020-01-20T08:00+08:00', 5).instruments).toEqual([
      '国办发明电〔2019〕16号',
      '国办发明电〔2020〕1号',
    ])
    expect(end('2020-01-20T08:00+08:00', 5, { publishedBy: '2020-01-26' }).instruments).toEqual([
      '国办发明电〔2019〕16号',
    ])
  })
})

describe('a year', () => {
  test('is notified from the publication of its notice, provisional before, absent without either', () => {
    const state = (year: number, publishedBy: string) => yearState(calendars({ publishedBy }), year)
    expect(state(2026, '2025-11-03')).toBe('provisional')
    expect(state(2026, '2025-11-04')).toBe('notified')
    expect(state(2025, '2024-11-11')).toBe('absent') // the statute that gives its days was not public
    expect(state(2027, '2026-10-01')).toBe('provisional')
    expect(yearState(calendars(), 2028)).toBe('absent')
    expect(yearState(calendars(), 2003)).toBe('absent')
  })

  test('that is absent is refused by name, however it is asked', () => {
    const calendar = calendars()
    const asks: [number, () => unknown][] = [
      [2028, () => end('2027-12-31T10:00+08:00', 1)],
      [2028, () => end('2026-12-01T10:00+08:00', 400)],
      [2028, () => deadlineInstant(calendar, at('2027-12-31T10:00+08:00'), 1)],
      [2003, () => end('2003-12-01T10:00+08:00', 5)],
      [2003, () => on('2003-12-31')],
      [2028, () => countWorkingDays(calendar, dayOfDate('2027-06-01'), dayOfDate('2028-01-01'))],
      [2028, () => nextWorkingDay(calendar, dayOfDate('2027-12-31'))],
      [2004, () => end('2004-03-01T10:00+08:00', 1, { publishedBy: '1999-01-01' })],
    ]
    for (const [year, ask] of asks)
      expect(reasonOf(ask), String(ask)).toMatchObject({
        kind: 'malformed',
        reason: 'CALENDAR_YEAR_ABSENT',
        params: { year },
      })
  })

  test('missing between two others is not stepped over', () => {
    const gap = instruments.filter(({ notifies, provides }) =>
      [...notifies, ...provides].every((year) => year !== 2010),
    )
    const calendar = compile(gap)
    for (const act of [deadlineInstant, deadlineOf])
      expect(reasonOf(() => act(calendar, at('2009-12-30T10:00+08:00'), 5))).toMatchObject({
        params: { year: 2010 },
      })
    expect(deadlineInstant(calendar, at('2011-06-01T10:00+08:00'), 5)).toBe(
      end('2011-06-01T10:00+08:00', 5).deadline,
    )
  })

  test('before the first is not touched by a receipt on its last day', () => {
    const told = explain(calendars(), at('2003-12-31T10:00+08:00'), 2)
    expect(told.map(({ date, part }) => `${date} ${part}`)).toEqual([
      '2003-12-31 receipt',
      '2004-01-01 day-off',
      '2004-01-02 counted',
      '2004-01-03 day-off',
      '2004-01-04 day-off',
      '2004-01-05 counted',
    ])
  })

  test('without a notice marks what touches it, and its statutory days are off', () => {
    expect(end('2026-12-31T10:00+08:00', 1)).toMatchObject({
      ...{ lastDay: '2027-01-04', provisional: true, provisionalYears: [2027] },
      awaitsNotice: null, // 29 to 31 December are not in the period
      instruments: ['全国年节及纪念日放假办法（2024年11月10日修订）第二条'],
    })
    const known = { publishedBy: '2018-12-05' }
    expect(end('2018-12-31T10:00+08:00', 1, known)).toMatchObject({
      ...{ lastDay: '2019-01-02', provisional: true, provisionalYears: [2019] },
    })
    expect(end('2018-12-31T10:00+08:00', 1)).toMatchObject({ provisional: false })
  })

  test('gives way to its notice when that comes: nothing of the bare statute stays', () => {
    const notice = { ...instrument('国办发明电〔2025〕7号'), number: '国办发明电〔2026〕9号' }
    const operations = [{ date: '2027-01-01', op: 'off', name: '元旦' }] as const
    const later = { ...notice, issuedOn: '2026-11-05', publishedOn: '2026-11-05', operations }
    const calendar = compile([...instruments, { ...later, notifies: [2027] }])
    expect(yearState(calendar, 2027)).toBe('notified')
    expect(dayInfo(calendar, dayOfDate('2027-10-01')).kind).toBe('weekday')
    expect(deadlineOf(calendar, at('2026-12-28T09:00+08:00'), 5)).toMatchObject({
      ...{ provisional: false, awaitsNotice: null, lastDay: '2027-01-05' },
    })
  })
})

describe('29 to 31 December', () => {
  test.each([
    ['a period that ends on the 28th does not touch them', '2026-12-21T10:00+08:00', 5, null],
    ['one that ends on the 29th does', '2026-12-22T10:00+08:00', 5, 2027],
    ['a receipt on the 31st itself is not counted', '2026-12-31T10:00+08:00', 1, null],
    ['years whose successor is notified are settled', '2025-12-22T10:00+08:00', 10, null],
  ])('%s', (_, receivedAt, n, expected) => {
    expect(end(receivedAt, n).awaitsNotice).toBe(expected)
  })
  test('wait for the notice even where the period is not provisional', () => {
    const waiting = end('2018-12-26T08:00+08:00', 3, { publishedBy: '2018-12-05' })
    expect(waiting).toMatchObject({ lastDay: '2018-12-31', provisional: false, awaitsNotice: 2019 })
    const settled = end('2018-12-26T08:00+08:00', 3, { publishedBy: '2018-12-06' })
    expect(settled).toMatchObject({ lastDay: '2018-12-29', awaitsNotice: null })
  })
})

describe('the traps', () => {
  test('16:00Z is the next Beijing day', () => {
    expect(end('2026-08-03T15:59:59.999Z', 5).receivedOn).toBe('2026-08-03')
    expect(end('2026-08-03T16:00:00.000Z', 5).receivedOn).toBe('2026-08-04')
  })
  test('a deadline may be a Saturday', () => {
    const { lastDay, deadline } = end('2026-09-28T10:00+08:00', 5)
    expect([lastDay, formatInstant(deadline)]).toEqual(['2026-10-10', '2026-10-10T16:00:00Z'])
  })
  test.each(['2024-02-09', '2024-03-08', '2026-05-06', '2026-06-01', '2021-05-31', '2022-05-05'])(
    '%s is a plain weekday: festivals for some are not days off for all',
    (date) => expect(on(date)).toMatchObject({ kind: 'weekday', working: true, instrument: null }),
  )
  test('nine days off in 2026 are not too far to look', () => {
    const day = nextWorkingDay(calendars(), dayOfDate('2026-02-14'))
    expect(dateOf(day)).toBe('2026-02-24')
  })
  test.each([
    ['2005-12-31', true],
    ['2013-04-07', true],
    ['2013-10-12', true],
    ['2011-12-31', true],
    ['2007-12-29', true],
    ['2007-12-31', false],
    ['2015-09-04', false],
  ])(
    '%s, on which public libraries differ, follows the sentence of the notice',
    (date, working) => {
      expect(on(date).working).toBe(working)
    },
  )
})

describe('a region', () => {
  const gx = { region: 'CN-GX' }
  test('cancels a national make-up day and sets its own', () => {
    expect(on('2017-04-01')).toMatchObject({ kind: 'make-up', working: true })
    expect(on('2017-04-01', gx)).toMatchObject({ kind: 'holiday', name: '壮族三月三' })
    expect(on('2017-04-08', gx)).toMatchObject({ kind: 'make-up', working: true })
    expect(on('2017-04-08').working).toBe(false)
  })
  test('leaves every other date to the country', () => {
    expect(on('2017-10-02', gx)).toEqual(on('2017-10-02'))
    expect(end('2017-09-29T12:00+08:00', 3, gx)).toMatchObject({ lastDay: '2017-10-10' })
  })
  test('is reached from its counties and prefectures by their codes', () => {
    for (const region of ['450100', '450102', 'CN-450000', 'GX'])
      expect(on('2017-03-30', { region }).name).toBe('壮族三月三')
    expect(on('2011-10-08', { region: '513401' }).kind).toBe('holiday')
    expect(on('2011-10-08', { region: '513300' }).kind).toBe('make-up')
  })
  test('speaks nearest first: a county over its prefecture, and a prefecture over the province', () => {
    const local = (region: string, op: 'off' | 'work') => ({
      ...instrument('国办发明电〔2019〕3号'),
      ...{ number: null, title: `${region} ${op}`, region },
      operations: [{ date: '2026-08-08', op, name: '' }] as const,
    })
    const layers = [local('CN-GD', 'work'), local('CN-441800', 'off'), local('CN-441826', 'work')]
    const day = (region: string) =>
      dayInfo(compile([...instruments, ...layers], { region }), dayOfDate('2026-08-08')).kind
    expect(['CN', '440100', '441800', '441825', '441826'].map(day)).toEqual([
      ...['weekend', 'make-up', 'holiday', 'holiday', 'make-up'],
    ])
  })
  test('announced three weeks before is not known earlier', () => {
    const known = (publishedBy: string) => on('2024-04-11', { ...gx, publishedBy }).working
    expect([known('2024-03-21'), known('2024-03-22')]).toEqual([true, false])
  })
  test('that is none is refused', () => {
    for (const region of ['XX', 'CN-XX', '44180', '990000', 'cn', '441826 '])
      expect(reasonOf(() => calendars({ region }))).toMatchObject({ reason: 'REGION_UNKNOWN' })
  })
})
