// How to count is data: 民法典 201, 203 and 204.
import { describe, expect, test } from 'vitest'
import { calendars } from './official-calendar.fixture.js'
import { BY_LAW, dateOf, dayOfDate, deadlineInstant, deadlineOf, explain } from './working-days.js'
import { describeDay, formatInstant, instantAt, noticeAlarm, parseInstant } from './working-days.js'
import { compile, remaining, workingDaysBefore, type Counting } from './working-days.js'

const at = parseInstant
const end = (receivedAt: string, n: number, by: Partial<Counting> = {}) => {
  const { lastDay, deadline, counted } = deadlineOf(calendars(), at(receivedAt), n, {
    ...BY_LAW,
    ...by,
  })
  return [lastDay, formatInstant(deadline), counted.length]
}

describe('the day of receipt', () => {
  test.each<[string, Partial<Counting>, string, number, string]>([
    ['does not count by law', {}, '2026-06-01T09:30+08:00', 5, '2026-06-08'],
    [
      'counts where a rule says so',
      { dayZero: 'included' },
      '2026-06-01T09:30+08:00',
      5,
      '2026-06-05',
    ],
    ['a rest day never counts', { dayZero: 'included' }, '2026-07-18T11:00+08:00', 5, '2026-07-24'],
    [
      'a receipt on a Saturday is of Monday where a rule says so',
      { receiptOnRestDay: 'next_working_day' },
      '2026-07-18T11:00+08:00',
      5,
      '2026-07-27',
    ],
    [
      'a make-up Saturday is no rest day',
      { receiptOnRestDay: 'next_working_day' },
      '2026-10-10T11:00+08:00',
      1,
      '2026-10-12',
    ],
    [
      'deemed of the next working day and counted',
      { receiptOnRestDay: 'next_working_day', dayZero: 'included' },
      '2026-10-05T11:00+08:00',
      1,
      '2026-10-08',
    ],
  ])('%s', (_, by, receivedAt, n, lastDay) => {
    expect(end(receivedAt, n, by)[0]).toBe(lastDay)
  })
})

describe('calendar days', () => {
  const by = { unit: 'calendar_day' } as const
  test.each([
    ['end on a weekday as they fall', '2026-06-01T09:30+08:00', 7, '2026-06-08'],
    ['roll over a weekend to Monday', '2026-06-01T09:30+08:00', 5, '2026-06-08'],
    ['roll over the whole holiday', '2026-09-26T09:30+08:00', 5, '2026-10-08'],
    ['do not roll off a worked Saturday', '2026-10-05T09:30+08:00', 5, '2026-10-10'],
  ])('%s', (_, receivedAt, n, lastDay) => {
    const [last, , counted] = end(receivedAt, n, by)
    expect([last, counted]).toEqual([lastDay, n])
  })
  test('say which days they rolled over', () => {
    const told = explain(calendars(), at('2026-06-02T09:30+08:00'), 4, { ...BY_LAW, ...by })
    expect(told.map(({ date, part, ordinal }) => [date, part, ordinal])).toEqual([
      ['2026-06-02', 'receipt', null],
      ['2026-06-03', 'counted', 1],
      ['2026-06-04', 'counted', 2],
      ['2026-06-05', 'counted', 3],
      ['2026-06-06', 'counted', 4],
      ['2026-06-07', 'rolled-over', null],
      ['2026-06-08', 'end', null],
    ])
  })
})

describe('the end of the last day', () => {
  test('is 24:00, or the close of the office', () => {
    expect(end('2026-06-01T09:30+08:00', 5)[1]).toBe('2026-06-08T16:00:00Z')
    expect(end('2026-06-01T09:30+08:00', 5, { end: '17:30' })[1]).toBe('2026-06-08T09:30:00Z')
  })
  test.each(['25:00', '24:01', '9:00', '', 'noon'])('“%s” is no time of day', (time) => {
    expect(() => end('2026-06-01T09:30+08:00', 5, { end: time })).toThrow('TIME_MALFORMED')
  })
})

describe('a length', () => {
  test.each([0, -1, 1.5, NaN, Infinity, 1001])('of %s days is refused', (n) => {
    const receivedAt = at('2026-06-01T09:30+08:00')
    expect(() => deadlineOf(calendars(), receivedAt, n)).toThrow('PERIOD_LENGTH')
    expect(() => deadlineInstant(calendars(), receivedAt, n)).toThrow('PERIOD_LENGTH')
  })
  test('is counted from an instant only', () => {
    for (const receivedAt of [NaN, -1, 1.5, Infinity, 9e15])
      for (const act of [deadlineOf, deadlineInstant])
        expect(() => act(calendars(), receivedAt, 5), String(receivedAt)).toThrow(
          'INSTANT_MALFORMED',
        )
  })
})

describe('what is left', () => {
  const deadline = at('2026-10-11T00:00+08:00')
  test.each([
    ['2026-09-28T10:00+08:00', 5],
    ['2026-10-07T10:00+08:00', 3],
    ['2026-10-09T23:59+08:00', 1],
    ['2026-10-10T23:59+08:00', 0],
  ])('at %s is %i working days', (now, workingDays) => {
    const left = remaining(calendars(), at(now), deadline)
    expect(left).toEqual({ milliseconds: deadline - at(now), workingDays, passed: false })
  })
  test('is nothing from the deadline on', () => {
    expect(remaining(calendars(), deadline, deadline)).toEqual({
      ...{ milliseconds: 0, workingDays: 0, passed: true },
    })
  })
  test('reminders fall on the working days before the last, at the hour of the pack', () => {
    const last = dayOfDate('2026-10-10')
    const reminders = [2, 1].map((k) => workingDaysBefore(calendars(), last, k))
    expect(reminders.map(dateOf)).toEqual(['2026-10-08', '2026-10-09'])
    expect(reminders.map((day) => formatInstant(instantAt(day, '09:00')))).toEqual([
      '2026-10-08T01:00:00Z',
      '2026-10-09T01:00:00Z',
    ])
  })
})

describe('next year’s notice', () => {
  test.each([
    ['2026-11-30T23:59:59+08:00', 'none', 2027],
    ['2026-12-01T00:00:00+08:00', 'warning', 2027],
    ['2026-12-19T23:59:59+08:00', 'warning', 2027],
    ['2026-12-20T00:00:00+08:00', 'alarm', 2027],
    ['2027-01-01T00:00:00+08:00', 'alarm', 2027],
    ['2025-12-31T00:00:00+08:00', 'none', 2026],
  ] as const)('is looked for: at %s the level is %s', (now, level, year) => {
    expect(noticeAlarm(at(now), calendars())).toEqual({ level, year })
  })
  test('is missed at once where there is no calendar at all', () => {
    expect(noticeAlarm(at('2026-03-01T00:00+08:00'), compile([])).level).toBe('alarm')
  })
})

test('a day is told in words, with its notice', () => {
  const told = explain(calendars(), at('2026-09-28T10:00+08:00'), 5)
  expect([told[0], told[3], told.at(-1)].map((day) => day && describeDay(day, 'zh'))).toEqual([
    '2026-09-28 周一  收到之日，不计入  工作日',
    '2026-10-01 周四  不计入  放假（国庆节，国办发明电〔2025〕7号）',
    '2026-10-10 周六  第5日  调休上班（国庆节，国办发明电〔2025〕7号）',
  ])
  const last = told.at(-1)
  expect(last && describeDay(last, 'en')).toBe(
    '2026-10-10 Sat  day 5  worked weekend (国庆节, 国办发明电〔2025〕7号)',
  )
})
