// A reply that names an agency to ask instead makes the same obstacle as that agency's own word
// (协调 art. 6 para 1, 2): not concerned, and who is; or a reply without a verdict. Pure.
import type { Id } from '../../../shared/identity/identity.js'
import type { Consultation } from '../consultation/consultation.js'
import type { Given } from '../consultation/opinion.js'
import { hasEnded, type Release } from '../release/state.js'
import type { DeclarationEvent } from './declaration.js'

/** Whether the agency is asked already, or is the releasing one: then there is nothing to answer. */
export const isAsked = (release: Release, agency: string): boolean =>
  agency === release.releasingAgency || release.affected.some((asked) => asked.agency === agency)

/** What a reply that names an agency to ask instead makes. What was answered once is not asked again on the same word. */
export function namedByReply(
  release: Release,
  consultation: Consultation,
  opinion: Given,
  declarationId: Id<'declaration'>,
): readonly DeclarationEvent[] {
  const { askInstead: agency, admittedAt: declaredAt, digest } = opinion
  if (agency === undefined || hasEnded(release) || isAsked(release, agency)) return []
  const namedBy = consultation.agency
  const known = release.declarations.some(
    (one) => one.agency === agency && (one.status === 'open' || one.namedBy === namedBy),
  )
  if (known) return []
  return [{ type: 'AffectedAgencyDeclared', declarationId, agency, declaredAt, namedBy, digest }]
}
