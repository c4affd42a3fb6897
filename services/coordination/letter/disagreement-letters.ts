// Letters of disagreement: the application to the coordinator (协调申请书), and who is told of a round, of declined
// changes, of a request for escalation, of the filing, and that a ruled text is not put to anybody again. Pure.
import type { DisputeEvent } from '../dispute/dispute.js'
import type { NegotiationEvent } from '../negotiation/negotiation.js'
import type { ReleaseEvent } from '../release/events.js'
import type { Release } from '../release/state.js'
import { derivedLetterId, type LetterKind, type LetterToPost } from './follow-up.js'

/** What these letters are about: the first part of their `subject`, the id is the second. */
export const DISAGREEMENT_TOPICS = [
  'round',
  'declined',
  'escalation',
  'application',
  'filed',
  'ruled-text',
] as const
export type DisagreementTopic = (typeof DISAGREEMENT_TOPICS)[number]

export type DisagreementEvent =
  | NegotiationEvent
  | DisputeEvent
  | Extract<ReleaseEvent, { type: 'ChangesDeclined' | 'DraftRevised' }>

/** The letters that an event of disagreement makes. What a coordinator does is told by escalation. */
export function disagreementLettersOf(after: Release, event: DisagreementEvent): LetterToPost[] {
  const letter = (
    kind: LetterKind,
    recipient: string,
    topic: DisagreementTopic,
    id: string,
    once: string | number = '',
  ): LetterToPost => ({
    letterId: derivedLetterId(after.id, topic, id, kind, recipient, once),
    releaseId: after.id,
    consultationId: '',
    kind,
    recipient,
    subject: `${topic}:${id}`,
  })
  const notice = (recipient: string, topic: DisagreementTopic, id: string, once = 0) =>
    letter('notice', recipient, topic, id, once)
  switch (event.type) {
    case 'NegotiationRecorded':
      return event.participants
        .filter((agency) => agency !== after.releasingAgency)
        .map((agency) => notice(agency, 'round', event.roundId))
    case 'ChangesDeclined': {
      const agency = after.consultations[event.consultationId]?.agency ?? ''
      return [notice(agency, 'declined', event.consultationId, event.declinedAt)]
    }
    case 'EscalationRequested':
      return [notice(after.releasingAgency, 'escalation', event.consultationId, event.requestedAt)]
    case 'DisputeFiled':
      return [
        letter('dispute_application', event.coordinator, 'application', event.disputeId),
        ...event.parties.map(({ agency }) => notice(agency, 'filed', event.disputeId)),
        // On the standing instruction nobody of the releasing agency was there.
        ...(event.onStandingInstruction
          ? [notice(after.releasingAgency, 'filed', event.disputeId)]
          : []),
      ]
    case 'DraftRevised': {
      const dispute = after.disputes.find(({ id }) => id === event.byRulingOf)
      if (dispute === undefined) return []
      const told = [
        ...Object.values(after.consultations),
        ...Object.values(after.confirmations),
      ].filter(({ version }) => version === dispute.version)
      return [...new Set(told.map(({ agency }) => agency))].map((agency) =>
        notice(agency, 'ruled-text', dispute.id),
      )
    }
    case 'NegotiationOpened':
    case 'NegotiationEnded':
    case 'NegotiationFailed':
    case 'StandingInstructionSet':
    case 'DisputeAccepted':
    case 'DisputeReassigned':
    case 'DisputeReturned':
    case 'DisputeEnded':
    case 'RulingIssued':
      return []
  }
}
