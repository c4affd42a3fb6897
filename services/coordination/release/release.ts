// The release decides: commands in, events out (协调 art. 4, 6, 8). Pure: time, ids, the pack and the
// calendar's answers arrive as values. Whatever a command changes, clearance is found in the same breath.
import { Refusal } from '../../../shared/refusal/refusal.js'
import type { Id, Instant } from '../../../shared/identity/identity.js'
import { evolveConsultation, type Consultation } from '../consultation/consultation.js'
import type { DeadlineRecord } from '../consultation/deadline.js'
import { giveOpinion } from '../consultation/give-opinion.js'
import type { Given } from '../consultation/opinion.js'
import { deemConsent, type DeemConsent } from '../consultation/silence.js'
import { ruleOf, type Pack } from '../pack/pack.js'
import type { ReleaseEvent } from './events.js'
import { evolve } from './evolve.js'
import { allOpen, basisOf, gatesOf } from './gates.js'
import { isDisputed, presentConsultations, statusOf, type Release } from './state.js'

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

  /** Negotiation begins with a standing objection and ends with the last (art. 6 para 3); clearance is a finding, never an act. */
  end(): readonly ReleaseEvent[] {
    const { state, pack, now } = this
    if (!state.exists || state.withdrawn !== undefined) return this.events
    if (!state.negotiating && isDisputed(state)) {
      const objector = presentConsultations(state).find(
        ({ opinion }) => opinion?.kind === 'objection',
      )
      this.add([
        {
          type: 'NegotiationOpened',
          version: state.version,
          consultationId: objector?.id ?? '',
          openedAt: now,
        },
      ])
    } else if (state.negotiating && !isDisputed(state)) {
      this.add([
        { type: 'NegotiationEnded', version: state.version, cause: 'objections-withdrawn' },
      ])
    }
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

/** The letter entered the designated mailbox: the clock starts (art. 6 para 2). Told twice, it starts no second clock. */
export function recordReceipt(
  release: Release,
  pack: Pack,
  command: {
    readonly consultationId: string
    readonly receivedAt: Instant
    readonly deadline: DeadlineRecord
    readonly now: Instant
  },
): readonly ReleaseEvent[] {
  const consultation = release.consultations[command.consultationId]
  if (consultation === undefined || consultation.receivedAt !== undefined) return []
  if (consultation.status === 'superseded' || consultation.status === 'withdrawn') return []
  const deciding = new Deciding(release, pack, command.now)
  deciding.add([
    {
      type: 'LetterReceived',
      consultationId: consultation.id,
      receivedAt: command.receivedAt,
      deadline: command.deadline,
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

export type GiveOpinionCommand = Omit<DeemConsent, 'now'> & {
  readonly consultationId: string
  readonly opinion: Given
  readonly now: Instant
  readonly remarkId: Id<'remark'>
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
    throw new Refusal('out-of-order', 'RELEASE_ENDED', ruleOf(pack, pack.consultation), {
      status: '撤回(withdrawn)',
      act: '答复(be replied to)',
    })
  const deciding = new Deciding(release, pack, command.now)
  // An outage on the last day rolls the deadline before anybody is called late by it.
  if (consultation.status === 'running') {
    const rolled = deemConsent(consultation, pack, { ...command, settling: Infinity })
    deciding.add(rolled)
  }
  const present = deciding.state.consultations[command.consultationId] ?? consultation
  const events = giveOpinion(command.clockInDoubt ? nothingIsLate(present) : present, pack, {
    opinion: command.opinion,
    now: command.now,
    settling: command.settling,
    remarkId: command.remarkId,
    cleared: release.cleared !== undefined,
  })
  deciding.add(events)
  if (
    events.some(({ type }) => type === 'DeemedConsentReversed') &&
    deciding.state.cleared !== undefined
  )
    deciding.add([
      {
        type: 'ClearanceReversed',
        version: deciding.state.version,
        cause: 'deemed-consent-reversed',
      },
    ])
  return deciding.end()
}

/** While the clock is in doubt nobody is called late; what was deemed before the doubt stays deemed. */
const nothingIsLate = (consultation: Consultation): Consultation => {
  if (consultation.status === 'deemed') return consultation
  const { deadline: _deadline, ...rest } = consultation
  return rest
}

/** What silence has become by now, for every consultation of the present version (art. 6 para 2). */
export function decideSilence(
  release: Release,
  pack: Pack,
  command: DeemConsent,
): readonly ReleaseEvent[] {
  if (release.withdrawn !== undefined) return []
  const deciding = new Deciding(release, pack, command.now)
  for (const consultation of presentConsultations(release)) {
    let present = consultation
    // A rolled deadline may itself be past already, after a long outage: go on until nothing moves.
    for (;;) {
      const events = deemConsent(present, pack, command)
      if (events.length === 0) break
      deciding.add(events)
      for (const event of events) present = evolveConsultation(present, event)
    }
  }
  return deciding.events.length === 0 ? [] : deciding.end()
}

/** Reminders that are due (催办): while the letter is unanswered and the deadline is ahead. */
export function decideReminders(
  release: Release,
  command: { readonly now: Instant; readonly letterId: (consultationId: string) => Id<'letter'> },
): readonly ReleaseEvent[] {
  if (release.withdrawn !== undefined || release.cleared !== undefined) return []
  const events: ReleaseEvent[] = []
  for (const consultation of presentConsultations(release)) {
    const { deadline, status, remindedAt } = consultation
    if (deadline === undefined || command.now >= deadline.at) continue
    if (status !== 'running' && status !== 'defective') continue
    // After an outage only the newest reminder is still of use: the ones before it are passed over.
    const due = deadline.reminders.filter((at) => at <= command.now && !remindedAt.includes(at))
    const dueAt = due.at(-1)
    if (dueAt === undefined || (remindedAt.at(-1) ?? 0) > dueAt) continue
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

/** Refuses what can no longer be done. */
export function mustBeOpen(release: Release, pack: Pack, act: string): void {
  const status = statusOf(release)
  if (status !== 'withdrawn' && status !== 'published') return
  throw new Refusal('out-of-order', 'RELEASE_ENDED', ruleOf(pack, pack.consultation), {
    status: status === 'withdrawn' ? '撤回(withdrawn)' : '发布(published)',
    act,
  })
}
