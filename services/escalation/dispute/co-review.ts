// Co-review (会同研究): the coordinator asks bodies for their written views. A body that the level lacks is
// named as missing; one that is a party gives a position, and no review. Pure.
import type { Id, Instant } from '../../../shared/identity/identity.js'
import { Refusal } from '../../../shared/refusal/refusal.js'
import type { Advice, Asked, DisputeEvent, LevelRole } from './events.js'
import { isParty, mustBeAccepted, mustBeOpen, type CoReview, type Dispute } from './state.js'

export type RequestCommand = {
  /** The bodies of the coordinator's level by role, where they are asked; an empty code: the level lacks it. */
  readonly level: readonly { readonly role: LevelRole; readonly agency: string }[]
  readonly others: readonly { readonly agency: Id<'agency'>; readonly reasonDigest: string }[]
  readonly now: Instant
  readonly coReviewId: () => Id<'co-review'>
  readonly remindAt: (agency: Id<'agency'>) => Instant
}

/** Asks bodies for their views. Who was asked already is not asked again. */
export function requestCoReview(
  dispute: Dispute,
  { level, others, now, coReviewId, remindAt }: RequestCommand,
): readonly DisputeEvent[] {
  mustBeAccepted(dispute)
  const known = Object.values(dispute.coReviews)
  const asked: Asked[] = level
    .filter(({ role, agency }) => !known.some((one) => one.role === role && one.body === agency))
    .map(({ role, agency }) => ({
      ...{ coReviewId: coReviewId(), role, body: agency, party: isParty(dispute, agency) },
      ...(agency === '' ? {} : { remindAt: remindAt(agency) }),
    }))
  for (const [index, { agency, reasonDigest }] of others.entries()) {
    const field = `others[${index}].agency`
    if (agency === dispute.coordinator)
      throw new Refusal('malformed', 'REVIEWING_ONESELF', dispute.rule, { field, agency })
    if ([...known, ...asked].some(({ body }) => body === agency))
      throw new Refusal('malformed', 'AGENCY_REPEATED', dispute.rule, { field, agency })
    const party = isParty(dispute, agency)
    asked.push({
      ...{ coReviewId: coReviewId(), role: 'other', body: agency, party, reasonDigest },
      remindAt: remindAt(agency),
    })
  }
  return asked.length === 0
    ? []
    : [{ type: 'CoReviewRequested', releaseId: dispute.releaseId, asked, askedAt: now }]
}

/** A body gives its view; until the ruling it may give another. */
export function giveCoReview(
  dispute: Dispute,
  command: {
    readonly coReviewId: Id<'co-review'>
    readonly advice: Advice
    readonly viewDigest: string
    readonly givenBy: string
    readonly now: Instant
  },
): readonly DisputeEvent[] {
  const { now: givenAt, ...view } = command
  if (dispute.coReviews[view.coReviewId] === undefined)
    throw new Refusal('not-found', 'NOT_FOUND', 'house/relation')
  mustBeOpen(dispute)
  return [{ type: 'CoReviewGiven', ...view, givenAt }]
}

/** What the competent authority still has to hear before it may rule: bodies not asked, or silent. */
export type Unheard = { readonly role: LevelRole; readonly body?: string }

export function unheardBodies(dispute: Dispute): Unheard[] {
  if (!mustHear(dispute)) return []
  const views = Object.values(dispute.coReviews)
  return dispute.levelRoles.flatMap((role): Unheard[] => {
    const ofRole = views.filter((view) => view.role === role)
    if (ofRole.length === 0) return [{ role }]
    return ofRole.filter(isAwaited).map(({ body }) => ({ role, body }))
  })
}

const isAwaited = ({ body, party, given }: CoReview): boolean =>
  body !== '' && !party && given === undefined

/** The competent authority must; it is one whichever way the dispute came to it. The superior organ may. */
export function mustHear({ coReviewRequired, to, candidates, coordinator }: Dispute): boolean {
  if (!coReviewRequired) return false
  const authority = candidates.find(({ kind }) => kind === 'competent_authority')?.agency
  return to === 'competent_authority' || authority === coordinator
}
