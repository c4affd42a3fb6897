// What a coordinator did with a dispute, as escalation tells it (协调 art. 6 para 3). Told twice, or of a dispute
// that ended meanwhile, it changes nothing: a new version, a withdrawal or an agreement was first. Pure.
import type { Id, Instant } from '../../../shared/identity/identity.js'
import type { AddresseeKind, Pack } from '../pack/pack.js'
import type { ReleaseEvent } from '../release/events.js'
import { Deciding } from '../release/release.js'
import type { Release } from '../release/state.js'
import { isOpen, type Dispute, type Disposition } from './dispute.js'

export type Heard = { readonly disputeId: Id<'dispute'> } & (
  | {
      readonly what: 'accepted'
      readonly coordinator: Id<'agency'>
      readonly at: Instant
    }
  | {
      readonly what: 'reassigned'
      readonly coordinator: Id<'agency'>
      readonly to?: AddresseeKind
    }
  | { readonly what: 'returned'; readonly at: Instant }
  | { readonly what: 'ended'; readonly cause: string }
  | {
      readonly what: 'ruled'
      readonly rulingId: Id<'ruling'>
      readonly disposition: Disposition
      readonly draftDigest: string
      readonly coordinator: Id<'agency'>
      readonly at: Instant
      readonly digest: string
    }
)

/** What it means for the release; a ruling is applied at once. */
export function hear(
  release: Release,
  pack: Pack,
  heard: Heard,
  now: Instant,
): readonly ReleaseEvent[] {
  const dispute = release.disputes.find(({ id }) => id === heard.disputeId)
  if (dispute === undefined || !isOpen(dispute)) return []
  const event = eventOf(dispute, heard, now)
  if (event === undefined) return []
  const deciding = new Deciding(release, pack, now)
  deciding.add([event])
  return deciding.end()
}

const CAUSES = ['draft-revised', 'release-withdrawn', 'nothing-in-dispute'] as const

function eventOf(dispute: Dispute, heard: Heard, now: Instant): ReleaseEvent | undefined {
  const { id: disputeId, version } = dispute
  switch (heard.what) {
    case 'accepted':
      return dispute.standing === 'accepted' // whom it was handed up to accepts it again
        ? undefined
        : {
            type: 'DisputeAccepted',
            disputeId,
            coordinator: heard.coordinator,
            acceptedAt: heard.at,
          }
    case 'reassigned': {
      const { coordinator, to } = heard
      if (coordinator === dispute.coordinator) return undefined
      return { type: 'DisputeReassigned', disputeId, coordinator, ...(to && { to }) }
    }
    case 'returned':
      return { type: 'DisputeReturned', disputeId, version, returnedAt: heard.at }
    case 'ended': {
      const cause = CAUSES.find((one) => one === heard.cause) ?? 'nothing-in-dispute'
      return { type: 'DisputeEnded', disputeId, version, cause, endedAt: now }
    }
    case 'ruled': {
      const { rulingId, disposition, draftDigest, coordinator, at: ruledAt, digest } = heard
      return {
        ...{ type: 'RulingIssued', disputeId, rulingId, version, disposition, draftDigest },
        ...{ coordinator, ruledAt, rulingDigest: digest },
      }
    }
  }
}
