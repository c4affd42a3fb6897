// Which days a revision of the calendar may change at all: what lies before them is not looked at. Pure.
import type { Instant } from '../../../shared/identity/identity.js'
import {
  citationOf,
  dayIn,
  dayOfDate,
  startOfDay,
  type Instrument,
} from '../../../shared/working-days/working-days.js'

/** The instruments that a revision has and an earlier one had not; all where the earlier one is not known. */
export function addedBy(
  revision: readonly Instrument[],
  before: readonly Instrument[] | undefined,
): Instrument[] {
  const key = (one: Instrument): string => `${one.region} ${citationOf(one)}`
  const known = new Set((before ?? []).map(key))
  return revision.filter((one) => !known.has(key(one)))
}

/** The first instant of the first day that they may change. */
export function touchesFrom(added: readonly Instrument[]): Instant {
  const days = added.flatMap(({ operations, notifies, provides }) => [
    ...operations.map(({ date }) => dayOfDate(date)),
    // A year's notice takes the statute's bare days away, and settles the last days of the year before.
    ...[...notifies, ...provides].map((year) => dayIn(year - 1, 12, 29)),
  ])
  return days.length === 0 ? 0 : startOfDay(Math.min(...days))
}
