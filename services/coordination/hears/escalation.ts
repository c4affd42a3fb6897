// What coordination hears of escalation: what a coordinator did with a dispute. A ruling is applied at once
// (协调 art. 6 para 3); what ended meanwhile stays ended.
import {
  Announcement,
  type CoReviewRequested,
  type Announcement as Message,
} from '../../../gen/huiqian/escalation/v1/announcements.js'
import type { Act } from '../../../shared/bus/into-record.js'
import type { FeedEntry } from '../../../shared/dossier/dossier.js'
import type { Coordination } from '../coordination.js'
import { hear, type Heard } from '../dispute/heard.js'
import { readingsOf, type HeardReading } from './readings.js'
import type { ReleaseEvent } from '../release/events.js'
import { evolve } from '../release/evolve.js'
import { wordOf } from '../rpc/enums.js'
import { ADDRESSEES, DISPOSITIONS } from '../rpc/negotiation-enums.js'

type Means = Pick<Coordination, 'kinds' | 'packs' | 'clock' | 'reviewBodies'>
type HeardOf = { readonly releaseId: string; readonly heard: Heard }

/** What the entries bring about, release by release, in the order in which they were told. */
export function actOnEscalation(
  { kinds, packs, clock, reviewBodies }: Means,
  entries: readonly FeedEntry[],
): Act {
  const announcements = entries.map(({ announcement }) => Announcement.decode(announcement))
  const told = announcements.flatMap(toldBy)
  const readings = readingsOf(kinds, announcements.flatMap(readBy))
  const loads = [...new Set(told.map(({ releaseId }) => releaseId))].map((id) => ({
    kind: kinds.release.name,
    id,
  }))
  const bodiesOf = ({ releaseId, disputeId, asked }: CoReviewRequested) =>
    asked.map((agency) =>
      reviewBodies.put({ release_id: releaseId, agency, dispute_id: disputeId }),
    )
  return {
    loads: [...loads, ...readings.loads],
    decide(several) {
      const parts = new Map<string, readonly ReleaseEvent[]>()
      for (const { releaseId, heard } of told) {
        const events = parts.get(releaseId) ?? []
        const present = events.reduce(evolve, several.state(kinds.release, releaseId).state)
        if (!present.exists) continue
        const decided = hear(present, packs.byName(present.pack), heard, clock.now())
        parts.set(releaseId, [...events, ...decided])
      }
      return {
        parts: [
          ...[...parts]
            .filter(([, events]) => events.length > 0)
            .map(([id, events]) => ({ kind: kinds.release.name, id, events })),
          ...readings.parts,
        ],
        statements: announcements.flatMap(({ what }) =>
          what?.$case === 'coReviewRequested' ? bodiesOf(what.coReviewRequested) : [],
        ),
      }
    },
  }
}

function readBy({ what }: Message): HeardReading[] {
  if (what?.$case !== 'disputeRead' || what.disputeRead.releaseId === '') return []
  const { releaseId, version, reader, readAt } = what.disputeRead
  return [{ releaseId, version, reader, readAt, where: 'dispute' }]
}

function toldBy({ what }: Message): HeardOf[] {
  switch (what?.$case) {
    case 'disputeAccepted': {
      const { disputeId, releaseId, coordinator, acceptedAt: at } = what.disputeAccepted
      return [{ releaseId, heard: { what: 'accepted', disputeId, coordinator, at } }]
    }
    case 'disputeReassigned': {
      const { disputeId, releaseId, coordinator, candidateKind } = what.disputeReassigned
      const to = candidateKind === 0 ? {} : { to: wordOf(ADDRESSEES, candidateKind) }
      return [{ releaseId, heard: { what: 'reassigned', disputeId, coordinator, ...to } }]
    }
    case 'disputeReturned': {
      const { disputeId, releaseId, returnedAt: at } = what.disputeReturned
      return [{ releaseId, heard: { what: 'returned', disputeId, at } }]
    }
    case 'disputeEnded': {
      const { disputeId, releaseId, cause } = what.disputeEnded
      return [{ releaseId, heard: { what: 'ended', disputeId, cause } }]
    }
    case 'rulingIssued': {
      const { disputeId, releaseId, rulingId, draftDigest, coordinator } = what.rulingIssued
      const { ruledAt: at, rulingDigest: digest, disposition: number } = what.rulingIssued
      const disposition = wordOf(DISPOSITIONS, number)
      const ruling = { rulingId, disposition, draftDigest, coordinator, at, digest }
      return [{ releaseId, heard: { what: 'ruled', disputeId, ...ruling } }]
    }
    default:
      return []
  }
}
