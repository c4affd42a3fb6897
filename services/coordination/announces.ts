// Events → announcements: the one mapping out. Ids, enumerations and instants; never a draft, a
// reason or a name.
import { Announcement } from '../../gen/huiqian/coordination/v1/announcements.js'
import type { Announced, EventLike } from '../../shared/dossier/dossier.js'
import type { OpinionKind } from './consultation/opinion.js'
import type { Disposition } from './dispute/dispute.js'
import type { AddresseeKind } from './pack/pack.js'
import type { ReleaseEvent } from './release/events.js'

export type Meta = {
  readonly version: number
  readonly recordedAt: number
  readonly commitment: Uint8Array
}

const OPINION_NUMBER: Readonly<Record<OpinionKind, number>> = {
  consent: 1,
  consent_with_changes: 2,
  objection: 3,
  not_concerned: 4,
  other_reply: 5,
}

const ADDRESSEE_NUMBER: Readonly<Record<AddresseeKind, number>> = {
  superior_organ: 1,
  competent_authority: 2,
  common_superior: 3,
}

const ENDING_NUMBER = {
  'draft-revised': 1,
  'release-withdrawn': 2,
  'nothing-in-dispute': 3,
} as const

const DISPOSITION_NUMBER: Readonly<Record<Disposition, number>> = {
  release: 1,
  release_with_changes: 2,
  do_not_release: 3,
  back_to_negotiation: 4,
}

/** The announcement of an event of a release. */
export function announceRelease(id: string, event: ReleaseEvent, meta: Meta): Announced {
  return announcement(`release:${id}`, event, meta, {
    releaseId: id,
    consultationId: 'consultationId' in event ? event.consultationId : '',
    agency: agencyOf(event),
    draftVersion: 'version' in event ? event.version : 0,
    effectiveAt: 'effectiveAt' in event ? event.effectiveAt : 0,
    detail: detailOf(event),
    disputeId: 'disputeId' in event ? event.disputeId : '',
  })
}

function agencyOf(event: ReleaseEvent): string {
  if (event.type === 'ReleaseSubmitted') return event.releasingAgency
  if (event.type === 'EscalationRequested') return event.agency
  return 'coordinator' in event ? event.coordinator : ''
}

function detailOf(event: ReleaseEvent): number {
  if ('opinion' in event) return OPINION_NUMBER[event.opinion.kind]
  if (event.type === 'RulingIssued') return DISPOSITION_NUMBER[event.disposition]
  if (event.type === 'DisputeEnded') return ENDING_NUMBER[event.cause]
  return event.type === 'DisputeFiled' ? ADDRESSEE_NUMBER[event.to] : 0
}

/** The announcement of an event that belongs to no release: the clock's, a number's, a reading's. */
export function announcement(
  stream: string,
  event: EventLike,
  { version, recordedAt, commitment }: Meta,
  about: Partial<Omit<Announcement, 'mark' | 'event'>> = {},
): Announced {
  const message: Announcement = {
    mark: { stream, version, recordedAt, commitment: Buffer.from(commitment) },
    event: event.type,
    releaseId: '',
    consultationId: '',
    agency: '',
    draftVersion: 0,
    effectiveAt: 0,
    detail: 0,
    disputeId: '',
    ...about,
  }
  return { kind: event.type, bytes: Announcement.encode(message).finish() }
}
