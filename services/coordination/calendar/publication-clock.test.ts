// The second clock (政府信息公开条例 2019 art. 26, 33), in stories of 2026 and in properties over the
// official calendar.
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { calendars } from '../../../shared/working-days/official-calendar.fixture.js'
import {
  addWorkingDays,
  dateOf,
  dayIn,
  dayOfDate,
  endOfDay,
  isWorkingDay,
  startOfDay,
  type Calendar,
  type Day,
} from '../../../shared/working-days/working-days.js'
import {
  lastDayOf,
  publicationClock,
  type Asked,
  type ClockCommand,
  type Interval,
} from './publication-clock.js'

const calendar: Calendar = calendars({ region: '441800' })
const d = (date: string): Day => dayOfDate(date)
const noonOf = (date: string): number => startOfDay(d(date)) + 12 * 3_600_000

const clock = (change: Partial<ClockCommand> = {}) =>
  publicationClock({
    calendar,
    from: d('2026-03-02'),
    within: 20,
    consultationExcluded: false,
    asked: [],
    now: noonOf('2026-03-03'),
    ended: false,
    ...change,
  })
const open = (askedOn: string, latest: string): Asked => ({
  askedOn: d(askedOn),
  latest: d(latest),
})
const done = (askedOn: string, endedOn: string): Asked => ({
  askedOn: d(askedOn),
  endedOn: d(endedOn),
})

describe('active disclosure', () => {
  test('counts twenty working days after the day of forming', () => {
    expect(clock()).toMatchObject({
      lastDay: '2026-03-30',
      dueAt: endOfDay(d('2026-03-30')),
      excludedDays: 0,
      overdue: false,
    })
  })
  test('runs through the consultation', () => {
    const asked = [done('2026-03-03', '2026-03-10')]
    expect(clock({ asked })).toMatchObject({ lastDay: '2026-03-30', excludedDays: 0 })
  })
  test.each([
    ['that ends on its last day fits', '2026-03-30', false],
    ['that ends the day after cannot fit, and says so on day one', '2026-03-31', true],
  ])('a consultation %s', (_, latest, cannotFit) => {
    expect(clock({ asked: [open('2026-03-03', latest)] }).cannotFit).toBe(cannotFit)
  })
  test('what has been answered in time fits, however long the period was', () => {
    expect(clock({ asked: [done('2026-03-03', '2026-03-04')] }).cannotFit).toBe(false)
  })
  test.each([
    ['until the end of its last day it is not overdue', endOfDay(d('2026-03-30')) - 1, false],
    ['from then on it is', endOfDay(d('2026-03-30')), true],
  ])('%s', (_, now, overdue) => {
    expect(clock({ now }).overdue).toBe(overdue)
  })
  test('what is published or withdrawn is not overdue and warns no more', () => {
    const asked = [open('2026-03-03', '2026-06-01')]
    expect(clock({ ended: true, asked, now: noonOf('2026-05-06') })).toMatchObject({
      overdue: false,
      cannotFit: false,
    })
  })
})

describe('on application', () => {
  const applied = (asked: readonly Asked[], now = '2026-03-31') =>
    clock({ consultationExcluded: true, asked, now: noonOf(now) })

  test('the day of asking still counts, the day of the answer does not', () => {
    // Asked on Monday the 9th, answered on Wednesday the 11th: Tuesday and Wednesday.
    expect(applied([done('2026-03-09', '2026-03-11')])).toMatchObject({
      excludedDays: 2,
      lastDay: '2026-04-01',
    })
  })
  test('two consultations at once take their time once', () => {
    const both = [done('2026-03-09', '2026-03-11'), done('2026-03-10', '2026-03-12')]
    expect(applied(both).excludedDays).toBe(3)
  })
  test('days off within a consultation were never counted', () => {
    expect(applied([done('2026-03-13', '2026-03-16')]).excludedDays).toBe(1)
  })
  test('an open consultation takes its time until today', () => {
    const asked = [open('2026-03-09', '2026-03-16')]
    expect(applied(asked, '2026-03-11').excludedDays).toBe(2)
    expect(applied(asked, '2026-03-12').excludedDays).toBe(3)
  })
  test('an open consultation fits as long as the clock had not run out before it', () => {
    expect(applied([open('2026-03-09', '2026-06-01')], '2026-03-10').cannotFit).toBe(false)
    expect(applied([open('2026-04-01', '2026-04-10')], '2026-04-01').cannotFit).toBe(true)
  })
})

describe('whatever the consultations', () => {
  const FIRST = dayIn(2010)
  const day = fc.integer({ min: FIRST, max: dayIn(2025) })
  const within = fc.integer({ min: 1, max: 40 })
  /** Intervals around the start. */
  const intervals = (from: Day): fc.Arbitrary<Interval[]> =>
    fc.array(
      fc
        .record({
          begins: fc.integer({ min: -20, max: 60 }),
          takes: fc.integer({ min: 0, max: 30 }),
        })
        .map(({ begins, takes }) => ({ after: from + begins, to: from + begins + takes })),
      { maxLength: 5 },
    )
  const cases = fc
    .tuple(day, within)
    .chain(([from, n]) => fc.tuple(fc.constant(from), fc.constant(n), intervals(from)))

  /** The working days of a stretch, said another way: a set of dates. */
  const unionOf = (all: readonly Interval[], after: Day, to: Day): Set<string> => {
    const days = new Set<string>()
    for (const interval of all)
      for (let one = interval.after + 1; one <= interval.to; one++)
        if (after < one && one <= to && isWorkingDay(calendar, one)) days.add(dateOf(one))
    return days
  }

  test('the days that count are as many as the rule gives, and the rest is the union', () => {
    fc.assert(
      fc.property(cases, ([from, n, all]) => {
        const { day: last, excluded } = lastDayOf(calendar, from, n, all)
        const union = unionOf(all, from, last)
        expect(excluded).toBe(union.size)
        expect(last).toBe(addWorkingDays(calendar, from, n + union.size))
        expect(isWorkingDay(calendar, last)).toBe(true)
        expect(union.has(dateOf(last))).toBe(false)
      }),
    )
  })
  test('without any, it is the plain period', () => {
    fc.assert(
      fc.property(day, within, (from, n) => {
        const { day: last, excluded } = lastDayOf(calendar, from, n, [])
        expect([last, excluded]).toEqual([addWorkingDays(calendar, from, n), 0])
      }),
    )
  })
  test('one more never brings the last day forward, and a repetition changes nothing', () => {
    fc.assert(
      fc.property(cases, ([from, n, all]) => {
        const whole = lastDayOf(calendar, from, n, all)
        expect(whole.day).toBeGreaterThanOrEqual(lastDayOf(calendar, from, n, all.slice(1)).day)
        expect(lastDayOf(calendar, from, n, [...all, ...all])).toEqual(whole)
        expect(lastDayOf(calendar, from, n, [...all].reverse())).toEqual(whole)
      }),
    )
  })
  test('cutting an interval in two changes nothing', () => {
    fc.assert(
      fc.property(cases, fc.nat(30), ([from, n, all], cut) => {
        const pieces = all.flatMap(({ after, to }): Interval[] => {
          const middle = Math.min(after + cut, to)
          return [
            { after, to: middle },
            { after: middle, to },
          ]
        })
        expect(lastDayOf(calendar, from, n, pieces)).toEqual(lastDayOf(calendar, from, n, all))
      }),
    )
  })
})
