// The legal, secrecy and supervision bodies of the coordinator's level and region, from the own copy of the
// directory; a successor stands in for a body that is no more. Pure.
import type { Id, Instant } from '../../../shared/identity/identity.js'
import type { LevelRole } from './events.js'

/** What escalation keeps of an agency. */
export type KnownAgency = {
  readonly code: Id<'agency'>
  readonly name: string
  readonly documentPrefix: string
  readonly region: string
  readonly level: string
  readonly roles: readonly LevelRole[]
  readonly validFrom?: Instant
  /** Exclusive. */
  readonly validUntil?: Instant
  readonly successor?: Id<'agency'>
}

type Known = {
  readonly all: () => Iterable<KnownAgency>
  readonly get: (code: string) => KnownAgency | undefined
}

const SUCCESSIONS_MAX = 16

/** Whoever stands for an agency at an instant: itself, or its successor; undefined: nobody. */
export function standingFor(known: Known, code: string, at: Instant): KnownAgency | undefined {
  let agency = known.get(code)
  for (let step = 0; step < SUCCESSIONS_MAX && agency !== undefined; step++) {
    if ((agency.validFrom ?? 0) <= at && at < (agency.validUntil ?? Number.POSITIVE_INFINITY))
      return agency
    agency = agency.successor === undefined ? undefined : known.get(agency.successor)
  }
  return undefined
}

/** The body of each role at an agency's level and region; an empty code: the level lacks it. */
export function levelBodies(
  known: Known,
  coordinator: string,
  roles: readonly LevelRole[],
  at: Instant,
): { readonly role: LevelRole; readonly agency: string }[] {
  const seat = known.get(coordinator)
  const holders = [...known.all()]
    .filter(({ level, region }) => level === seat?.level && region === seat.region)
    .sort((one, other) => (one.code < other.code ? -1 : 1))
  return roles.map((role) => {
    const standing = holders
      .filter((agency) => agency.roles.includes(role))
      .flatMap(({ code }) => standingFor(known, code, at) ?? [])
    const itself = standing.find((agency) => agency.roles.includes(role))
    return { role, agency: (itself ?? standing[0])?.code ?? '' }
  })
}
