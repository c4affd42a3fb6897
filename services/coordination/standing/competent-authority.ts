// Who is the competent authority of a case (协调 art. 3): the one at the releasing agency's level and
// region. A party never decides on itself: then it is the one of the next level up. Pure.
import type { Id, Instant } from '../../../shared/identity/identity.js'
import type { Level } from '../pack/pack.js'
import type { KnownAgency } from '../release/submit.js'

/** From below upwards, with how many digits of a region's code (GB/T 2260) a level has. */
const LEVELS: readonly (readonly [Level, number])[] = [
  ['township', 6],
  ['county', 6],
  ['prefecture', 4],
  ['province', 2],
  ['national', 0],
]

/** The competent authority for an agency's cases, and no party to this one; undefined where there is none. */
export function competentAuthorityFor(
  releasing: KnownAgency | undefined,
  parties: readonly Id<'agency'>[],
  authorities: readonly KnownAgency[],
  now: Instant,
): KnownAgency | undefined {
  if (releasing === undefined) return undefined
  const from = LEVELS.findIndex(([level]) => level === releasing.level)
  for (const [index, [level, digits]] of LEVELS.slice(from).entries()) {
    const region = index === 0 ? releasing.region : releasing.region.slice(0, digits).padEnd(6, '0')
    const found = authorities.find(
      (one) =>
        one.isCompetentAuthority &&
        one.level === level &&
        one.region === region &&
        !parties.includes(one.code) &&
        isValid(one, now),
    )
    if (found !== undefined) return found
  }
  return undefined
}

const isValid = ({ validFrom, validUntil }: KnownAgency, now: Instant): boolean =>
  (validFrom === undefined || validFrom <= now) && (validUntil === undefined || now < validUntil)
