// The public test vectors: every one of them, as written.
import { describe, expect, test } from 'vitest'
import { calendars, instruments, vectors } from './official-calendar.fixture.js'
import { compile, dayInfo, dayOfDate, deadlineInstant, deadlineOf } from './working-days.js'
import { countWorkingDays, explain, formatInstant, parseInstant } from './working-days.js'

describe('the public vectors', () => {
  test('are all there', () => {
    const { cases, provisionalCases, dayChecks } = vectors
    expect([cases.length, provisionalCases.length, dayChecks.length]).toEqual([69, 3, 40])
  })
  test('find a calendar that knows weekends only, and one that knows no worked weekends', () => {
    const wrong = (keep: (op: string) => boolean) => {
      const calendar = compile(
        instruments.map((one) => ({
          ...one,
          operations: one.operations.filter(({ op }) => keep(op)),
        })),
      )
      return vectors.cases.filter(
        ({ receivedAt, workingDays, lastDay }) =>
          deadlineOf(calendar, parseInstant(receivedAt), workingDays).lastDay !== lastDay,
      ).length
    }
    expect(wrong(() => true)).toBeLessThan(10) // those of a region, and those as of an earlier date
    expect(wrong(() => false)).toBeGreaterThan(40)
    expect(wrong((op) => op === 'off')).toBeGreaterThan(35)
  })
  test.each([...vectors.cases, ...vectors.provisionalCases])(
    '$id $receivedAt + $workingDays',
    (one) => {
      const calendar = calendars({ region: one.region, publishedBy: one.asOf })
      const receivedAt = parseInstant(one.receivedAt)
      const { receivedOn, lastDay, deadline, counted, provisional } = deadlineOf(
        calendar,
        receivedAt,
        one.workingDays,
      )
      expect({
        receivedOn,
        lastDay,
        deadline: formatInstant(deadline),
        counted,
        provisional,
      }).toEqual({
        receivedOn: one.receivedOn,
        lastDay: one.lastDay,
        deadline: one.deadline,
        counted: one.counted,
        provisional: one.provisional ?? false,
      })
      expect(deadlineInstant(calendar, receivedAt, one.workingDays)).toBe(deadline)
      const [from, to] = [dayOfDate(one.receivedOn), dayOfDate(one.lastDay)]
      expect(countWorkingDays(calendar, from, to)).toBe(one.workingDays)
      const told = explain(calendar, receivedAt, one.workingDays)
      expect(told.filter(({ counted }) => counted).map(({ date }) => date)).toEqual(one.counted)
      expect(told[0]?.date).toBe(one.receivedOn)
      expect(told.at(-1)).toMatchObject({ date: one.lastDay, ordinal: one.workingDays })
    },
  )
  test.each(vectors.dayChecks)('$id $date is $kind', ({ date, working, kind, holiday }) => {
    const info = dayInfo(calendars(), dayOfDate(date))
    expect(info).toMatchObject({ date, working, kind, name: holiday ?? null })
    expect(info.instrument === null).toBe(holiday === undefined)
  })
})
