// How a dispute comes to its coordinator and leaves it: taken over from coordination, redirected, accepted,
// returned, handed up, ended by what happens to the release (协调 art. 6 para 3). Pure.
import type { Id, Instant } from '../../../shared/identity/identity.js'
import { Refusal } from '../../../shared/refusal/refusal.js'
import type { CandidateKind, DisputeEvent, EndingCause, FiledFacts } from './events.js'
import { isOpen, isParty, mustBeOpen, type Dispute } from './state.js'

/** The file was read. Told twice, it is one dispute. */
export function receive(
  dispute: Dispute,
  filed: FiledFacts,
  { now, remindAt }: { readonly now: Instant; readonly remindAt: Instant },
): readonly DisputeEvent[] {
  if (dispute.exists) return []
  return [{ type: 'DisputeReceived', ...filed, receivedAt: now, remindAt }]
}

type Passing = { readonly reasonDigest: string; readonly now: Instant; readonly remindAt: Instant }

/** The releasing agency chooses another candidate, until its dispute was accepted or handed on. */
export function redirect(
  dispute: Dispute,
  { to, reasonDigest, now, remindAt }: Passing & { readonly to: CandidateKind },
): readonly DisputeEvent[] {
  mustBeOpen(dispute)
  const handedUp = dispute.former.some(({ how }) => how === 'handed-up')
  if (dispute.status === 'accepted' || handedUp)
    throw new Refusal('out-of-order', 'REDIRECTION_CLOSED', dispute.rule)
  const candidate = dispute.candidates.find(({ kind }) => kind === to)
  const agency = candidate?.agency ?? ''
  if (agency === '' || isParty(dispute, agency) || agency === dispute.coordinator)
    throw new Refusal('out-of-order', 'CANDIDATE_UNAVAILABLE', dispute.rule, {
      field: 'to',
      ...(agency === ''
        ? { why_zh: '该候选机关不存在', why_en: 'there is no such candidate' }
        : agency === dispute.coordinator
          ? { why_zh: '该事项已在该机关处', why_en: 'the dispute is with that agency already' }
          : { why_zh: '该机关是当事机关', why_en: 'that agency is a party' }),
      agency: agency === '' ? '—' : agency,
    })
  const { releaseId } = dispute
  return [
    {
      ...{ type: 'DisputeRedirected', releaseId, to, coordinator: agency },
      ...{ reasonDigest, redirectedAt: now, remindAt },
    },
  ]
}

/** The coordinator accepts (受理); accepted once, it stays accepted. */
export function accept(
  dispute: Dispute,
  { now }: { readonly now: Instant },
): readonly DisputeEvent[] {
  mustBeOpen(dispute)
  if (dispute.status === 'accepted') return []
  const { releaseId, coordinator } = dispute
  return [{ type: 'DisputeAccepted', releaseId, coordinator, acceptedAt: now }]
}

/** The coordinator returns it to negotiation, with its reason. */
export function returnToNegotiation(
  dispute: Dispute,
  { reasonDigest, now }: { readonly reasonDigest: string; readonly now: Instant },
): readonly DisputeEvent[] {
  mustBeOpen(dispute)
  const { releaseId } = dispute
  return [{ type: 'DisputeReturned', releaseId, reasonDigest, returnedAt: now }]
}

/** The coordinator hands it to its own superior organ, as the directory names it: never to a party, never back. */
export function handUp(
  dispute: Dispute,
  { superior, reasonDigest, now, remindAt }: Passing & { readonly superior: string },
): readonly DisputeEvent[] {
  mustBeOpen(dispute)
  const had =
    superior === dispute.coordinator || dispute.former.some((one) => one.agency === superior)
  if (superior === '' || isParty(dispute, superior) || had)
    throw new Refusal('out-of-order', 'NO_SUPERIOR', dispute.rule)
  const { releaseId } = dispute
  return [
    {
      ...{ type: 'DisputeHandedUp', releaseId, coordinator: superior },
      ...{ reasonDigest, handedUpAt: now, remindAt },
    },
  ]
}

/** What happened to its release ends a dispute that is open. A version not newer than the one in dispute does not. */
export function end(
  dispute: Dispute,
  command: { readonly cause: EndingCause; readonly version?: number; readonly now: Instant },
): readonly DisputeEvent[] {
  if (!isOpen(dispute)) return []
  const { cause, version, now } = command
  if (cause === 'draft-revised' && (version ?? 0) <= dispute.version) return []
  const { releaseId } = dispute
  return [{ type: 'DisputeEnded', releaseId, cause, endedAt: now }]
}

/** Whoever waits too long is reminded, and nothing else: no outcome follows from it. */
export function remind(
  dispute: Dispute,
  { now, nextFor }: { readonly now: Instant; readonly nextFor: (agency: Id<'agency'>) => Instant },
): readonly DisputeEvent[] {
  if (!isOpen(dispute)) return []
  const events: DisputeEvent[] = []
  const { coordinator: agency } = dispute
  if (dispute.remindAt <= now)
    events.push({
      ...{ type: 'ReminderIssued', agency, ordinal: dispute.remindedAt.length + 1 },
      ...{ remindedAt: now, nextAt: nextFor(agency) },
    })
  for (const { id, body, given, remindAt, remindedAt } of Object.values(dispute.coReviews)) {
    if (given !== undefined || remindAt === undefined || remindAt > now) continue
    events.push({
      ...{ type: 'ReminderIssued', agency: body, coReviewId: id, ordinal: remindedAt.length + 1 },
      ...{ remindedAt: now, nextAt: nextFor(body) },
    })
  }
  return events
}
