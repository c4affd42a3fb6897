// When a standing instruction falls due: so many working days of negotiation after it opened or was returned, by
// the releasing agency's calendar. It is computed by the newest calendar each time it is asked for.
import type { Coordination } from './coordination.js'
import { openDispute } from './dispute/dispute.js'
import { countingRounds } from './negotiation/negotiation.js'
import { standingOf } from './negotiation/negotiate.js'
import { hasEnded, type Release } from './release/state.js'

type Means = Pick<Coordination, 'packs' | 'revisions' | 'agencies'>

/** Undefined where nothing runs, or no calendar has the year yet. */
export function instructionDueAt(
  { packs, revisions, agencies }: Means,
  release: Release,
): number | undefined {
  const { negotiating, negotiation, releasingAgency } = release
  if (!negotiating || negotiation.since === undefined || hasEnded(release)) return undefined
  if (openDispute(release) !== undefined) return undefined
  const { afterWorkingDays } = standingOf(release, packs.byName(release.pack))
  const region = agencies.get(releasingAgency)?.region ?? 'CN'
  return revisions.newest()?.endAfterWorkingDays(negotiation.since, afterWorkingDays, region)
}

/** Due by its instruction, and no round on record: it ages, and nothing is filed. */
export function ages(means: Means, release: Release, now: number): boolean {
  const dueAt = instructionDueAt(means, release)
  return dueAt !== undefined && dueAt <= now && countingRounds(release.negotiation).length === 0
}
