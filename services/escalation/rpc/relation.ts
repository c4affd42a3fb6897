// What a caller has to do with a dispute: decided beside the case, from who the caller is. Whoever has no
// part in it gets the same answer as where there is no such dispute.
import type { Caller } from '../../../shared/identity/identity.js'
import { Refusal } from '../../../shared/refusal/refusal.js'
import { partsIn, type Dispute, type PartIn } from '../dispute/state.js'

/** The same for unknown and unrelated, byte for byte. */
export const notFound = (): Refusal => new Refusal('not-found', 'NOT_FOUND', 'house/relation')

/** The agency that calls; the table of callers lets no other kind come here. */
export function agencyOf(caller: Caller): string {
  if (caller.kind !== 'agency') throw notFound()
  return caller.agency
}

/** Every agency that the caller stands for: itself and whom it took over (filled in at the door, shared/copies/stand-in.ts). */
export function agenciesOf(caller: Caller): readonly string[] {
  if (caller.kind !== 'agency') return []
  return caller.standsFor ?? [caller.agency]
}

const WEIGHTIEST_FIRST = ['coordinator', 'releasing', 'party', 'review_body'] as const

/** The caller's part in a dispute, by itself or for whom it took over; undefined: none. */
export function partIfAny(caller: Caller, dispute: Dispute): PartIn | undefined {
  const parts = partsIn(dispute)
  const own = agenciesOf(caller).flatMap((agency) => parts.get(agency) ?? [])
  return WEIGHTIEST_FIRST.find((part) => own.includes(part))
}

/** The caller's part in a dispute. */
export function partOf(caller: Caller, dispute: Dispute): PartIn {
  const part = partIfAny(caller, dispute)
  if (part === undefined) throw notFound()
  return part
}

/** Lets the coordinator through and nobody else; who has another part knows the dispute and is told so. */
export function onlyCoordinator(caller: Caller, dispute: Dispute): void {
  if (partOf(caller, dispute) !== 'coordinator')
    throw new Refusal('forbidden', 'ONLY_COORDINATOR', 'house/relation')
}

/** Lets the releasing agency through and nobody else. */
export function onlyReleasing(caller: Caller, dispute: Dispute): void {
  if (partOf(caller, dispute) !== 'releasing')
    throw new Refusal('forbidden', 'ONLY_RELEASING_AGENCY', 'house/relation')
}
