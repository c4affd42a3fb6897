// Which letters an event makes: told once, to whom, about what. The words are written when a letter
// is posted; its id follows from what it is about, so that it is never sent twice. Pure.
import { createHash } from 'node:crypto'
import type { Id } from '../../../shared/identity/identity.js'
import { closesTheConsultation } from '../consultation/opinion.js'
import type { ReleaseEvent } from '../release/events.js'
import type { Release } from '../release/state.js'

export type LetterKind =
  | 'consultation_letter'
  | 'reminder'
  | 'certificate_of_deemed_consent'
  | 'defect_notice'
  | 'withdrawal'
  | 'correction'
  | 'reply_notice'

/** A letter that is to be posted. */
export type LetterToPost = {
  readonly letterId: Id<'letter'>
  readonly releaseId: Id<'release'>
  /** Empty where it is about the release as a whole. */
  readonly consultationId: string
  readonly kind: LetterKind
  readonly recipient: Id<'agency'>
  /** Which one of its kind: ordinal of a reminder, id of a remark, cause of a correction. */
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
      ]
    }
    case 'OpinionGiven': // a plain yes is seen in the release; what asks for an answer goes out at once
      return closesTheConsultation(event.opinion.kind) && event.opinion.askInstead === undefined
        ? []
        : [about(event.consultationId, 'reply_notice', releasingAgency, event.opinion.admittedAt)]
    case 'LateRemarkFiled':
      return [
        about(
          event.consultationId,
          'reply_notice',
          releasingAgency,
          event.remarkId,
          event.remarkId,
        ),
      ]
    case 'DeadlineMoved':
      return [
        about(
          event.consultationId,
          'correction',
          agencyOf(event.consultationId),
          event.deadline.at,
          event.cause,
        ),
      ]
    case 'DeemedConsentReversed':
      return [agencyOf(event.consultationId), releasingAgency].map((recipient) =>
        about(
          event.consultationId,
          'correction',
          recipient,
          after.consultations[event.consultationId]?.opinion?.admittedAt ?? 0,
          'deemed-consent-reversed',
        ),
      )
    case 'ReleaseWithdrawn':
      return Object.values(after.consultations)
        .filter(({ version: asked }) => asked === after.version)
        .map(({ id, agency }) => about(id, 'withdrawal', agency, after.version))
    case 'ReleaseSubmitted':
    case 'SecrecyReviewRecorded':
    case 'DraftRevised':
    case 'LetterReceived':
    case 'LetterUndelivered':
    case 'ReminderDelivered':
    case 'SilenceRecorded':
    case 'NegotiationOpened':
    case 'NegotiationEnded':
    case 'LateRemarkDecided':
    case 'ReleaseCleared':
    case 'ClearanceReversed':
    case 'ReleasePublished':
    case 'BreachRecorded':
      return []
  }
}

/** A letter's id from what it is about: a UUID (version 8) over the event and its addressee. */
export function derivedLetterId(...about: readonly (string | number)[]): Id<'letter'> {
  const bytes = createHash('sha256').update(JSON.stringify(about)).digest().subarray(0, 16)
  bytes[6] = ((bytes[6] ?? 0) & 0x0f) | 0x80
  bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80
  const hex = bytes.toString('hex')
  return [8, 12, 16, 20, 32]
    .map((end, index, ends) => hex.slice(ends[index - 1] ?? 0, end))
    .join('-')
}
