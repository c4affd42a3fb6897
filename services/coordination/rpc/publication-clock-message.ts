// The clock of disclosure of a release as the contract has it, as things stand.
import type { PublicationClock as Message } from '../../../gen/huiqian/coordination/v1/coordination.js'
import { timestampOf } from '../../../shared/rpc/timestamps.js'
import { dayOf, dayOfDate } from '../../../shared/working-days/working-days.js'
import { askedIn } from '../calendar/asked-in.js'
import { unlessYearAbsent } from '../calendar/deadlines.js'
import { publicationClock, type Clock } from '../calendar/publication-clock.js'
import type { Coordination } from '../coordination.js'
import { hasEnded, type Release } from '../release/state.js'

type Means = Pick<Coordination, 'packs' | 'revisions' | 'agencies' | 'clock'>

/** The pack's clock of a release, and the date that it counts from; undefined where there is nothing to count. */
function clockOf({ packs }: Means, release: Release) {
  const { active, onApplication } = packs.byName(release.pack).publicationClocks
  const { formedOn, applicationReceivedOn } = release.particulars
  const [clock, from] =
    release.attribute === 'active' ? [active, formedOn] : [onApplication, applicationReceivedOn]
  return clock === null || from === undefined ? undefined : { clock, from }
}

/** How the clock stands; undefined where there is none, or the calendar has no such year. */
export function clockOfRelease(means: Means, release: Release): Clock | undefined {
  const found = clockOf(means, release)
  const { revisions, agencies, packs } = means
  const newest = revisions.newest()
  if (found === undefined || newest === undefined) return undefined
  const regionOf = (agency: string): string => agencies.get(agency)?.region ?? 'CN'
  const now = means.clock.now()
  const pack = packs.byName(release.pack)
  return unlessYearAbsent(() =>
    publicationClock({
      calendar: newest.calendar(regionOf(release.releasingAgency)),
      from: dayOfDate(found.from),
      within: found.clock.within,
      consultationExcluded: found.clock.consultationExcluded,
      asked: askedIn(release, now, (agency) => {
        const deadline = newest.of(now, pack, regionOf(agency))
        return deadline && dayOf(deadline.at - 1)
      }),
      now,
      ended: hasEnded(release),
    }),
  )
}

/** The message; where the calendar has no such year, the last day is left open and the clock is provisional. */
export function publicationClockMessage(means: Means, release: Release): Message | undefined {
  const found = clockOf(means, release)
  if (found === undefined) return undefined
  const { law, within } = found.clock
  const stands = clockOfRelease(means, release)
  return {
    article: { id: law, citation: law, text: '' },
    countedFrom: found.from,
    within,
    lastDay: stands?.lastDay ?? '',
    dueAt: stands && timestampOf(stands.dueAt),
    excludedDays: stands?.excludedDays ?? 0,
    cannotFit: stands?.cannotFit ?? false,
    overdue: stands?.overdue ?? false,
    provisional: stands?.provisional ?? true,
  }
}
