// Which letters an event makes: told once, to whom, about what. The words are written when a letter
// is posted; its id follows from what it is about, so that it is never sent twice. Pure.
import { derivedId } from '../../../shared/identity/derived-id.js'
import type { Id } from '../../../shared/identity/identity.js'
import { closesTheConsultation } from '../consultation/opinion.js'
import type { ReleaseEvent } from '../release/events.js'
import type { Release } from '../release/state.js'
import { disagreementLettersOf } from './disagreement-letters.js'
import { gateLettersOf, withdrawalLettersOf } from './gate-letters.js'
import { correctionsOf, paperLettersOf, paperOpinionLettersOf } from './paper-letters.js'
import { takeOverLettersOf } from './paper-letters.js'

export type LetterKind =
  | 'consultation_letter'
  | 'reminder'
  | 'certificate_of_deemed_consent'
  | 'defect_notice'
  | 'withdrawal'
  | 'correction'
  | 'reply_notice'
  | 'confirmation_request'
  | 'dispute_application'
  | 'notice'

/** A letter that is to be posted. */
export type LetterToPost = {
  readonly letterId: Id<'letter'>
  readonly releaseId: Id<'release'>
  /** Empty where it is about the release as a whole, or about a thing that `subject` names. */
  readonly consultationId: string
  readonly kind: LetterKind
  readonly recipient: Id<'agency'>
  /** Which one of its kind: ordinal of a reminder, id of a remark, cause of a correction; or `<topic>:<id>`. */
  readonly subject: string
}

/** The letters that these events make. */
export function lettersOf(after: Release, events: readonly ReleaseEvent[]): LetterToPost[] {
  return events.flatMap((event) => lettersOfEvent(after, event))
}

function lettersOfEvent(after: Release, event: ReleaseEvent): LetterToPost[] {
  // `once` tells apart letters of one kind about one consultation to one agency.
  const about = (
    consultationId: string,
    kind: LetterKind,
    recipient: string,
    once: string | number,
    subject = '',
  ): LetterToPost => {
    const letterId = derivedLetterId(after.id, consultationId, kind, recipient, once)
    return { letterId, releaseId: after.id, consultationId, kind, recipient, subject }
  }
  const agencyOf = (id: string): string => after.consultations[id]?.agency ?? ''
  const { releasingAgency } = after
  switch (event.type) {
    case 'LettersIssued':
      return event.letters.map(({ consultationId, letterId, agency }) => ({
        ...about(consultationId, 'consultation_letter', agency, ''),
        letterId,
      }))
    case 'ReminderIssued': {
      const { consultationId, letterId, ordinal } = event
      const agency = agencyOf(consultationId)
      return [{ ...about(consultationId, 'reminder', agency, ordinal, String(ordinal)), letterId }]
    }
    case 'ConsentDeemed': {
      const { consultationId, recordedAt } = event
      return [agencyOf(consultationId), releasingAgency].map((recipient) =>
        about(consultationId, 'certificate_of_deemed_consent', recipient, recordedAt),
      )
    }
    case 'DefectiveObjectionFiled': {
      const { consultationId, opinion } = event
      return [
        about(consultationId, 'defect_notice', agencyOf(consultationId), opinion.admittedAt),
        about(consultationId, 'reply_notice', releasingAgency, opinion.admittedAt),
        ...paperOpinionLettersOf(after, consultationId, opinion),
      ]
    }
    case 'OpinionGiven': {
      const { consultationId, opinion } = event
      // a plain yes is seen in the release; what asks for an answer goes out at once
      const plain = closesTheConsultation(opinion.kind) && opinion.askInstead === undefined
      return [
        ...(plain
          ? []
          : [about(consultationId, 'reply_notice', releasingAgency, opinion.admittedAt)]),
        ...paperOpinionLettersOf(after, consultationId, opinion),
      ]
    }
    case 'LateRemarkFiled': {
      const { consultationId, remarkId, opinion } = event
      return [
        about(consultationId, 'reply_notice', releasingAgency, remarkId, remarkId),
        ...paperOpinionLettersOf(after, consultationId, opinion),
      ]
    }
    case 'DeadlineMoved':
    case 'DeemingCorrected':
    case 'DeemedConsentReversed':
      return correctionsOf(after, event)
    case 'PaperServiceRecorded':
    case 'PaperServiceContested':
    case 'PaperServiceDecided':
      return paperLettersOf(after, event)
    case 'SuccessorTookOver':
      return takeOverLettersOf(after, event)
    case 'ReleaseWithdrawn':
      return [
        ...Object.values(after.consultations)
          .filter(({ version: asked }) => asked === after.version)
          .map(({ id, agency }) => about(id, 'withdrawal', agency, after.version)),
        ...withdrawalLettersOf(after),
      ]
    case 'ConfirmationsRequested':
    case 'ConfirmationReminderIssued':
    case 'JointReleaseConfirmed':
    case 'JointReleaseContradicted':
    case 'ApprovalRecorded':
    case 'AffectedAgencyDeclared':
    case 'DeclarationAnswered':
    case 'BreachReferred':
      return gateLettersOf(after, event)
    case 'DraftRevised':
    case 'ChangesDeclined':
    case 'NegotiationOpened':
    case 'NegotiationEnded':
    case 'NegotiationRecorded':
    case 'NegotiationFailed':
    case 'StandingInstructionSet':
    case 'EscalationRequested':
    case 'DisputeFiled':
    case 'DisputeAccepted':
    case 'DisputeReassigned':
    case 'DisputeReturned':
    case 'DisputeEnded':
    case 'RulingIssued':
      return disagreementLettersOf(after, event)
    case 'ReleaseSubmitted':
    case 'ParticularsDeclared':
    case 'SecrecyReviewRecorded':
    case 'LetterReceived':
    case 'LetterUndelivered':
    case 'SilenceRecorded':
    case 'LateRemarkDecided':
    case 'ReleaseCleared':
    case 'ClearanceReversed':
    case 'ReleasePublished':
    case 'ContentDestroyed':
    case 'BreachRecorded':
    case 'ReminderDelivered':
      return []
  }
}

/** A letter's id from what it is about: the event and its addressee. */
export const derivedLetterId = derivedId<'letter'>
