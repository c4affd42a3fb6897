// Service on paper decided: recorded, contested, confirmed or rejected (协调 art. 6 para 2). A receipt in
// doubt starts no clock, and a deemed consent that rests on it does not stand. Pure.
import type { Id, Instant } from '../../../shared/identity/identity.js'
import { Refusal } from '../../../shared/refusal/refusal.js'
import type { Consultation } from '../consultation/consultation.js'
import { laterOf, type DeadlineRecord } from '../consultation/deadline.js'
import { ruleOf, type Pack } from '../pack/pack.js'
import type { ReleaseEvent } from '../release/events.js'
import { Deciding, mustBeOpen } from '../release/release.js'
import type { Release } from '../release/state.js'
import { isUndecided, type Clock, type Evidence, type PaperService } from './paper.js'

/** What the calendar of the consulted agency says. */
export type PaperCalendar = {
  /** The deadline of a letter received at an instant; undefined where the calendar has no such year. */
  readonly deadlineOf: (receivedAt: Instant) => DeadlineRecord | undefined
  /** The same deadline at the end of the first working day after an instant. */
  readonly endOfFirstWorkingDayAfter: (
    at: Instant,
    like: DeadlineRecord,
  ) => DeadlineRecord | undefined
  /** Until when a receipt must be on record; undefined where the calendar cannot say. */
  readonly recordBy: (receivedAt: Instant) => Instant | undefined
}

type Common = {
  readonly consultationId: string
  readonly now: Instant
  readonly by: string
  readonly calendar: PaperCalendar
  /** The competent authority of the case; undefined where there is none. */
  readonly authority: Id<'agency'> | undefined
}

/** The releasing agency records that the letter was received on paper. */
export function recordPaperService(
  release: Release,
  pack: Pack,
  command: Common & {
    readonly receivedAt: Instant
    readonly evidence: Evidence
    readonly signedByDigest: string
  },
): readonly ReleaseEvent[] {
  mustBeOpen(release, pack, { zh: '登记纸质送达', en: 'have a service on paper recorded' })
  const consultation = asked(release, pack, command.consultationId)
  const { receivedAt, now, calendar, authority } = command
  if (receivedAt < consultation.issuedAt)
    throw new Refusal('malformed', 'PAPER_BEFORE_LETTER', ruleOf(pack, pack.paper), {
      field: 'received_at',
    })
  const { paper } = consultation
  if (paper !== undefined && paper.status !== 'rejected')
    throw new Refusal('out-of-order', 'PAPER_SERVICE_ON_RECORD', ruleOf(pack, pack.paper))
  if (consultation.receivedAt !== undefined)
    throw new Refusal('out-of-order', 'LETTER_RECEIVED_BY_WIRE', ruleOf(pack, pack.paper))
  const recordBy = calendar.recordBy(receivedAt)
  const late = recordBy === undefined || now >= recordBy // a calendar in doubt puts the receipt in doubt
  const deadline = late ? undefined : deadlineFrom(receivedAt, now, calendar)
  const deciding = new Deciding(release, pack, now)
  deciding.add([
    {
      type: 'PaperServiceRecorded',
      consultationId: consultation.id,
      receivedAt,
      recordedAt: now,
      recordedBy: command.by,
      evidence: command.evidence,
      signedByDigest: command.signedByDigest,
      late,
      ...(deadline === undefined ? {} : { deadline }),
      ...(late && authority !== undefined ? { authority } : {}),
    },
  ])
  return deciding.end()
}

/**
 * The consulted agency contests the service. It may do so as long as the competent authority has not decided: whoever was
 * never served learns of it when it learns of it, and a date would bind it by a letter that it does not have.
 */
export function contestPaperService(
  release: Release,
  pack: Pack,
  command: Common & { readonly reasonDigest: string },
): readonly ReleaseEvent[] {
  const consultation = asked(release, pack, command.consultationId)
  const paper = served(consultation, pack)
  if (paper.status === 'contested')
    throw new Refusal('out-of-order', 'PAPER_SERVICE_CONTESTED', ruleOf(pack, pack.paper))
  if (paper.status !== 'taken' && paper.status !== 'late_on_record')
    throw new Refusal('out-of-order', 'PAPER_SERVICE_DECIDED', ruleOf(pack, pack.paper))
  const { now, authority } = command
  const deciding = new Deciding(release, pack, now)
  reverseIfDeemed(deciding, consultation, 'paper-contested')
  deciding.add([
    {
      type: 'PaperServiceContested',
      consultationId: consultation.id,
      contestedAt: now,
      contestedBy: command.by,
      reasonDigest: command.reasonDigest,
      ...(authority === undefined ? {} : { authority }),
      ...byWire(consultation, command.calendar),
    },
  ])
  return deciding.end()
}

/** The competent authority confirms or rejects the service. What is not in doubt it can only reject: to confirm it would cut off the contest. */
export function decidePaperService(
  release: Release,
  pack: Pack,
  command: Common & {
    readonly authority: Id<'agency'>
    readonly confirmed: boolean
    readonly reasonDigest: string
  },
): readonly ReleaseEvent[] {
  const consultation = asked(release, pack, command.consultationId)
  const paper = served(consultation, pack)
  const { now, confirmed, calendar } = command
  if (paper.status === 'confirmed' || paper.status === 'rejected')
    throw new Refusal('out-of-order', 'PAPER_SERVICE_DECIDED', ruleOf(pack, pack.paper))
  if (confirmed && !isUndecided(paper))
    throw new Refusal('out-of-order', 'PAPER_SERVICE_NOT_IN_DOUBT', ruleOf(pack, pack.paper))
  const deciding = new Deciding(release, pack, now)
  if (!confirmed && paper.status === 'taken')
    reverseIfDeemed(deciding, consultation, 'paper-rejected')
  deciding.add([
    {
      type: 'PaperServiceDecided',
      consultationId: consultation.id,
      confirmed,
      decidedAt: now,
      decidedBy: command.by,
      authority: command.authority,
      reasonDigest: command.reasonDigest,
      ...(confirmed
        ? confirmedClock(consultation, paper, now, calendar)
        : paper.status === 'taken'
          ? byWire(consultation, calendar)
          : {}),
    },
  ])
  return deciding.end()
}

function asked(release: Release, pack: Pack, id: string): Consultation {
  const consultation = release.consultations[id]
  if (consultation === undefined) throw new Refusal('not-found', 'NOT_FOUND', 'house/relation')
  if (consultation.status === 'superseded' || consultation.status === 'withdrawn')
    throw new Refusal('out-of-order', 'NO_OPINION_AWAITED', ruleOf(pack, pack.consultation), {
      field: 'consultation_id',
      status: consultation.status,
    })
  return consultation
}

function served({ paper }: Consultation, pack: Pack): PaperService {
  if (paper === undefined)
    throw new Refusal('out-of-order', 'NO_PAPER_SERVICE', ruleOf(pack, pack.paper))
  return paper
}

/** The deadline from a receipt, but never before the end of the first working day after the agency is told. */
function deadlineFrom(
  receivedAt: Instant,
  told: Instant,
  { deadlineOf, endOfFirstWorkingDayAfter }: PaperCalendar,
): DeadlineRecord | undefined {
  const computed = deadlineOf(receivedAt)
  if (computed === undefined) return undefined
  const floor = endOfFirstWorkingDayAfter(told, computed)
  // Without a calendar for the day after the telling no effect of silence can be said.
  return floor === undefined ? undefined : laterOf(computed, floor)
}

/** Of several receipts the earlier one that is certain starts the clock; what was told is never shortened. */
function confirmedClock(
  { status, receivedAt, deadline }: Consultation,
  paper: PaperService,
  now: Instant,
  calendar: PaperCalendar,
): { readonly clock?: Clock } {
  if (status === 'deemed' || status === 'expired') return {} // on a receipt by wire, which was certain all along
  const computed = deadlineFrom(paper.receivedAt, now, calendar)
  let found = computed
  for (const told of [paper.told, deadline])
    if (told !== undefined) found = found === undefined ? told : laterOf(found, told)
  // Where the calendar cannot say when the agency has had its day to hear of it, what was told binds nobody yet.
  if (computed === undefined && found !== undefined) found = { ...found, provisional: true }
  return {
    clock: {
      receivedAt: Math.min(paper.receivedAt, receivedAt ?? paper.receivedAt),
      ...(found === undefined ? {} : { deadline: found }),
    },
  }
}

function byWire(
  { wireReceivedAt, deadline: told }: Consultation,
  { deadlineOf }: PaperCalendar,
): { readonly clock?: Clock } {
  if (wireReceivedAt === undefined) return {}
  const computed = deadlineOf(wireReceivedAt)
  const deadline = computed !== undefined && told !== undefined ? laterOf(computed, told) : computed
  return {
    clock: { receivedAt: wireReceivedAt, ...(deadline === undefined ? {} : { deadline }) },
  }
}

function reverseIfDeemed(
  deciding: Deciding,
  { id, status }: Consultation,
  cause: 'paper-contested' | 'paper-rejected',
): void {
  if (status !== 'deemed') return
  deciding.add([{ type: 'DeemedConsentReversed', consultationId: id, cause }])
  deciding.reverseClearance('deemed-consent-reversed')
}
