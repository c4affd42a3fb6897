// Beijing civil time (Asia/Shanghai). The table of offsets is built from tzdata when the process
// starts: before 1992 there was summer time (+09:00). From 2004 on it must be +08:00 without
// exception, or the process does not start; so the days that are counted need no look-up.
import type { Instant } from '../identity/identity.js'
import { Refusal } from '../refusal/refusal.js'
import { LAST_DAY, type Day } from './day.js'

const HOUR_MS = 3_600_000
const DAY_MS = 24 * HOUR_MS
const BEIJING_MS = 8 * HOUR_MS
const FIXED_FROM = Date.UTC(2004, 0, 1) - BEIJING_MS
const SAMPLE_MS = 7 * DAY_MS // no summer time was shorter than four months
const LAST_CHECKED = Date.UTC(2100, 0, 1)
const FIRST_FIXED_DAY = (FIXED_FROM + BEIJING_MS) / DAY_MS

type Stretch = { readonly from: Instant; readonly offset: number }

/** What a zone's offset is at an instant, by tzdata, in milliseconds. */
export function offsetReader(zone: string): (at: Instant) => number {
  const format = new Intl.DateTimeFormat('en-US', { timeZone: zone, timeZoneName: 'longOffset' })
  return (at) => {
    const name = format.formatToParts(at).find(({ type }) => type === 'timeZoneName')?.value ?? ''
    const parts = /^GMT(?:([+-])(\d{2}):(\d{2}))?$/.exec(name)
    if (!parts) throw new Error(`the time zone data gives no offset for ${zone}: ${name}`)
    const size = Number(parts[2] ?? 0) * HOUR_MS + Number(parts[3] ?? 0) * 60_000
    return parts[1] === '-' ? -size : size
  }
}

/** The stretches of equal offset from 1970 on; throws unless it is +08:00 from 2004 on. */
export function stretchesOf(offsetAt: (at: Instant) => number): Stretch[] {
  const stretches: Stretch[] = [{ from: -DAY_MS, offset: offsetAt(-DAY_MS) }]
  let offset = offsetAt(-DAY_MS)
  for (let at = 0; at < FIXED_FROM + SAMPLE_MS; at += SAMPLE_MS) {
    if (offsetAt(at) === offset) continue
    const from = changeBetween(at - SAMPLE_MS, at, offsetAt)
    offset = offsetAt(at)
    stretches.push({ from, offset })
  }
  for (let at = FIXED_FROM; at < LAST_CHECKED; at += 4 * SAMPLE_MS)
    if (offsetAt(at) !== BEIJING_MS)
      throw new Error(`Asia/Shanghai is not +08:00 at ${new Date(at).toISOString()} by this tzdata`)
  return stretches
}

function changeBetween(before: Instant, after: Instant, offsetAt: (at: Instant) => number) {
  let [low, high] = [before, after]
  while (high - low > 1000) {
    const middle = Math.floor((low + high) / 2000) * 1000
    if (offsetAt(middle) === offsetAt(before)) low = middle
    else high = middle
  }
  return high
}

const stretches = stretchesOf(offsetReader('Asia/Shanghai'))

function offsetAt(at: Instant): number {
  let offset = BEIJING_MS
  for (const stretch of stretches) if (stretch.from <= at) offset = stretch.offset
  return offset
}

/** The Beijing day of an instant. */
export function dayOf(at: Instant): Day {
  if (at >= FIXED_FROM) return Math.floor((at + BEIJING_MS) / DAY_MS)
  return Math.floor((at + offsetAt(at)) / DAY_MS)
}

/** The first instant of a Beijing day. */
export function startOfDay(day: Day): Instant {
  if (day >= FIRST_FIXED_DAY) return day * DAY_MS - BEIJING_MS
  const earliest = day * DAY_MS - 9 * HOUR_MS // the largest offset there was
  if (dayOf(earliest) === day) return earliest
  const changed = stretches.find(({ from }) => from > earliest && from <= day * DAY_MS - BEIJING_MS)
  return changed && dayOf(changed.from) === day ? changed.from : day * DAY_MS - BEIJING_MS
}

/** 24:00 of a Beijing day, which is 00:00 of the day after. */
export const endOfDay = (day: Day): Instant => startOfDay(day + 1)

/** An hour of a Beijing day, as `HH:MM`; `24:00` is its end. */
export function instantAt(day: Day, time: string, field = 'time'): Instant {
  const parts = /^(?:([01]\d|2[0-3]):([0-5]\d)|24:00)$/.exec(time)
  if (!parts)
    throw new Refusal('malformed', 'TIME_MALFORMED', 'house/calendar', { field, value: time })
  if (time === '24:00') return endOfDay(day)
  return startOfDay(day) + Number(parts[1]) * HOUR_MS + Number(parts[2]) * 60_000
}

const LATEST = endOfDay(LAST_DAY)

/** An instant that can be counted from: whole milliseconds between 1970 and 2199. */
export function isInstant(at: unknown): at is Instant {
  return Number.isSafeInteger(at) && Number(at) >= 0 && Number(at) < LATEST
}
