// A deadline that turns out to be later than it was told: by a notice of the calendar, or for an outage that
// comes on record afterwards. Open ones move; what silence had become in the meantime is undone by a new event,
// unless the later deadline passed in silence too: then its instant is corrected. The effect is the law's, so
// that it waits for nobody's permission to be undone. Pure.
import type { Id, Instant } from '../../../shared/identity/identity.js'
import type { Deadlines } from '../calendar/deadlines.js'
import type { Consultation } from '../consultation/consultation.js'
import type { MoveCause } from '../consultation/events.js'
import { isFirm, laterOf, type DeadlineRecord } from '../consultation/deadline.js'
import { giveOpinion } from '../consultation/give-opinion.js'
import { outageMinutes, type DeemConsent } from '../consultation/silence.js'
import type { Pack } from '../pack/pack.js'
import type { ReleaseEvent } from './events.js'
import { Deciding } from './release.js'
import { settleDeadline } from './settle-deadline.js'
import { hasEnded, type LateRemark, type Release } from './state.js'

export type Recompute = {
  readonly consultationId: string
  readonly now: Instant
  /** Settling time in milliseconds. */
  readonly settling: number
  /** Deadlines by the new revision. */
  readonly deadlines: Deadlines
  /** Region of the consulted agency, where no deadline was told yet. */
  readonly region: string
  /** Numbers of the notices that the revision added. */
  readonly notice: string
}

/** What a revision of the calendar does to one consultation. Asked again, it does nothing. */
export function recomputeDeadline(
  release: Release,
  pack: Pack,
  command: Recompute,
): readonly ReleaseEvent[] {
  const consultation = release.consultations[command.consultationId]
  if (consultation?.receivedAt === undefined || !isOpen(release, consultation)) return []
  const { deadline: told } = consultation
  if (told === undefined || !isFirm(told)) return settled(release, consultation, pack, command)
  const { now, notice } = command
  const deciding = new Deciding(release, pack, now)
  if (told.at > now) {
    const next = laterDeadline(consultation, told, pack, command)
    if (next === undefined || hasEnded(release)) return []
    deciding.add([moved(consultation.id, 'calendar-revision', told, next, { notice })])
    return deciding.events
  }
  const published = asItWasPublished(consultation.receivedAt, told, pack, command)
  if (published === undefined || published.at <= told.at) return []
  // One that is open again is open to all that is recorded, as any open one is.
  const open = published.at > now && laterDeadline(consultation, published, pack, command)
  const stands = open || published
  correctPassed(deciding, consultation, stands, {
    ...{ cause: 'calendar-revision', settling: command.settling },
    more: { notice },
    afterTelling: (like) => command.deadlines.endOfFirstWorkingDayAfter(now, like, pack),
  })
  return deciding.events.length === 0 ? [] : deciding.end()
}

export type Reconsider = Omit<DeemConsent, 'settling'> & {
  readonly consultationId: string
  readonly settling: number
  readonly afterTelling: (like: DeadlineRecord) => DeadlineRecord | undefined
}

/** What an outage that comes on record after the deadline does to one consultation: the deadline rolls all the same. */
export function reconsiderOutage(
  release: Release,
  pack: Pack,
  command: Reconsider,
): readonly ReleaseEvent[] {
  const consultation = release.consultations[command.consultationId]
  if (consultation === undefined || !isOpen(release, consultation)) return []
  const { deadline: told, agency } = consultation
  if (told === undefined || !isFirm(told) || told.at > command.now) return []
  const minutes = outageMinutes(told, command)
  const tolerated = pack.outage.toleratedMinutes
  let stands: DeadlineRecord | undefined = told
  while (stands !== undefined && command.now >= stands.at) {
    if (outageMinutes(stands, command) <= tolerated) break
    stands = command.nextWorkingDay(stands, agency)
  }
  if (stands === undefined || stands.at <= told.at) return []
  const deciding = new Deciding(release, pack, command.now)
  correctPassed(deciding, consultation, stands, {
    ...{ cause: 'outage', settling: command.settling, more: { minutes } },
    afterTelling: command.afterTelling,
  })
  return deciding.events.length === 0 ? [] : deciding.end()
}

/** Of the present version and not withdrawn. A publication ends what is open, but not what is true. */
const isOpen = (release: Release, { version, status }: Consultation): boolean =>
  version === release.version && status !== 'superseded' && status !== 'withdrawn'

function settled(
  release: Release,
  { id, receivedAt = 0, deadline: told }: Consultation,
  pack: Pack,
  { now, deadlines, region, notice }: Recompute,
): readonly ReleaseEvent[] {
  const computed = deadlines.of(receivedAt, pack, told?.region ?? region)
  if (computed === undefined) return []
  const afterTelling = deadlines.endOfFirstWorkingDayAfter(now, computed, pack)
  return settleDeadline(release, { consultationId: id, computed, afterTelling, now }).map(
    (event) => (event.type === 'DeadlineMoved' ? { ...event, notice } : event),
  )
}

/** The deadline by the new calendar where it is later than what was told; never an earlier one. */
function laterDeadline(
  { receivedAt = 0 }: Consultation,
  told: DeadlineRecord,
  pack: Pack,
  { deadlines }: Recompute,
): DeadlineRecord | undefined {
  const computed = deadlines.of(receivedAt, pack, told.region)
  // A deadline that was rolled to a day that is no working day any more rolls on.
  const rolled = deadlines.rolledOn(told, pack)
  const next = [computed, rolled].reduce<DeadlineRecord>(
    (latest, one) => (one === undefined ? latest : laterOf(latest, one)),
    told,
  )
  return next.at > told.at ? next : undefined
}

const ROUNDS_MAX = 50 // a notice a day would be needed to come near

/**
 * The deadline by what was published before it: a notice published after a deadline never undoes it, but one that moved the
 * deadline may let in another that was published before the new one.
 */
function asItWasPublished(
  receivedAt: Instant,
  told: DeadlineRecord,
  pack: Pack,
  { deadlines }: Recompute,
): DeadlineRecord | undefined {
  let stands = told
  for (let round = 0; round < ROUNDS_MAX; round++) {
    const known = deadlines.asPublishedBy(stands.lastDay)
    const computed = known.of(receivedAt, pack, told.region)
    if (computed === undefined) return undefined
    const next = laterOf(laterOf(stands, computed), known.rolledOn(stands, pack) ?? stands)
    if (next.at === stands.at) return stands
    stands = next
  }
  return stands
}

type Correction = {
  readonly cause: MoveCause
  readonly settling: number
  readonly more: { readonly notice?: string; readonly minutes?: number }
  readonly afterTelling: (like: DeadlineRecord) => DeadlineRecord | undefined
}

/** A deadline that has passed was later: what silence became is undone, or corrected where the later one passed in silence too. */
function correctPassed(
  deciding: Deciding,
  consultation: Consultation,
  stands: DeadlineRecord,
  correction: Correction,
): void {
  const { id, status, deadline: told } = consultation
  if (told === undefined) return
  const { now } = deciding
  const { cause, more } = correction
  // As with every deeming: what was admitted before the deadline may still be on its way to the record.
  const ahead = stands.at + correction.settling > now
  // Who was told that it is over gets a working day to hear that it is not; without a calendar for that nothing binds.
  const next = ahead ? withTimeToHear(stands, correction.afterTelling(stands)) : stands
  const meanwhile = saidBetween(deciding.state, id, told.at, next.at)
  const quiet = !ahead && meanwhile.length === 0
  switch (status) {
    case 'deemed': {
      if (quiet) {
        deciding.add([
          {
            type: 'DeemingCorrected',
            ...{ consultationId: id, cause, from: told.at, deadline: next, recordedAt: now },
            ...more,
          },
        ])
        const { cleared, published } = deciding.state
        if (published === undefined && cleared !== undefined && cleared.at < next.at)
          deciding.reverseClearance('deeming-corrected')
        return
      }
      deciding.add([
        { type: 'DeemedConsentReversed', consultationId: id, cause },
        moved(id, cause, told, next, { ...more, reverses: true }),
      ])
      deciding.reverseClearance('deemed-consent-reversed')
      break
    }
    case 'expired':
      if (quiet) return // silence had no effect, and has none later
      deciding.add([
        { type: 'DeemedConsentReversed', consultationId: id, cause },
        moved(id, cause, told, next, more),
      ])
      break
    case 'running':
      deciding.add([moved(id, cause, told, next, more)])
      break
    case 'answered':
    case 'defective':
    case 'no_verdict':
      if (quiet) return
      deciding.add([moved(id, cause, told, next, more)])
      break
    case 'issued':
    case 'undelivered':
    case 'superseded':
    case 'withdrawn':
      return
  }
  for (const remark of meanwhile) takeUp(deciding, id, remark, correction.settling)
}

const withTimeToHear = (
  stands: DeadlineRecord,
  afterTelling: DeadlineRecord | undefined,
): DeadlineRecord =>
  afterTelling === undefined ? { ...stands, provisional: true } : laterOf(stands, afterTelling)

/** Remarks that were late by the deadline that was told and are in time by the one that stands. */
const saidBetween = (release: Release, id: string, from: Instant, to: Instant): LateRemark[] =>
  release.remarks
    .filter(({ consultationId, opinion }) => {
      const { admittedAt } = opinion
      return consultationId === id && from <= admittedAt && admittedAt < to
    })
    .sort((one, other) => one.opinion.admittedAt - other.opinion.admittedAt)

/** What was said in time after all is no remark, but a reply. */
function takeUp(deciding: Deciding, id: string, remark: LateRemark, settling: number): void {
  const consultation = deciding.state.consultations[id]
  if (consultation === undefined) return
  const { cleared } = deciding.state
  const events = giveOpinion(consultation, deciding.pack, {
    opinion: remark.opinion,
    now: deciding.now,
    settling,
    remarkId: remark.id,
    cleared: cleared !== undefined && cleared.at <= remark.opinion.admittedAt,
    clockInDoubt: false,
  })
  if (events.some(({ type }) => type === 'LateRemarkFiled')) return
  deciding.add(
    events.map((event) =>
      event.type === 'OpinionGiven' || event.type === 'DefectiveObjectionFiled'
        ? { ...event, fromRemark: remark.id }
        : event,
    ),
  )
  deciding.reverseClearance('opinion-replaced-in-time')
}

const moved = (
  consultationId: Id<'consultation'>,
  cause: MoveCause,
  told: DeadlineRecord,
  deadline: DeadlineRecord,
  more: Correction['more'] & { readonly reverses?: true },
): Extract<ReleaseEvent, { type: 'DeadlineMoved' }> => ({
  type: 'DeadlineMoved',
  ...{ consultationId, cause, from: told.at, deadline },
  ...more,
})
