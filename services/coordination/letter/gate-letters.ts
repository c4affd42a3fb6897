// Letters of the gates beside consultation: co-producers are asked to confirm and reminded, the releasing
// agency is told what came, a declaring agency what was answered, a supervision body what is referred. Pure.
import type { ApprovalEvent } from '../approval/approval.js'
import type { BreachEvent } from '../breach/referral.js'
import type { DeclarationEvent } from '../declaration/declaration.js'
import type { JointEvent } from '../joint/joint.js'
import type { Release } from '../release/state.js'
import { derivedLetterId, type LetterKind, type LetterToPost } from './follow-up.js'

/** What these letters are about: the first part of their `subject`, the id is the second. */
export type GateTopic =
  'confirmation' | 'contradiction' | 'declaration' | 'answer' | 'referral' | 'succession'

export type GateEvent = JointEvent | ApprovalEvent | DeclarationEvent | BreachEvent

/** The letters that an event of these gates makes. */
export function gateLettersOf(after: Release, event: GateEvent): LetterToPost[] {
  const letter = (
    kind: LetterKind,
    recipient: string,
    topic: GateTopic,
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
  const { releasingAgency, confirmations, declarations } = after
  switch (event.type) {
    case 'ConfirmationsRequested':
      return event.confirmations.map(({ confirmationId, letterId, agency }) => ({
        ...letter('confirmation_request', agency, 'confirmation', confirmationId),
        letterId,
      }))
    case 'ConfirmationReminderIssued': {
      const { confirmationId, letterId, ordinal } = event
      const agency = confirmations[confirmationId]?.agency ?? ''
      return [{ ...letter('reminder', agency, 'confirmation', confirmationId, ordinal), letterId }]
    }
    case 'JointReleaseContradicted': {
      const { confirmationId: id, answer } = event
      return [letter('notice', releasingAgency, 'contradiction', id, answer.at)]
    }
    case 'AffectedAgencyDeclared':
      return [letter('notice', releasingAgency, 'declaration', event.declarationId)]
    case 'DeclarationAnswered': {
      const declaration = declarations.find(({ id }) => id === event.declarationId)
      if (declaration === undefined) return []
      // Who was only named by a reply did not ask: it gets the consultation letter, or nothing.
      const recipient = declaration.namedBy ?? declaration.agency
      return [letter('notice', recipient, 'answer', declaration.id)]
    }
    case 'BreachReferred':
      return [event.to, releasingAgency].map((recipient) =>
        letter('notice', recipient, 'referral', event.referralId),
      )
    case 'JointReleaseConfirmed': // seen in the release
    case 'ApprovalRecorded':
      return []
  }
}

/** Co-producers that are told of a withdrawal, for they were asked to confirm. */
export const withdrawalLettersOf = (after: Release): LetterToPost[] =>
  Object.values(after.confirmations)
    .filter(({ version }) => version === after.version)
    .map(({ id, agency }) => ({
      letterId: derivedLetterId(after.id, 'confirmation', id, 'withdrawal', agency),
      releaseId: after.id,
      consultationId: '',
      kind: 'withdrawal',
      recipient: agency,
      subject: `confirmation:${id}`,
    }))
