// Events → announcements: the one mapping out. Ids, enumerations and instants; never a draft, a reason or
// a name.
import { Announcement } from '../../gen/huiqian/escalation/v1/announcements.js'
import type { Announced, EventLike } from '../../shared/dossier/dossier.js'
import type { CallsRefused } from '../../shared/duties/attempts.js'
import type { CandidateKind, DisputeEvent, Disposition } from './dispute/events.js'
import type { ReadingEvent } from './readings.js'

type Meta = {
  readonly version: number
  readonly recordedAt: number
  readonly commitment: Uint8Array
}
type What = NonNullable<Announcement['what']>

const CANDIDATE_NUMBER: Readonly<Record<CandidateKind, number>> = {
  superior_organ: 1,
  competent_authority: 2,
  common_superior: 3,
}

const DISPOSITION_NUMBER: Readonly<Record<Disposition, number>> = {
  release: 1,
  release_with_changes: 2,
  do_not_release: 3,
  back_to_negotiation: 4,
}

/** The announcement of an event of a dispute. */
export const announceDispute = (id: string, event: DisputeEvent, meta: Meta): Announced =>
  announced(`dispute:${id}`, event, meta, whatOf(id, event))

function whatOf(disputeId: string, event: DisputeEvent): What {
  switch (event.type) {
    case 'DisputeReceived': {
      const { releaseId, coordinator } = event
      return { $case: 'disputeReceived', disputeReceived: { disputeId, releaseId, coordinator } }
    }
    case 'DisputeRedirected':
    case 'DisputeHandedUp': {
      const { releaseId, coordinator } = event
      const candidateKind = event.type === 'DisputeRedirected' ? CANDIDATE_NUMBER[event.to] : 0
      const told = { disputeId, releaseId, coordinator, candidateKind }
      return { $case: 'disputeReassigned', disputeReassigned: told }
    }
    case 'DisputeAccepted': {
      const { type: _type, ...accepted } = event
      return { $case: 'disputeAccepted', disputeAccepted: { disputeId, ...accepted } }
    }
    case 'DisputeReturned': {
      const { releaseId, returnedAt } = event
      return { $case: 'disputeReturned', disputeReturned: { disputeId, releaseId, returnedAt } }
    }
    case 'CoReviewRequested': {
      const asked = event.asked.map(({ body }) => body).filter((body) => body !== '')
      const { releaseId } = event
      const told = { disputeId, bodies: asked.length, releaseId, asked }
      return { $case: 'coReviewRequested', coReviewRequested: told }
    }
    case 'CoReviewGiven': {
      const { coReviewId } = event
      return { $case: 'coReviewGiven', coReviewGiven: { disputeId, coReviewId } }
    }
    case 'RulingIssued': {
      const { releaseId, rulingId, version, draftDigest, coordinator, ruledAt } = event
      return {
        $case: 'rulingIssued',
        rulingIssued: {
          ...{ disputeId, releaseId, rulingId, version, draftDigest, coordinator, ruledAt },
          disposition: DISPOSITION_NUMBER[event.disposition],
          rulingDigest: event.rulingDigest,
        },
      }
    }
    case 'DisputeEnded': {
      const { releaseId, cause } = event
      return { $case: 'disputeEnded', disputeEnded: { disputeId, releaseId, cause } }
    }
    case 'ReminderIssued':
      return { $case: 'reminderIssued', reminderIssued: { disputeId, agency: event.agency } }
  }
}

export const announceReading = (id: string, event: ReadingEvent, meta: Meta): Announced => {
  const { disputeId, releaseId = '', version = 0, reader, readAt } = event
  const disputeRead = { disputeId, releaseId, version, reader, readAt }
  const what: What = { $case: 'disputeRead', disputeRead }
  return announced(`reading:${id}`, event, meta, what)
}

export const announceAttempts = (id: string, event: CallsRefused, meta: Meta): Announced => {
  const { caller, method, reason, count } = event
  const what: What = { $case: 'callsRefused', callsRefused: { caller, method, reason, count } }
  return announced(`attempts:${id}`, event, meta, what)
}

/** An event that needs no more than its mark. */
export const announceOther = (stream: string, event: EventLike, meta: Meta): Announced =>
  announced(stream, event, meta, { $case: 'recorded', recorded: { event: event.type } })

function announced(
  stream: string,
  { type }: EventLike,
  { version, recordedAt, commitment }: Meta,
  what: What,
): Announced {
  const mark = { stream, version, recordedAt, commitment: Buffer.from(commitment) }
  return { kind: type, bytes: Announcement.encode({ mark, what }).finish() }
}
