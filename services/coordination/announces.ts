// Events → announcements: the one mapping out. Ids, enumerations and instants; never a draft, a
// reason or a name.
import { Announcement } from '../../gen/huiqian/coordination/v1/announcements.js'
import type { Announced, EventLike } from '../../shared/dossier/dossier.js'
import type { OpinionKind } from './consultation/opinion.js'
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

/** The announcement of an event of a release. */
export function announceRelease(id: string, event: ReleaseEvent, meta: Meta): Announced {
  return announcement(`release:${id}`, event, meta, {
    releaseId: id,
    consultationId: 'consultationId' in event ? event.consultationId : '',
    agency: event.type === 'ReleaseSubmitted' ? event.releasingAgency : '',
    draftVersion: 'version' in event ? event.version : 0,
    effectiveAt: 'effectiveAt' in event ? event.effectiveAt : 0,
    detail: 'opinion' in event ? OPINION_NUMBER[event.opinion.kind] : 0,
  })
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
