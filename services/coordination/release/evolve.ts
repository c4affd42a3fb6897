// Folds one event into a release. Pure.
import type { Instant } from '../../../shared/identity/identity.js'
import { evolveTakenOver } from '../standing/take-over.js'
import { evolveApprovals } from '../approval/approval.js'
import { evolveConsultation, type Consultation } from '../consultation/consultation.js'
import { evolveDeclarations } from '../declaration/declaration.js'
import { endConfirmations, evolveConfirmations } from '../joint/joint.js'
import { evolveDisputes } from '../dispute/dispute.js'
import { evolveNegotiation, givenBack, noNegotiation } from '../negotiation/negotiation.js'
import type { Breach, ReleaseEvent } from './events.js'
import type { DraftVersion, Release } from './state.js'

/** The state after an event. */
export function evolve(state: Release, event: ReleaseEvent): Release {
  switch (event.type) {
    case 'ReleaseSubmitted': {
      const { type: _type, ...rest } = event
      const versions = [{ version: 1, digest: event.draftDigest, at: event.submittedAt }]
      return { ...state, ...rest, versions, exists: true, version: 1 }
    }
    case 'SuccessorTookOver':
      return { ...state, takenOver: evolveTakenOver(state.takenOver, event) }
    case 'ParticularsDeclared': {
      const { type: _type, ...particulars } = event
      return { ...state, particulars }
    }
    case 'ConfirmationsRequested':
    case 'JointReleaseConfirmed':
    case 'JointReleaseContradicted':
    case 'ConfirmationReminderIssued':
      return { ...state, confirmations: evolveConfirmations(state.confirmations, event) }
    case 'ApprovalRecorded':
      return { ...state, approvals: evolveApprovals(state.approvals, event) }
    case 'AffectedAgencyDeclared':
      return { ...state, declarations: evolveDeclarations(state.declarations, event) }
    case 'DeclarationAnswered':
      return withAnswer(state, event)
    case 'BreachReferred': {
      const { type: _type, ...referral } = event
      return { ...state, referrals: [...state.referrals, referral] }
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
        versions: [...state.versions, versionOf(event)],
        judgementDigest: event.judgementDigest,
        affected: event.affected,
        issued: false,
        documentNumber: '',
        negotiating: false,
        negotiation: noNegotiation,
        consultations: endOpen(state.consultations, 'superseded', event.revisedAt),
        confirmations: endConfirmations(state.confirmations),
      }
    }
    case 'NegotiationOpened':
    case 'NegotiationEnded':
    case 'NegotiationRecorded':
    case 'NegotiationFailed':
    case 'EscalationRequested': {
      const opened = event.type === 'NegotiationOpened'
      const negotiating = event.type === 'NegotiationEnded' ? false : opened || state.negotiating
      return { ...state, negotiating, negotiation: evolveNegotiation(state.negotiation, event) }
    }
    case 'StandingInstructionSet': {
      const { to, afterWorkingDays } = event
      return { ...state, standingInstruction: { to, afterWorkingDays } }
    }
    case 'DisputeFiled':
    case 'DisputeAccepted':
    case 'DisputeReassigned':
    case 'DisputeEnded':
      return { ...state, disputes: evolveDisputes(state.disputes, event) }
    case 'DisputeReturned': {
      const disputes = evolveDisputes(state.disputes, event)
      return { ...state, disputes, negotiation: givenBack(state.negotiation, event.returnedAt) }
    }
    case 'RulingIssued': {
      const disputes = evolveDisputes(state.disputes, event)
      return event.disposition === 'back_to_negotiation'
        ? { ...state, disputes, negotiation: givenBack(state.negotiation, event.ruledAt) }
        : { ...state, disputes }
    }
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
        consultations: endOpen(state.consultations, 'withdrawn', event.withdrawnAt),
        confirmations: endConfirmations(state.confirmations),
      }
    case 'ContentDestroyed':
      return { ...state, contentDestroyedAt: event.destroyedAt }
    case 'ReleasePublished': {
      const { publishedAt, digest, whereDigest, recordedAt } = event
      const publication = { at: publishedAt, digest, whereDigest, recordedAt, breaches: [] }
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
    case 'ChangesDeclined':
    case 'DeemingCorrected':
    case 'PaperServiceRecorded':
    case 'PaperServiceContested':
    case 'PaperServiceDecided':
    case 'DeadlineMoved': {
      const consultation = state.consultations[event.consultationId]
      if (consultation === undefined) return state
      return {
        ...state,
        consultations: {
          ...state.consultations,
          [event.consultationId]: evolveConsultation(consultation, event),
        },
        ...('fromRemark' in event
          ? { remarks: state.remarks.filter(({ id }) => id !== event.fromRemark) }
          : {}),
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

/** An agency that is to be consulted is affected from now on, in later versions, too. */
function withAnswer(
  state: Release,
  event: Extract<ReleaseEvent, { type: 'DeclarationAnswered' }>,
): Release {
  const declarations = evolveDeclarations(state.declarations, event)
  const agency = state.declarations.find(({ id }) => id === event.declarationId)?.agency
  if (!event.consulted || agency === undefined) return { ...state, declarations }
  return {
    ...state,
    declarations,
    judgementDigest: event.judgementDigest ?? state.judgementDigest,
    affected: [...state.affected, { agency, trigger: 'may_affect_work' }],
  }
}

const versionOf = (event: Extract<ReleaseEvent, { type: 'DraftRevised' }>): DraftVersion => ({
  version: event.version,
  digest: event.draftDigest,
  at: event.revisedAt,
  ...(event.byRulingOf === undefined ? {} : { byRulingOf: event.byRulingOf }),
})

function withoutClearance({ cleared, ...state }: Release, until: Instant): Release {
  if (cleared === undefined) return state
  const { version, digest, at: from } = cleared
  return { ...state, endedClearances: [...state.endedClearances, { version, digest, from, until }] }
}

/** An ended round can no longer be answered; what was said in it, and since when silence had effect, stays readable. */
function endOpen(
  consultations: Release['consultations'],
  status: 'superseded' | 'withdrawn',
  endedAt: Instant,
): Release['consultations'] {
  return Object.fromEntries(
    Object.entries(consultations).map(([id, consultation]) => [
      id,
      consultation.status === 'superseded' ? consultation : { ...consultation, status, endedAt },
    ]),
  )
}
