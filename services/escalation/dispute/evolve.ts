// The fold of a dispute's events. Pure.
import type { Instant } from '../../../shared/identity/identity.js'
import type { DisputeEvent } from './events.js'
import type { CoReview, Dispute, Former } from './state.js'

export function evolve(state: Dispute, event: DisputeEvent): Dispute {
  switch (event.type) {
    case 'DisputeReceived': {
      const { type: _type, receivedAt: _at, ...filed } = event
      return { ...state, ...filed, exists: true, status: 'filed', since: event.filedAt }
    }
    case 'DisputeRedirected':
      return passedOn(state, event, 'redirected', event.redirectedAt, { to: event.to })
    case 'DisputeHandedUp':
      return passedOn(state, event, 'handed-up', event.handedUpAt, { to: undefined })
    case 'DisputeAccepted':
      return { ...state, status: 'accepted', acceptedAt: event.acceptedAt }
    case 'DisputeReturned': {
      const { reasonDigest, returnedAt: at } = event
      return { ...state, status: 'returned', returned: { reasonDigest, at } }
    }
    case 'CoReviewRequested':
      return {
        ...state,
        coReviews: {
          ...state.coReviews,
          ...Object.fromEntries(
            event.asked.map(({ coReviewId: id, ...asked }) => [
              id,
              { id, ...asked, askedAt: event.askedAt, remindedAt: [] },
            ]),
          ),
        },
      }
    case 'CoReviewGiven': {
      const { coReviewId, advice, viewDigest, givenBy: by, givenAt: at } = event
      return withView(state, coReviewId, { given: { at, advice, viewDigest, by } })
    }
    case 'RulingIssued': {
      const { rulingId: id, rulingDigest: digest, disposition, draftDigest, documentNumber } = event
      const { coordinator, ruledAt, signed } = event
      return {
        ...state,
        status: 'ruled',
        ruling: {
          ...{ id, digest, disposition, draftDigest, documentNumber, coordinator, ruledAt },
          ...(signed && { signed }),
        },
      }
    }
    case 'DisputeEnded':
      return { ...state, status: 'ended', ended: { cause: event.cause, at: event.endedAt } }
    case 'ReminderIssued': {
      const { coReviewId, remindedAt, nextAt: remindAt } = event
      if (coReviewId === undefined)
        return { ...state, remindedAt: [...state.remindedAt, remindedAt], remindAt }
      const before = state.coReviews[coReviewId]?.remindedAt ?? []
      return withView(state, coReviewId, { remindedAt: [...before, remindedAt], remindAt })
    }
  }
}

/** To another coordinator: it has to accept it anew, and its age begins with it. */
function passedOn(
  state: Dispute,
  event: { coordinator: string; reasonDigest: string; remindAt: Instant },
  how: Former['how'],
  until: Instant,
  to: Pick<Dispute, 'to'>,
): Dispute {
  const { acceptedAt: _acceptedAt, ...rest } = state
  const { coordinator, reasonDigest, remindAt } = event
  return {
    ...rest,
    ...to,
    ...{ coordinator, remindAt, since: until, status: 'filed', remindedAt: [] },
    former: [...state.former, { agency: state.coordinator, how, until, reasonDigest }],
  }
}

function withView(state: Dispute, id: string, change: Partial<CoReview>): Dispute {
  const before = state.coReviews[id]
  if (before === undefined) return state
  return { ...state, coReviews: { ...state.coReviews, [id]: { ...before, ...change } } }
}
