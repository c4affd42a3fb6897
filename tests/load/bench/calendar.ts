// A deadline by the table, and by luxon walking from day to day: how many a second each.
import { DateTime } from 'luxon'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import {
  calendarsOf,
  dateOf,
  deadlineInstant,
  isWorkingDay,
  dayOfDate,
  loadInstruments,
} from '../../../shared/working-days/working-days.js'
import { spreadOf, type Spread } from './measure.js'

const DATA = fileURLToPath(new URL('../../../services/directory/calendar/data/', import.meta.url))
const FROM = Date.parse('2010-01-04T10:00:00+08:00')
const DAY_MS = 86_400_000
const DAYS = 20 * 365 - 1_500 // within the notified years

export function calendarRatio(): { ours: Spread; luxon: Spread; ratio: number } {
  const files = readdirSync(join(DATA, 'cn')).map((name) => ({
    path: `cn/${name}`,
    text: readFileSync(join(DATA, 'cn', name), 'utf8'),
  }))
  const calendar = calendarsOf(loadInstruments(files))()
  const worked = new Set<string>()
  for (let day = dayOfDate('2010-01-01'); day < dayOfDate('2026-12-01'); day++)
    if (isWorkingDay(calendar, day)) worked.add(dateOf(day))
  const byLuxon = (receivedAt: number): number => {
    let day = DateTime.fromMillis(receivedAt, { zone: 'Asia/Shanghai' }).startOf('day')
    for (let counted = 0; counted < 5;) {
      day = day.plus({ days: 1 })
      if (worked.has(day.toISODate() ?? '')) counted++
    }
    return day.plus({ days: 1 }).toMillis()
  }
  const rate = (calls: number, one: (at: number) => number): number => {
    let sum = 0
    const from = performance.now()
    for (let call = 0; call < calls; call++) sum += one(FROM + (call % DAYS) * DAY_MS) % 7
    if (sum < 0) throw new Error('never')
    return calls / ((performance.now() - from) / 1_000)
  }
  for (let call = 0; call < DAYS; call++) {
    const at = FROM + call * DAY_MS
    if (byLuxon(at) !== deadlineInstant(calendar, at, 5))
      throw new Error(`luxon differs at ${new Date(at).toISOString()}`)
  }
  const ours = spreadOf(
    [1, 2, 3].map(() => rate(2_000_000, (at) => deadlineInstant(calendar, at, 5))),
  )
  const luxon = spreadOf([1, 2, 3].map(() => rate(5_000, byLuxon)))
  return { ours, luxon, ratio: ours.median / luxon.median }
}
