// Civil dates as whole numbers, and back. A day has no zone of its own; which day an instant falls
// on is told by shanghai.ts.
import { Refusal } from '../refusal/refusal.js'

/** A civil day: how many days after 1970-01-01. */
export type Day = number & { readonly unit?: 'day' }

/** A civil date as it is written: `YYYY-MM-DD`. */
export type LocalDate = string & { readonly form?: 'date' }

const DAY_MS = 86_400_000
const EARLIEST_YEAR = 1970
const LATEST_YEAR = 2199
export const LAST_DAY: Day = Date.UTC(LATEST_YEAR, 11, 31) / DAY_MS

const written: LocalDate[] = [] // each date is written out once: a deadline names many

/** The day of a date; undefined where it is no date of the calendar or not written `YYYY-MM-DD`. */
export function dayIfDate(text: string): Day | undefined {
  const parts = /^(\d{4})-(\d{2})-(\d{2})$/.exec(text)
  if (!parts) return undefined
  const [year, month, date] = [Number(parts[1]), Number(parts[2]), Number(parts[3])]
  if (year < EARLIEST_YEAR || year > LATEST_YEAR) return undefined
  const day = Date.UTC(year, month - 1, date) / DAY_MS
  return dateOf(day) === text ? day : undefined // 02-30 would have become 03-01 or 03-02
}

/** The day of a date. `field` names where it stood, for the refusal. */
export function dayOfDate(text: string, field = 'date'): Day {
  const day = dayIfDate(text)
  if (day === undefined)
    throw new Refusal('malformed', 'DATE_MALFORMED', 'house/calendar', { field, value: text })
  return day
}

/** A day as `YYYY-MM-DD`. */
export function dateOf(day: Day): LocalDate {
  return (written[day] ??= new Date(day * DAY_MS).toISOString().slice(0, 10))
}

/** The year a day lies in. */
export function yearOf(day: Day): number {
  return new Date(day * DAY_MS).getUTCFullYear()
}

/** 1 January of a year, or another day of it (month from 1). */
export function dayIn(year: number, month = 1, date = 1): Day {
  return Date.UTC(year, month - 1, date) / DAY_MS
}

/** Monday 1 … Sunday 7. */
export function weekdayOf(day: Day): number {
  return ((((day + 3) % 7) + 7) % 7) + 1 // 1970-01-01 was a Thursday
}

export const isWeekend = (day: Day): boolean => weekdayOf(day) > 5

/** Whether a year can be spoken of at all. */
export const isYear = (year: unknown): year is number =>
  Number.isInteger(year) && Number(year) >= EARLIEST_YEAR && Number(year) <= LATEST_YEAR
