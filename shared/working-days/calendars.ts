// The calendars of one state of the instruments, each compiled when it is first asked for.
import { compile, type Calendar, type CalendarView } from './calendar.js'
import { inOrder, knownSince, type Instrument } from './instrument.js'
import { COUNTRY, layersOf, regionOf } from './region.js'
import { dayOfDate } from './day.js'

export type Calendars = (view?: CalendarView) => Calendar

/**
 * Compiles on first use and keeps what it compiled. Views that know the same instruments share a
 * calendar, so that what is kept is bounded by the instruments, not by what is asked.
 */
export function calendarsOf(instruments: readonly Instrument[]): Calendars {
  const ordered = inOrder(instruments)
  const since = ordered.map(knownSince)
  const layered = new Set(ordered.map(({ region }) => region))
  const kept = new Map<string, Calendar>()
  return ({ region = COUNTRY, publishedBy } = {}) => {
    if (publishedBy !== undefined) dayOfDate(publishedBy, 'asOf')
    const asked = regionOf(region)
    const nearest = layersOf(asked).find((layer) => layered.has(layer)) ?? COUNTRY
    const known = publishedBy === undefined ? since.length : countUpTo(since, publishedBy)
    const key = `${nearest} ${known}`
    let calendar = kept.get(key)
    if (calendar === undefined) {
      calendar = compile(ordered.slice(0, known), { region: nearest })
      kept.set(key, calendar)
    }
    return calendar.region === asked ? calendar : { ...calendar, region: asked }
  }
}

function countUpTo(since: readonly string[], date: string): number {
  const later = since.findIndex((one) => one > date)
  return later < 0 ? since.length : later
}
