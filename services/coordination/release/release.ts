// The release decides: commands in, events out (协调 art. 4, 6, 8). Pure: time, ids, the pack and the
// calendar's answers arrive as values. Whatever a command changes, clearance is found in the same breath.
import { Refusal } from '../../../shared/refusal/refusal.js'
import type { Id, Instant } from '../../../shared/identity/identity.js'
import { hasEndedWithItsRound, type Consultation } from '../consultation/consultation.js'
import type { ConsultationEvent } from '../consultation/events.js'
import type { DeadlineRecord } from '../consultation/deadline.js'
import { giveOpinion } from '../consultation/give-opinion.js'
import type { Given } from '../consultation/opinion.js'
import { deemConsent, rollOver, type DeemConsent } from '../consultation/silence.js'
import { namedByReply } from '../declaration/named-by-reply.js'
import { openDispute } from '../dispute/dispute.js'
import { ruleOf, type Pack } from '../pack/pack.js'
import type { ReleaseEvent } from './events.js'
import { evolve } from './evolve.js'
import { allOpen, basisOf, gatesOf } from './gates.js'
import {
  disputants,
  hasEnded,
  isDisputed,
  presentConsultations,
  statusOf,
  type Release,
} from './state.js'

/** Runs decisions one after another on the state as it becomes, and ends with what follows from it. */
export class Deciding {
  readonly events: ReleaseEvent[] = []
  constructor(
    public state: Release,
    readonly pack: Pack,
    readonly now: Instant,
  ) {}

  add(events: readonly ReleaseEvent[]): void {
    for (const event of events) {
      this.events.push(event)
      this.state = evolve(this.state, event)
    }
  }

  /** A clearance that rests on what does not stand ends with it. */
  reverseClearance(cause: Extract<ReleaseEvent, { type: 'ClearanceReversed' }>['cause']): void {
    const { cleared, version } = this.state
    if (cleared !== undefined)
      this.add([{ type: 'ClearanceReversed', version, cause, reversedAt: this.now }])
  }

  /** Negotiation begins with a standing objection and ends with the last (art. 6 para 3); clearance is a finding, never an act. */
  end(): readonly ReleaseEvent[] {
    const { pack, now } = this
    if (!this.state.exists || hasEnded(this.state)) return this.events
    this.add(agreed(this.state, now))
    this.add(openedOrEnded(this.state, now))
    if (this.state.cleared === undefined && allOpen(gatesOf(this.state, pack))) {
      this.add([
        {
          type: 'ReleaseCleared',
          version: this.state.version,
          digest: this.state.draftDigest,
          clearedAt: now,
          basis: basisOf(this.state),
        },
      ])
    }
    return this.events
  }
}

/** A dispute whose parties all gave in is no dispute any more. */
function agreed(state: Release, endedAt: Instant): ReleaseEvent[] {
  const dispute = openDispute(state)
  if (dispute === undefined) return []
  const still = disputants(state).map(({ agency }) => agency)
  if (dispute.parties.some(({ agency }) => still.includes(agency))) return []
  const { id: disputeId, version } = dispute
  return [{ type: 'DisputeEnded', disputeId, version, cause: 'nothing-in-dispute', endedAt }]
}

function openedOrEnded(state: Release, openedAt: Instant): ReleaseEvent[] {
  const { version, negotiating } = state
  if (negotiating === isDisputed(state)) return []
  if (!negotiating) {
    const opened = { type: 'NegotiationOpened', version, openedAt } as const
    const [first] = disputants(state)
    const id = first?.consultationId ?? ''
    return [
      first?.position === 'contradiction'
        ? { ...opened, consultationId: '', confirmationId: id }
        : { ...opened, consultationId: id },
    ]
  }
  const ruled = state.disputes.some((one) => one.version === version && one.standing === 'ruled')
  return [{ type: 'NegotiationEnded', version, cause: ruled ? 'ruled' : 'objections-withdrawn' }]
}

/** The letter entered the designated mailbox: the clock starts (art. 6 para 2). Told twice, it starts no second clock. */
export function recordReceipt(
  release: Release,
  pack: Pack,
  command: {
    readonly consultationId: string
    readonly receivedAt: Instant
    readonly deadline: DeadlineRecord | undefined
    readonly now: Instant
  },
): readonly ReleaseEvent[] {
  const consultation = release.consultations[command.consultationId]
  if (consultation === undefined) return []
  // Beside a service on paper the receipt by wire is recorded, too: it is certain, and the other may be contested.
  const known =
    consultation.paper === undefined ? consultation.receivedAt : consultation.wireReceivedAt
  if (known !== undefined) return []
  if (hasEndedWithItsRound(consultation)) return []
  const deciding = new Deciding(release, pack, command.now)
  deciding.add([
    {
      type: 'LetterReceived',
      consultationId: consultation.id,
      receivedAt: command.receivedAt,
      ...(command.deadline === undefined ? {} : { deadline: command.deadline }),
    },
  ])
  return deciding.end()
}

/** The recipient has no designated mailbox: no receipt, no clock. */
export function recordUndelivered(
  release: Release,
  consultationId: string,
): readonly ReleaseEvent[] {
  const consultation = release.consultations[consultationId]
  return consultation?.status === 'issued'
    ? [{ type: 'LetterUndelivered', consultationId: consultation.id }]
    : []
}

/** A reminder entered the mailbox: a fact for the certificate, and nothing hangs on it. Told twice, it is recorded once. */
export function recordReminderDelivered(
  release: Release,
  command: {
    readonly consultationId: string
    readonly letterId: string
    readonly receivedAt: Instant
  },
): readonly ReleaseEvent[] {
  const consultation = release.consultations[command.consultationId]
  if (consultation === undefined || hasEndedWithItsRound(consultation)) return []
  const letter = consultation.reminderLetters.find(({ letterId }) => letterId === command.letterId)
  if (letter === undefined || letter.receivedAt !== undefined) return []
  const { id: consultationId } = consultation
  const { letterId } = letter
  const { receivedAt } = command
  return [{ type: 'ReminderDelivered', consultationId, letterId, receivedAt }]
}

export type GiveOpinionCommand = Omit<DeemConsent, 'now'> & {
  readonly consultationId: string
  readonly opinion: Given
  readonly now: Instant
  readonly remarkId: Id<'remark'>
  /** Id for the declaration, should it name an agency to ask instead. */
  readonly declarationId: Id<'declaration'>
  /** Digest of the draft that the opinion is about. */
  readonly draftDigest: string
  /** The clock is in doubt: then no reply is late. */
  readonly clockInDoubt: boolean
}

/** A reply of the consulted agency. Nothing it says is dropped (art. 6 para 2). */
export function decideOpinion(
  release: Release,
  pack: Pack,
  command: GiveOpinionCommand,
): readonly ReleaseEvent[] {
  const consultation = release.consultations[command.consultationId]
  if (consultation === undefined) throw new Refusal('not-found', 'NOT_FOUND', 'house/relation')
  if (consultation.version !== release.version || command.draftDigest !== release.draftDigest)
    throw new Refusal('out-of-order', 'VERSION_SUPERSEDED', ruleOf(pack, pack.consultation), {
      field: 'draft_digest',
      given: command.draftDigest.slice(0, 64),
      version: release.version,
    })
  if (release.withdrawn !== undefined)
    // after a publication what is said still goes on record
    mustBeOpen(release, pack, { zh: '答复', en: 'be replied to' })
  const deciding = new Deciding(release, pack, command.now)
  const events = giveOpinion(asJudged(deciding, consultation, command), pack, {
    opinion: command.opinion,
    now: command.now,
    settling: command.settling,
    remarkId: command.remarkId,
    clockInDoubt: command.clockInDoubt,
    // What counts for a reply is the instant at which it entered the service.
    cleared: release.cleared !== undefined && release.cleared.at <= command.opinion.admittedAt,
  })
  deciding.add(events)
  if (events.some(changesWhatStands))
    deciding.add(namedByReply(deciding.state, consultation, command.opinion, command.declarationId))
  if (events.some(changesWhatStands))
    deciding.reverseClearance(
      consultation.status === 'deemed' ? 'deemed-consent-reversed' : 'opinion-replaced-in-time',
    )
  return deciding.end()
}

const changesWhatStands = (event: ConsultationEvent): boolean =>
  event.type === 'DefectiveObjectionFiled' ||
  (event.type === 'OpinionGiven' && event.withoutEffect !== true)

/**
 * The consultation by which the reply is judged. What was deemed stays deemed. An outage on the last day rolls
 * the deadline before anybody is called late by it; while the clock is in doubt, or no calendar says where the
 * deadline rolls to, nobody is called late.
 */
function asJudged(
  deciding: Deciding,
  consultation: Consultation,
  command: GiveOpinionCommand,
): Consultation {
  const { deadline: _deadline, ...nothingIsLate } = consultation
  if (consultation.status === 'deemed') return consultation
  if (command.clockInDoubt) return nothingIsLate
  const { moves, stands } = rollOver(consultation, deciding.pack, command)
  deciding.add(moves)
  return stands === undefined ? nothingIsLate : { ...consultation, deadline: stands }
}

/** What silence has become by now, for every consultation of the present version (art. 6 para 2). */
export function decideSilence(
  release: Release,
  pack: Pack,
  command: DeemConsent,
): readonly ReleaseEvent[] {
  if (hasEnded(release)) return []
  const deciding = new Deciding(release, pack, command.now)
  for (const consultation of presentConsultations(release))
    deciding.add(deemConsent(consultation, pack, command))
  return deciding.events.length === 0 ? [] : deciding.end()
}

/** Reminders that are due (催办): while the letter is unanswered and the deadline is ahead. */
export function decideReminders(
  release: Release,
  command: { readonly now: Instant; readonly letterId: (consultationId: string) => Id<'letter'> },
): readonly ReleaseEvent[] {
  if (hasEnded(release) || release.cleared !== undefined) return []
  const events: ReleaseEvent[] = []
  for (const consultation of presentConsultations(release)) {
    const { deadline, status, remindedAt } = consultation
    if (deadline === undefined || command.now >= deadline.at) continue
    if (status !== 'running' && status !== 'defective') continue
    // After an outage only the newest reminder is still of use: the ones before it are passed over.
    const dueAt = Math.max(...deadline.reminders.filter((at) => at <= command.now))
    if (dueAt <= Math.max(...remindedAt)) continue
    events.push({
      type: 'ReminderIssued',
      consultationId: consultation.id,
      letterId: command.letterId(consultation.id),
      ordinal: deadline.reminders.indexOf(dueAt) + 1,
      dueAt,
    })
  }
  return events
}

/** Refuses what can no longer be done; `act` says what, as in “the release can no longer …”. */
export function mustBeOpen(
  release: Release,
  pack: Pack,
  act: { readonly zh: string; readonly en: string },
): void {
  if (!hasEnded(release)) return
  const published = statusOf(release) === 'published'
  throw new Refusal('out-of-order', 'RELEASE_ENDED', ruleOf(pack, pack.consultation), {
    status_zh: published ? '发布' : '撤回',
    status_en: published ? 'published' : 'withdrawn',
    act_zh: act.zh,
    act_en: act.en,
  })
}
