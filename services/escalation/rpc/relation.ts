// What a caller is to a dispute: decided beside the case, from who the caller is, and put to the row of the call
// (shared/authorisation). Whoever has no part in it gets the same answer as where there is no such dispute.
import {
  notFound,
  permitOn,
  type Asking,
  type Permit,
} from '../../../shared/authorisation/permit.js'
import type { Caller } from '../../../shared/identity/identity.js'
import { partsIn, type CoReview, type Dispute, type PartIn } from '../dispute/state.js'

export {
  notFound,
  ownAgencies,
  ownAgency,
  ownRepetition,
} from '../../../shared/authorisation/permit.js'

/** Every agency that the caller stands for: itself and whom it took over (filled in at the door, shared/copies/stand-in.ts). */
export function agenciesOf(caller: Caller): readonly string[] {
  if (caller.kind !== 'agency') return []
  return caller.standsFor ?? [caller.agency]
}

const WEIGHTIEST_FIRST = ['coordinator', 'releasing', 'party', 'review_body'] as const

function partsOf(caller: Caller, dispute: Dispute): PartIn[] {
  const parts = partsIn(dispute)
  const own = agenciesOf(caller).flatMap((agency) => parts.get(agency) ?? [])
  return WEIGHTIEST_FIRST.filter((part) => own.includes(part))
}

/** The caller's weightiest part in a dispute, by itself or for whom it took over; undefined: none. */
export const partIfAny = (caller: Caller, dispute: Dispute): PartIn | undefined =>
  partsOf(caller, dispute)[0]

/** The caller's part in a dispute. */
export function partOf(caller: Caller, dispute: Dispute): PartIn {
  const part = partIfAny(caller, dispute)
  if (part === undefined) throw notFound()
  return part
}

/** The permit on a dispute. */
export const onDispute = (asking: Asking, dispute: Dispute): Permit =>
  permitOn(asking, dispute.exists ? partsOf(asking.caller, dispute) : [], dispute.status)

/** The permit on a view that a body was asked for: its own, and nobody else's. */
export function onCoReview(
  asking: Asking,
  dispute: Dispute,
  coReviewId: string,
): Permit & { readonly thing: CoReview } {
  const thing = dispute.coReviews[coReviewId]
  if (thing === undefined || !agenciesOf(asking.caller).includes(thing.body)) throw notFound()
  return { ...permitOn(asking, ['review_body'], dispute.status), thing }
}
