// The integer tables against luxon: another implementation of the same rules, written here on luxon's
// calendar arithmetic and the raw lists of the year files, day by day.
import { DateTime } from 'luxon'
import { describe, expect, test } from 'vitest'
import { calendars, off, work } from './official-calendar.fixture.js'
import { dateOf, dayInfo, dayOf, dayOfDate, deadlineInstant, deadlineOf } from './working-days.js'
import { endOfDay, startOfDay } from './working-days.js'
import { offsetReader, stretchesOf } from './shanghai.js'

const zone = 'Asia/Shanghai'
const iso = (at: DateTime): string => at.toFormat('yyyy-MM-dd')
const works = (at: DateTime): boolean => work.has(iso(at)) || (at.weekday <= 5 && !off.has(iso(at)))

function luxonDeadline(receivedAt: number, n: number): { at: number; counted: string[] } {
  let day = DateTime.fromMillis(receivedAt, { zone }).startOf('day')
  const counted: string[] = []
  while (counted.length < n) {
    day = day.plus({ days: 1 })
    if (works(day)) counted.push(iso(day))
  }
  return { at: day.plus({ days: 1 }).startOf('day').toMillis(), counted }
}

/** Each day from one year up to, but not including, another. */
function* daysOf(from: number, to: number): Generator<DateTime> {
  for (let at = DateTime.local(from, 1, 1, { zone }); at.year < to; at = at.plus({ days: 1 }))
    yield at
}

describe('the tables agree with luxon', () => {
  test('on what every day of 2004 to 2026 is', () => {
    let days = 0
    for (const at of daysOf(2004, 2027)) {
      const date = iso(at)
      const info = dayInfo(calendars(), dayOfDate(date))
      const listed = off.get(date) ?? work.get(date)
      const expected = { working: works(at), weekday: at.weekday, name: listed?.name ?? null }
      expect(info, date).toMatchObject({ ...expected, instrument: listed?.by ?? null })
      days++
    }
    expect(days).toBe(8401)
  })

  test('on the deadline of five working days from every day of 2004 to 2025', () => {
    let days = 0
    for (const at of daysOf(2004, 2026)) {
      const received = at.plus({ hours: days % 24, minutes: days % 60 }).toMillis()
      const expected = luxonDeadline(received, 5)
      const full = deadlineOf(calendars(), received, 5)
      expect(deadlineInstant(calendars(), received, 5), iso(at)).toBe(expected.at)
      expect({ at: full.deadline, counted: full.counted }, iso(at)).toEqual(expected)
      days++
    }
    expect(days).toBe(8036)
  })

  test('on the deadline of 1 to 20 working days from every seventh day', () => {
    let day = 0
    for (const at of daysOf(2004, 2026)) {
      if (day++ % 7 !== 0) continue
      const n = (day % 20) + 1
      const received = at.endOf('day').toMillis()
      expect(deadlineInstant(calendars(), received, n), iso(at)).toBe(luxonDeadline(received, n).at)
    }
  })

  test('on the bounds of every Beijing day of 1970 to 2040, summer time of 1986 to 1991 included', () => {
    for (const at of daysOf(1970, 2041)) {
      const [start, end] = [at.startOf('day').toMillis(), at.endOf('day').toMillis()]
      const day = dayOfDate(iso(at))
      const seen = [startOfDay(day), endOfDay(day), dayOf(Math.max(start, 0)), dayOf(end)]
      expect(seen, iso(at)).toEqual([start, end + 1, day, day])
      expect(dateOf(day)).toBe(iso(at))
    }
    const summer = DateTime.fromISO('1990-07-01T00:30:00+09:00')
    expect(dateOf(dayOf(summer.toMillis()))).toBe('1990-07-01')
    expect(dateOf(dayOf(summer.toMillis() - 3_600_000))).toBe('1990-06-30')
  })

  test('and a zone that is not +08:00 throughout from 2004 on stops the process', () => {
    expect(() => stretchesOf(offsetReader('Asia/Shanghai'))).not.toThrow()
    expect(() => stretchesOf(offsetReader('Europe/Berlin'))).toThrow(/not \+08:00/)
    expect(() => stretchesOf(offsetReader('Asia/Seoul'))).toThrow(/not \+08:00/)
  })
})
