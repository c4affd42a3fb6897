// The consultations of a release as the clock of disclosure needs them: from when to when each took,
// never longer than its agency had for a reply. Pure.
import type { Instant } from '../../../shared/identity/identity.js'
import { dayOf, type Day } from '../../../shared/working-days/working-days.js'
import type { Consultation } from '../consultation/consultation.js'
import type { Release } from '../release/state.js'
import type { Asked } from './publication-clock.js'

/** All consultations, of every version; those that are still to be asked are taken as asked now. */
export function askedIn(
  release: Release,
  now: Instant,
  /** The last day for a reply of an agency that received its letter now; undefined where no calendar says. */
  ifReceivedNow: (agency: string) => Day | undefined,
): Asked[] {
  const waits = (agency: string, askedOn: Day): Asked => {
    const latest = ifReceivedNow(agency)
    return { askedOn, ...(latest === undefined ? {} : { latest }) }
  }
  const asked = Object.values(release.consultations).map((one): Asked => {
    const askedOn = dayOf(one.issuedAt)
    const ended = endOf(one, now)
    if (ended !== undefined) return { askedOn, endedOn: Math.max(askedOn, dayOf(ended)) }
    return one.deadline === undefined
      ? waits(one.agency, askedOn)
      : { askedOn, latest: dayOf(one.deadline.at - 1) }
  })
  const unasked = release.issued || release.withdrawn !== undefined ? [] : release.affected
  return [...asked, ...unasked.map(({ agency }) => waits(agency, dayOf(now)))]
}

function endOf({ status, opinion, deadline, endedAt }: Consultation, now: Instant) {
  // The last instant of the last day: a deadline at 24:00 is the beginning of the day after.
  const last = deadline === undefined ? Infinity : deadline.at - 1
  if (status === 'superseded' || status === 'withdrawn')
    return Math.min(endedAt ?? now, opinion?.admittedAt ?? Infinity, last)
  if (status === 'answered') return Math.min(opinion?.admittedAt ?? now, last)
  return last < now ? last : undefined
}
