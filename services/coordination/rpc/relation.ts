// What a caller has to do with a release: decided beside the case, from who the caller is. Whoever has
// no relation to it gets the same answer as where there is no such release.
import type { Caller } from '../../../shared/identity/identity.js'
import { Refusal } from '../../../shared/refusal/refusal.js'
import type { Consultation } from '../consultation/consultation.js'
import type { Dispute } from '../dispute/dispute.js'
import type { Confirmation } from '../joint/joint.js'
import { presentConsultations, type Release } from '../release/state.js'

export type Relation = 'releasing' | 'consulted' | 'co_producing' | 'none'

/** The same for unknown and unrelated, byte for byte. */
export const notFound = (): Refusal => new Refusal('not-found', 'NOT_FOUND', 'house/relation')

/** The agency that calls; the table of callers lets no other kind come here. */
export function agencyOf(caller: Caller): string {
  if (caller.kind !== 'agency') throw notFound()
  return caller.agency
}

/**
 * Whether a caller stands for an agency: it is the agency, or took it over. Who was taken over itself stands for nobody
 * any more (standing/standing.ts; filled in at the door, rpc/stand-in.ts).
 */
export const isAgency = (caller: Caller, code: string): boolean => agenciesOf(caller).includes(code)

/** Every agency that the caller stands for. */
export function agenciesOf(caller: Caller): readonly string[] {
  if (caller.kind !== 'agency') return []
  return caller.standsFor ?? [caller.agency]
}

export function relationOf(caller: Caller, release: Release): Relation {
  if (!release.exists || caller.kind !== 'agency') return 'none'
  if (isAgency(caller, release.releasingAgency)) return 'releasing'
  const asked = Object.values(release.consultations).some(({ agency }) => isAgency(caller, agency))
  if (asked) return 'consulted'
  const confirms = Object.values(release.confirmations).some(({ agency }) =>
    isAgency(caller, agency),
  )
  return confirms ? 'co_producing' : 'none'
}

/** Lets the releasing agency through and nobody else. */
export function onlyReleasing(caller: Caller, release: Release): void {
  switch (relationOf(caller, release)) {
    case 'releasing':
      return
    case 'consulted':
    case 'co_producing': // it knows the release: a role, not a secret
      throw new Refusal('forbidden', 'ONLY_RELEASING_AGENCY', 'house/relation')
    case 'none':
      throw notFound()
  }
}

/** The consultation, for the agency that is consulted. */
export function ownConsultation(
  caller: Caller,
  release: Release,
  consultationId: string,
): Consultation {
  const consultation = release.consultations[consultationId]
  if (consultation === undefined || !isAgency(caller, consultation.agency)) throw notFound()
  return consultation
}

/** The confirmation, for the co-producer that is asked for it. */
export function ownConfirmation(
  caller: Caller,
  release: Release,
  confirmationId: string,
): Confirmation {
  const confirmation = release.confirmations[confirmationId]
  if (confirmation === undefined || !isAgency(caller, confirmation.agency)) throw notFound()
  return confirmation
}

/** The consultations that a caller may see: the releasing agency all of the present version, a consulted one its own. */
export function visibleConsultations(caller: Caller, release: Release): Consultation[] {
  const relation = relationOf(caller, release)
  if (relation === 'none') throw notFound()
  const present = presentConsultations(release)
  if (relation === 'releasing') return present
  return present.filter(({ agency }) => isAgency(caller, agency))
}

/** The newest dispute that a caller without any other relation coordinates: it reads the files of the version in dispute. */
export const coordinatedBy = (caller: Caller, release: Release): Dispute | undefined =>
  relationOf(caller, release) === 'none'
    ? release.disputes.findLast(({ coordinator }) => isAgency(caller, coordinator))
    : undefined
