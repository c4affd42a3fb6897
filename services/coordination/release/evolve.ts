// Folds one event into a release. Pure.
import type { Instant } from '../../../shared/identity/identity.js'
import { evolveConsultation, type Consultation } from '../consultation/consultation.js'
import type { Breach, ReleaseEvent } from './events.js'
import type { Release } from './state.js'

/** The state after an event. */
export function evolve(state: Release, event: ReleaseEvent): Release {
  switch (event.type) {
    case 'ReleaseSubmitted': {
      const { type: _type, draftDigest, judgementDigest, affected, ...rest } = event
      return { ...state, ...rest, draftDigest, judgementDigest, affected, exists: true, version: 1 }
    }
    case 'SecrecyReviewRecorded':
      return {
        ...state,
        secrecyReview: { reviewedOn: event.reviewedOn, digest: event.reviewDigest },
      }
    case 'LettersIssued':
      return {
        ...state,
        issued: true,
        documentNumber: event.documentNumber,
        consultations: { ...state.consultations, ...consultationsOf(event) },
      }
    case 'DraftRevised': {
      const { secrecyReview: _review, ...rest } = withoutClearance(state, event.revisedAt)
      return {
        ...rest,
        version: event.version,
        draftDigest: event.draftDigest,
        judgementDigest: event.judgementDigest,
        affected: event.affected,
        issued: false,
        documentNumber: '',
        negotiating: false,
        consultations: endOpen(state.consultations, 'superseded'),
      }
    }
    case 'NegotiationOpened':
      return { ...state, negotiating: true }
    case 'NegotiationEnded':
      return { ...state, negotiating: false }
    case 'LateRemarkFiled': {
      const { remarkId: id, consultationId, opinion, holds, cause } = event
      const agency = state.consultations[consultationId]?.agency ?? ''
      return {
        ...state,
        remarks: [...state.remarks, { id, consultationId, agency, opinion, holds, cause }],
      }
    }
    case 'LateRemarkDecided':
      return {
        ...state,
        remarks: state.remarks.map((remark) =>
          remark.id === event.remarkId
            ? {
                ...remark,
                decision: event.decision,
                decisionDigest: event.decisionDigest,
                decidedAt: event.decidedAt,
                decidedOn: state.version,
              }
            : remark,
        ),
      }
    case 'ReleaseCleared':
      return {
        ...state,
        cleared: {
          version: event.version,
          digest: event.digest,
          at: event.clearedAt,
          basis: event.basis,
        },
      }
    case 'ClearanceReversed':
      return withoutClearance(state, event.reversedAt)
    case 'ReleaseWithdrawn':
      return {
        ...state,
        withdrawn: { at: event.withdrawnAt, reasonDigest: event.reasonDigest },
        consultations: endOpen(state.consultations, 'withdrawn'),
      }
    case 'ReleasePublished': {
      const { publishedAt, digest, whereDigest } = event
      const publication = { at: publishedAt, digest, whereDigest, breaches: [] }
      return state.published === undefined
        ? { ...state, published: publication }
        : { ...state, furtherPublications: [...state.furtherPublications, publication] }
    }
    case 'BreachRecorded': // of the publication just before it
      return withBreaches(state, event.breaches)
    case 'LetterReceived':
    case 'LetterUndelivered':
    case 'OpinionGiven':
    case 'DefectiveObjectionFiled':
    case 'ReminderIssued':
    case 'ReminderDelivered':
    case 'ConsentDeemed':
    case 'SilenceRecorded':
    case 'DeemedConsentReversed':
    case 'DeadlineMoved': {
      const consultation = state.consultations[event.consultationId]
      if (consultation === undefined) return state
      return {
        ...state,
        consultations: {
          ...state.consultations,
          [event.consultationId]: evolveConsultation(consultation, event),
        },
      }
    }
  }
}

function withBreaches(state: Release, breaches: readonly Breach[]): Release {
  const { published, furtherPublications } = state
  const last = furtherPublications.at(-1)
  if (last !== undefined) {
    const further = [...furtherPublications.slice(0, -1), { ...last, breaches }]
    return { ...state, furtherPublications: further }
  }
  return published === undefined ? state : { ...state, published: { ...published, breaches } }
}

function consultationsOf(
  event: Extract<ReleaseEvent, { type: 'LettersIssued' }>,
): Record<string, Consultation> {
  return Object.fromEntries(
    event.letters.map(({ consultationId, letterId, agency, trigger }) => [
      consultationId,
      {
        id: consultationId,
        letterId,
        agency,
        trigger,
        version: event.version,
        status: 'issued' as const,
        issuedAt: event.issuedAt,
        remindedAt: [],
        reminderLetters: [],
      },
    ]),
  )
}

function withoutClearance({ cleared, ...state }: Release, until: Instant): Release {
  if (cleared === undefined) return state
  const { version, digest, at: from } = cleared
  return { ...state, endedClearances: [...state.endedClearances, { version, digest, from, until }] }
}

/** An ended round can no longer be answered; what was said in it, and since when silence had effect, stays readable. */
function endOpen(
  consultations: Release['consultations'],
  status: 'superseded' | 'withdrawn',
): Release['consultations'] {
  return Object.fromEntries(
    Object.entries(consultations).map(([id, consultation]) => [
      id,
      consultation.status === 'superseded' ? consultation : { ...consultation, status },
    ]),
  )
}
