// What a reply becomes (协调 art. 6 para 2): an opinion in time, a defective objection, the completion
// or withdrawal of what stood, or a late remark. Nothing that an agency says is dropped, and a known
// "no" never becomes a "yes". Pure.
import type { Id, Instant } from '../../../shared/identity/identity.js'
import { Refusal } from '../../../shared/refusal/refusal.js'
import { ruleOf, stopsDeeming, type Pack } from '../pack/pack.js'
import type { Consultation } from './consultation.js'
import type { Completes, ConsultationEvent, RemarkCause } from './events.js'
import { isLate } from './deadline.js'
import { isDefective, type Given, type OpinionKind } from './opinion.js'

export type GiveOpinion = {
  readonly opinion: Given
  /** When the decision is committed, to tell a reply that was stored late. */
  readonly now: Instant
  /** Settling time in milliseconds. */
  readonly settling: number
  /** Id for the remark, should it be one. */
  readonly remarkId: Id<'remark'>
  /** Whether the version was cleared: then a replacement is a remark. */
  readonly cleared: boolean
  /** The clock is in doubt: its stamp turns no deeming over. */
  readonly clockInDoubt: boolean
}

/** Decides what the reply becomes. */
export function giveOpinion(
  state: Consultation,
  pack: Pack,
  command: GiveOpinion,
): ConsultationEvent[] {
  const { opinion } = command
  // Two replies of one agency may be decided in the other order: what it said last stands.
  const overtaken = state.opinion !== undefined && opinion.admittedAt < state.opinion.admittedAt
  if (hasOwnWord(state, opinion)) return take(state, pack, command)
  switch (state.status) {
    case 'superseded':
    case 'withdrawn':
      throw new Refusal('out-of-order', 'NO_OPINION_AWAITED', ruleOf(pack, pack.consultation), {
        field: 'consultation_id',
        status: state.status,
      })
    case 'expired': // silence had no effect: the verdict is still needed and still welcome
      return isLate(state.deadline, opinion.admittedAt)
        ? take(state, pack, command, 'silence')
        : take(state, pack, command)
    case 'deemed':
      // What is known to be said must not be lost, nor a doubtful stamp turn a deeming over.
      if (command.clockInDoubt)
        return [{ ...remark(state, pack, command, 'clock-in-doubt'), holds: true }]
      if (isLate(state.deadline, opinion.admittedAt)) return [remark(state, pack, command, 'late')]
      if (overtaken) return [remark(state, pack, command, 'overtaken')]
      if (isAsGoodAsSilence(state, pack, opinion)) return take(state, pack, command)
      return [
        {
          type: 'DeemedConsentReversed',
          consultationId: state.id,
          cause: opinion.paper === undefined ? 'admitted-in-time' : 'paper-reply',
        },
        ...take(state, pack, command),
      ]
    case 'issued': // it may have read the letter before we heard of the receipt
    case 'undelivered':
    case 'running':
    case 'answered':
    case 'defective':
    case 'no_verdict': {
      if (overtaken) {
        const cause = isLate(state.deadline, opinion.admittedAt) ? 'late' : 'overtaken'
        return [remark(state, pack, command, cause)]
      }
      if (isLate(state.deadline, opinion.admittedAt)) {
        // What a ruling overruled is cleared all the same: then nothing is left to withdraw.
        const completes = command.cleared ? undefined : whatItCompletes(state, pack, opinion)
        return completes === undefined
          ? [remark(state, pack, command, 'late')]
          : take(state, pack, command, completes)
      }
      // Until the deadline or until the version is cleared, whichever is first.
      if (command.cleared && state.opinion !== undefined)
        return [remark(state, pack, command, 'cleared')]
      return take(state, pack, command)
    }
  }
}

/** What somebody else recorded on paper for an agency gives way to the agency's own word for as long as the record says. */
function hasOwnWord({ opinion: standing, status }: Consultation, opinion: Given): boolean {
  const openUntil = standing?.paper?.openUntil
  const open = status === 'answered' || status === 'defective' || status === 'no_verdict'
  return open && openUntil !== undefined && isOwn(opinion) && opinion.admittedAt < openUntil
}

const isOwn = ({ paper }: Given): boolean => paper === undefined || paper.recordedBy === 'consulted'

/** After the deadline: an objection may be withdrawn while it stands; what was defective or without a verdict may be completed. */
function whatItCompletes(state: Consultation, pack: Pack, opinion: Given): Completes | undefined {
  // Without an effect of silence the verdict stays welcome, whether or not the silence was recorded.
  if (state.status === 'running') return pack.silence.effect === 'none' ? 'silence' : undefined
  const yields = opinion.kind === 'consent' || opinion.kind === 'not_concerned'
  if (state.status === 'no_verdict')
    return opinion.kind === 'other_reply' ? undefined : 'no_verdict'
  if (state.status === 'defective')
    return yields || (speaksAVerdict(opinion.kind) && opinion.hasReasons) ? 'defective' : undefined
  if (state.status !== 'answered' || !yields) return undefined
  if (state.opinion?.kind === 'objection') return 'objection'
  if (state.opinion?.kind === 'consent_with_changes') return 'changes'
  return undefined
}

const speaksAVerdict = (kind: OpinionKind): boolean => kind !== 'other_reply'

// Only silence can be continued: where a verdict stands, a "no" above all, the reply takes its place.
function isAsGoodAsSilence(state: Consultation, pack: Pack, opinion: Given): boolean {
  const verdict = ['answered', 'defective', 'no_verdict'].includes(state.status)
  return !verdict && !stopsDeeming(pack, opinion.kind)
}

function take(
  state: Consultation,
  pack: Pack,
  { opinion, now, settling }: GiveOpinion,
  completes?: Completes,
): ConsultationEvent[] {
  // On paper it is always stored later than it was handed in.
  const inTime =
    opinion.paper === undefined && now - opinion.admittedAt > settling ? { storedLate: true } : {}
  const filed = {
    consultationId: state.id,
    opinion,
    replaces: state.opinion !== undefined,
    ...(completes === undefined ? inTime : { completes }),
  }
  if (isDefective(opinion)) return [{ type: 'DefectiveObjectionFiled', ...filed }]
  const silent = isAsGoodAsSilence(state, pack, opinion) ? { withoutEffect: true } : {}
  return [{ type: 'OpinionGiven', ...filed, ...silent }]
}

function remark(
  state: Consultation,
  pack: Pack,
  { opinion, remarkId }: GiveOpinion,
  cause: RemarkCause,
): Extract<ConsultationEvent, { type: 'LateRemarkFiled' }> {
  const holds = opinion.claims.some((claim) => pack.lateRemarks.holdFor.includes(claim))
  return { type: 'LateRemarkFiled', consultationId: state.id, remarkId, opinion, holds, cause }
}
