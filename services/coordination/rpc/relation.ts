// What a caller is to a release, a consultation, a confirmation: decided beside the case, from who the caller
// is, and put to the row of the call (shared/authorisation). Whoever has no relation to it gets the same answer
// as where there is no such release.
import {
  notFound,
  permitOn,
  type Asking,
  type Permit,
} from '../../../shared/authorisation/permit.js'
import type { Relation } from '../../../shared/authorisation/authorisation.js'
import type { Caller } from '../../../shared/identity/identity.js'
import type { Consultation } from '../consultation/consultation.js'
import type { Dispute } from '../dispute/dispute.js'
import type { Confirmation } from '../joint/joint.js'
import { presentConsultations, statusOf, type Release } from '../release/state.js'

export { notFound, ownAgencies, ownAgency } from '../../../shared/authorisation/permit.js'

/**
 * Whether a caller stands for an agency: it is the agency, or took it over. Who was taken over itself stands for nobody
 * any more (standing/standing.ts; filled in at the door, shared/copies/stand-in.ts).
 */
export const isAgency = (caller: Caller, code: string): boolean => agenciesOf(caller).includes(code)

/** Every agency that the caller stands for. */
function agenciesOf(caller: Caller): readonly string[] {
  if (caller.kind !== 'agency') return []
  return caller.standsFor ?? [caller.agency]
}

/** The agency itself that calls, as an act is recorded; the permit was asked before. */
export function agencyOf(caller: Caller): string {
  if (caller.kind !== 'agency') throw notFound()
  return caller.agency
}

/** The agency that calls; empty for anybody else, whom the table lets in nowhere that it matters. */
export const agencyIfAny = (caller: Caller): string =>
  caller.kind === 'agency' ? caller.agency : ''

/** The weightiest relation to a release by which it is seen. */
export function relationOf(
  caller: Caller,
  release: Release,
): 'releasing' | 'consulted' | 'co_producing' | 'none' {
  if (!release.exists || caller.kind !== 'agency') return 'none'
  if (isAgency(caller, release.releasingAgency)) return 'releasing'
  const asked = Object.values(release.consultations).some(({ agency }) => isAgency(caller, agency))
  if (asked) return 'consulted'
  const confirms = Object.values(release.confirmations).some(({ agency }) =>
    isAgency(caller, agency),
  )
  return confirms ? 'co_producing' : 'none'
}

/** Everything that a caller is to a release. */
function relationsTo(caller: Caller, release: Release): Relation[] {
  const relation = relationOf(caller, release)
  const coordinates = release.disputes.some(({ coordinator }) => isAgency(caller, coordinator))
  return [
    ...(relation === 'none' ? [] : [relation]),
    ...(coordinates ? (['coordinator'] as const) : []),
  ]
}

/** The permit on a release, for what the row of the call lets through. `also`: relations that only the room knows. */
export const onRelease = (
  asking: Asking,
  release: Release,
  also: readonly Relation[] = [],
): Permit =>
  permitOn(
    asking,
    release.exists ? [...relationsTo(asking.caller, release), ...also] : [],
    statusOf(release),
  )

export type On<Thing> = Permit & { readonly thing: Thing }

/** The permit on a consultation: of the agency that is asked, and of the releasing one. */
export function onConsultation(
  asking: Asking,
  release: Release,
  consultationId: string,
  also: (consultation: Consultation) => readonly Relation[] = () => [],
): On<Consultation> {
  const thing = release.consultations[consultationId]
  if (thing === undefined) throw notFound()
  const { caller } = asking
  const relations: Relation[] = [
    ...(isAgency(caller, thing.agency) ? (['consulted'] as const) : []),
    ...(isAgency(caller, release.releasingAgency) ? (['releasing'] as const) : []),
    ...also(thing),
  ]
  return { ...permitOn(asking, relations, statusOf(release)), thing }
}

/** The permit on a confirmation: of the co-producer that is asked for it. */
export function onConfirmation(
  asking: Asking,
  release: Release,
  confirmationId: string,
): On<Confirmation> {
  const thing = release.confirmations[confirmationId]
  if (thing === undefined || !isAgency(asking.caller, thing.agency)) throw notFound()
  return { ...permitOn(asking, ['co_producing'], statusOf(release)), thing }
}

/** The consultations that a caller may see: the releasing agency all of the present version, a consulted one its own. */
export function visibleConsultations(caller: Caller, release: Release): Consultation[] {
  const relation = relationOf(caller, release)
  if (relation === 'none') throw notFound()
  const present = presentConsultations(release)
  if (relation === 'releasing') return present
  return present.filter(({ agency }) => isAgency(caller, agency))
}

/**
 * The newest dispute that a caller without any other relation coordinates, or was asked about (`asked`: ids of disputes):
 * it reads the files of the version in dispute.
 */
export const disputedBefore = (
  caller: Caller,
  release: Release,
  asked: readonly string[],
): Dispute | undefined =>
  relationOf(caller, release) === 'none'
    ? release.disputes.findLast(
        ({ id, coordinator }) => isAgency(caller, coordinator) || asked.includes(id),
      )
    : undefined
