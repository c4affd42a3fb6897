// Which letters an event makes: told once, by whom, to whom, about what. The words are written when a
// letter is posted; its id follows from what it is about, so that it is never sent twice. Pure.
import { derivedId } from '../../../shared/identity/derived-id.js'
import type { Id } from '../../../shared/identity/identity.js'
import type { DisputeEvent } from '../dispute/events.js'
import { awaitedViews, type Dispute } from '../dispute/state.js'

export type LetterKind =
  'notice' | 'dispute_application' | 'co_review_request' | 'reminder' | 'ruling'

/** A letter that is to be posted. */
export type LetterToPost = {
  readonly letterId: Id<'letter'>
  readonly disputeId: Id<'dispute'>
  readonly kind: LetterKind
  readonly sender: Id<'agency'>
  readonly recipient: Id<'agency'>
  /** Which one of its kind: the act that a notice tells of, `<view>/<ordinal>` of a reminder, the view that is asked for. */
  readonly subject: string
}

/** The acts that a notice tells of. */
export type NoticeAbout = 'accepted' | 'returned' | 'redirected' | 'handed-up' | 'ended'

/** The letters that these events make. */
export function lettersOf(
  before: Dispute,
  after: Dispute,
  events: readonly DisputeEvent[],
): LetterToPost[] {
  return events.flatMap((event) => lettersOfEvent(before, after, event))
}

function lettersOfEvent(before: Dispute, after: Dispute, event: DisputeEvent): LetterToPost[] {
  const { id: disputeId, releasingAgency, coordinator } = after
  const write = (
    kind: LetterKind,
    sender: string,
    recipients: Iterable<string>,
    subject: string,
    once: string | number,
  ): LetterToPost[] =>
    [...new Set(recipients)]
      .filter((recipient) => recipient !== sender)
      .map((recipient) => ({
        letterId: derivedId<'letter'>(disputeId, kind, recipient, subject, once),
        ...{ disputeId, kind, sender, recipient, subject },
      }))
  const notice = (about: NoticeAbout, sender: string, to: Iterable<string>, at: number) =>
    write('notice', sender, to, about, at)
  const parties = after.parties.map(({ agency }) => agency)
  const awaited = awaitedViews(before).map(({ body }) => body)
  switch (event.type) {
    case 'DisputeReceived': // coordination puts the application to the first coordinator itself
      return []
    case 'DisputeRedirected': {
      const { redirectedAt: at } = event
      return [
        ...notice('redirected', releasingAgency, [...parties, before.coordinator], at),
        ...write('dispute_application', releasingAgency, [coordinator], 'redirected', at),
      ]
    }
    case 'DisputeHandedUp': {
      const { handedUpAt: at } = event
      const told = [releasingAgency, ...parties, ...awaited]
      return [
        ...notice(
          'handed-up',
          before.coordinator,
          told.filter((agency) => agency !== coordinator),
          at,
        ),
        ...write('dispute_application', before.coordinator, [coordinator], 'handed-up', at),
      ]
    }
    case 'DisputeAccepted':
      return notice('accepted', coordinator, [releasingAgency, ...parties], event.acceptedAt)
    case 'DisputeReturned':
      return notice(
        'returned',
        coordinator,
        [releasingAgency, ...parties, ...awaited],
        event.returnedAt,
      )
    case 'CoReviewRequested':
      return event.asked
        .filter(({ body }) => body !== '')
        .flatMap(({ body, coReviewId }) =>
          // The coordinator may be a body of its level itself; it writes no letter to itself.
          write('co_review_request', coordinator, [body], coReviewId, coReviewId),
        )
    case 'ReminderIssued': {
      const { coReviewId = '', agency, ordinal, remindedAt } = event
      const sender = coReviewId === '' ? releasingAgency : coordinator
      return write('reminder', sender, [agency], `${coReviewId}/${ordinal}`, remindedAt)
    }
    case 'RulingIssued':
      return write(
        'ruling',
        coordinator,
        [releasingAgency, ...parties, ...after.consulted],
        event.rulingId,
        event.rulingId,
      )
    case 'DisputeEnded':
      return notice('ended', releasingAgency, [coordinator, ...awaited], event.endedAt)
    case 'CoReviewGiven':
      return []
  }
}
