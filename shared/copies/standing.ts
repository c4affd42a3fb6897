// Who stands for an agency now: where one was merged, abolished or renamed, its successor takes over its
// open matters with their clocks, and both names stay on record. Pure, over the own copy of agencies.
import type { Id, Instant } from '../identity/identity.js'

/** What of an agency says whether another took it over. */
export type Succession = {
  /** Exclusive. */
  readonly validUntil?: Instant
  readonly successor?: Id<'agency'>
}

export type AgencyOf = (code: string) => Succession | undefined

/** Whether an agency has ended by an instant, and another took over. */
function successorOf(agency: Succession | undefined, now: Instant): Id<'agency'> | undefined {
  const ended = agency?.validUntil !== undefined && agency.validUntil <= now
  return ended ? agency.successor : undefined
}

/** The agency that stands for another now, over any number of successions; itself where nobody took over. */
export function standing(agencyOf: AgencyOf, code: Id<'agency'>, now: Instant): Id<'agency'> {
  const seen = new Set<string>() // a circle in the record ends nowhere: then nobody took over
  let stands = code
  for (;;) {
    const next = successorOf(agencyOf(stands), now)
    if (next === undefined) return stands
    if (seen.has(stands)) return code
    seen.add(stands)
    stands = next
  }
}

/** All agencies that one stands for now: itself and whom it took over; none where it was taken over itself. */
export function standsFor(
  agencyOf: AgencyOf,
  predecessorsOf: (code: string) => readonly Id<'agency'>[],
  code: Id<'agency'>,
  now: Instant,
): Id<'agency'>[] {
  if (standing(agencyOf, code, now) !== code) return []
  const found = [code]
  for (const one of found)
    for (const before of predecessorsOf(one))
      if (!found.includes(before) && standing(agencyOf, before, now) === code) found.push(before)
  return found
}

/** How an agency is named in a letter: by the name of who stands for it, with the old one. */
export function standingName(
  agencyOf: AgencyOf,
  name: (code: string) => string,
  code: Id<'agency'>,
  now: Instant,
): string {
  const stands = standing(agencyOf, code, now)
  return stands === code ? name(code) : `${name(stands)}（承接原${name(code)}）`
}
