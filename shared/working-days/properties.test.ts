// What must hold of every count, whatever the receipt, the length and the calendar.
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { calendars, instruments } from './official-calendar.fixture.js'
import { addWorkingDays, BY_LAW, compile, countWorkingDays, dayInfo } from './working-days.js'
import { dateOf, dayIn, dayOf, deadlineInstant, deadlineOf, explain } from './working-days.js'
import { instantAt, isWorkingDay, nextWorkingDay, previousWorkingDay } from './working-days.js'
import { startOfDay, workingDaysBefore, type Counting } from './working-days.js'

const FIRST = dayIn(2004)
const LAST = dayIn(2026, 6, 30)
const day = fc.integer({ min: FIRST, max: LAST })
const later = fc.integer({ min: FIRST + 20, max: LAST }) // so that a working day lies before it
const instant = fc.integer({ min: startOfDay(FIRST), max: startOfDay(LAST) })
const length = fc.integer({ min: 1, max: 60 })
const region = fc.constantFrom('CN', 'CN-GX', 'CN-513400', '441826')
const counting: fc.Arbitrary<Counting> = fc.record({
  unit: fc.constantFrom('working_day', 'calendar_day'),
  dayZero: fc.constantFrom('excluded', 'included'),
  receiptOnRestDay: fc.constantFrom('as_received', 'next_working_day'),
  end: fc.constantFrom('24:00', '17:30', '09:00'),
})

describe('a count of working days', () => {
  test('never ends on a day off, and ends at the end of its last day', () => {
    fc.assert(
      fc.property(instant, length, region, counting, (at, n, where, by) => {
        const calendar = calendars({ region: where })
        const { lastDay, deadline } = deadlineOf(calendar, at, n, by)
        const last = explain(calendar, at, n, by).at(-1)
        expect(last).toMatchObject({ date: lastDay, working: true })
        expect(deadline).toBe(instantAt(dayOf(deadline - 1), by.end))
      }),
    )
  })
  test('grows with its length and with its receipt', () => {
    fc.assert(
      fc.property(instant, instant, length, region, counting, (one, other, n, where, by) => {
        const calendar = calendars({ region: where })
        const [early, late] = one <= other ? [one, other] : [other, one]
        const end = (at: number, days: number) => deadlineOf(calendar, at, days, by).deadline
        expect(end(early, n)).toBeLessThanOrEqual(end(late, n))
        if (by.unit === 'working_day') expect(end(early, n)).toBeLessThan(end(early, n + 1))
        else expect(end(early, n)).toBeLessThanOrEqual(end(early, n + 1))
      }),
    )
  })
  test('is undone by counting between, and adding undoes counting', () => {
    fc.assert(
      fc.property(later, length, region, (from, n, where) => {
        const calendar = calendars({ region: where })
        const to = addWorkingDays(calendar, from, n)
        expect(countWorkingDays(calendar, from, to)).toBe(n)
        expect(countWorkingDays(calendar, from, to - 1)).toBe(n - 1)
        expect(workingDaysBefore(calendar, to, n)).toBe(
          isWorkingDay(calendar, from) ? from : workingDaysBefore(calendar, from + 1, 1),
        )
      }),
    )
  })
  test('is additive: n and then m days are n + m days', () => {
    fc.assert(
      fc.property(day, length, length, (from, n, m) => {
        const calendar = calendars()
        const through = addWorkingDays(calendar, addWorkingDays(calendar, from, n), m)
        expect(through).toBe(addWorkingDays(calendar, from, n + m))
      }),
    )
  })
  test('counts exactly the working days among the days it explains', () => {
    fc.assert(
      fc.property(instant, length, region, (at, n, where) => {
        const calendar = calendars({ region: where })
        const told = explain(calendar, at, n)
        const expected = told.slice(1).filter(({ working }) => working)
        expect(deadlineOf(calendar, at, n).counted).toEqual(expected.map(({ date }) => date))
        expect(expected.length).toBe(n)
      }),
    )
  })
  test('is the same by the short way', () => {
    fc.assert(
      fc.property(instant, length, region, (at, n, where) => {
        const calendar = calendars({ region: where })
        expect(deadlineInstant(calendar, at, n)).toBe(deadlineOf(calendar, at, n, BY_LAW).deadline)
      }),
    )
  })
  test('steps to the next and the previous working day and to no other', () => {
    fc.assert(
      fc.property(later, region, (from, where) => {
        const calendar = calendars({ region: where })
        const [before, after] = [previousWorkingDay(calendar, from), nextWorkingDay(calendar, from)]
        for (let between = before + 1; between < after; between++)
          if (between !== from) expect(isWorkingDay(calendar, between)).toBe(false)
        expect([isWorkingDay(calendar, before), isWorkingDay(calendar, after)]).toEqual([
          true,
          true,
        ])
      }),
    )
  })
})

describe('the fold over instruments', () => {
  test('does not depend on the order in which they are handed over', () => {
    const fact = (calendar = calendars()) =>
      [...calendar.entries].map(([on, { op, name, by }]) => [on, op, name, by.title]).sort()
    fc.assert(
      fc.property(
        fc.shuffledSubarray(instruments, { minLength: instruments.length }),
        (shuffled) => {
          expect(fact(compile(shuffled))).toEqual(fact())
        },
      ),
      { numRuns: 20 },
    )
  })
  test('a layer without entries is the calendar above it', () => {
    fc.assert(
      fc.property(day, fc.constantFrom('441826', '441800', 'CN-GD', '110101'), (on, where) => {
        expect(dayInfo(calendars({ region: where }), on)).toEqual(dayInfo(calendars(), on))
        expect(compile(instruments, { region: where }).entries).toEqual(calendars().entries)
      }),
      { numRuns: 30 },
    )
  })
  test('what is kept for a view is what compiling it gives', () => {
    const date = fc.integer({ min: dayIn(2005), max: dayIn(2026) })
    fc.assert(
      fc.property(date, region, (on, where) => {
        const view = { region: where, publishedBy: dateOf(on) }
        const { select, years, base } = compile(instruments, view)
        const kept = calendars(view)
        expect([kept.base, [...kept.years]]).toEqual([base, [...years]])
        expect(Buffer.compare(Buffer.from(kept.select.buffer), Buffer.from(select.buffer))).toBe(0)
      }),
      { numRuns: 40 },
    )
  })
})
