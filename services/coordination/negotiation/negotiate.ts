// What is done about a disagreement before it is escalated (协调 art. 6 para 3): rounds on record, changes
// declined, the standing instruction, and an objector's request for escalation. Pure.
import type { Id, Instant } from '../../../shared/identity/identity.js'
import { Refusal } from '../../../shared/refusal/refusal.js'
import { openDispute } from '../dispute/dispute.js'
import { ruleOf, type AddresseeKind, type Pack } from '../pack/pack.js'
import type { ReleaseEvent } from '../release/events.js'
import { Deciding, mustBeOpen } from '../release/release.js'
import { disputants, presentConsultations, type Release } from '../release/state.js'
import type { RoundKind, StandingInstruction } from './negotiation.js'

export const INSTRUCTION_DAYS_MAX = 60

/** The standing instruction as it stands: the agency's own, or the pack's default, which says so. */
export function standingOf(
  { standingInstruction }: Pick<Release, 'standingInstruction'>,
  pack: Pack,
): StandingInstruction & { readonly byDefault: boolean } {
  const { to, afterWorkingDays } = standingInstruction ?? pack.standingInstruction
  return { to, afterWorkingDays, byDefault: standingInstruction === undefined }
}

/** Who may take part in a round: the releasing agency and whoever is asked about the present version. */
export const mayTakePart = (release: Release): Set<string> =>
  new Set([
    release.releasingAgency,
    ...presentConsultations(release).map(({ agency }) => agency),
    ...disputants(release).map(({ agency }) => agency),
  ])

/** A round of negotiation comes on record: when, who, positions. */
export function recordNegotiation(
  release: Release,
  pack: Pack,
  command: {
    readonly roundId: Id<'round'>
    readonly kind: RoundKind
    readonly heldAt: Instant
    readonly now: Instant
    readonly participants: readonly Id<'agency'>[]
    readonly digest: string
  },
): readonly ReleaseEvent[] {
  const rule = ruleOf(pack, pack.negotiation)
  mustBeOpen(release, pack, { zh: '记录协商', en: 'have negotiation recorded' })
  mustBeNegotiated(release, pack)
  const { participants } = command
  const allowed = mayTakePart(release)
  participants.forEach((agency, index) => {
    const field = `positions[${index}].agency`
    if (!allowed.has(agency))
      throw new Refusal('malformed', 'POSITION_OF_STRANGER', rule, { field, agency })
    if (participants.indexOf(agency) !== index)
      throw new Refusal('malformed', 'AGENCY_REPEATED', rule, { field, agency })
  })
  const opposite = disputants(release).some(({ agency }) => participants.includes(agency))
  if (!participants.includes(release.releasingAgency) || !opposite)
    throw new Refusal('malformed', 'POSITION_MISSING', rule, { field: 'positions' })
  const begun = release.versions.find(({ version }) => version === release.version)?.at ?? 0
  if (command.heldAt < begun)
    throw new Refusal('malformed', 'FIELD_VALUE', rule, {
      field: 'held_at',
      value: 'before-version',
      why_zh: '协商不能早于该稿的提交。',
      why_en: 'A round on a version is not held before the version was submitted.',
    })
  return [
    {
      type: 'NegotiationRecorded',
      roundId: command.roundId,
      version: release.version,
      ordinal: release.negotiation.rounds.length + 1,
      kind: command.kind,
      heldAt: command.heldAt,
      recordedAt: command.now,
      participants,
      roundDigest: command.digest,
    },
  ]
}

/** The changes that a consent asks for are declined: it is negotiated like an objection then. */
export function declineChanges(
  release: Release,
  pack: Pack,
  command: {
    readonly consultationId: string
    readonly now: Instant
    readonly reasonDigest: string
  },
): readonly ReleaseEvent[] {
  mustBeOpen(release, pack, { zh: '处理修改意见', en: 'have changes declined' })
  const consultation = release.consultations[command.consultationId]
  if (consultation === undefined) throw new Refusal('not-found', 'NOT_FOUND', 'house/relation')
  const { version, status, opinion, changesDeclined } = consultation
  const asks = opinion?.kind === 'consent_with_changes' && version === release.version
  if (!asks || (status !== 'answered' && status !== 'defective') || changesDeclined !== undefined)
    throw new Refusal('out-of-order', 'NO_CHANGES_ASKED', ruleOf(pack, pack.negotiation), {
      field: 'consultation_id',
    })
  const deciding = new Deciding(release, pack, command.now)
  deciding.add([
    {
      type: 'ChangesDeclined',
      consultationId: consultation.id,
      declinedAt: command.now,
      reasonDigest: command.reasonDigest,
    },
  ])
  return deciding.end()
}

/** Refuses an addressee that the pack does not send disputes to. */
export function mustBeAddressee(pack: Pack, to: AddresseeKind, field: string): void {
  if (!pack.escalation.to.includes(to))
    throw new Refusal('malformed', 'ADDRESSEE_NOT_ALLOWED', ruleOf(pack, pack.escalation), {
      field,
      addressee: to,
      allowed: pack.escalation.to.join(', '),
    })
}

/** An instruction that the agency gives, at submission or later; the pack's default needs none. */
export function instructionGiven(
  pack: Pack,
  { to, afterWorkingDays }: StandingInstruction,
  setAt: Instant,
): ReleaseEvent {
  mustBeAddressee(pack, to, 'standing_instruction.to')
  const days = afterWorkingDays
  if (!Number.isSafeInteger(days) || days < 1 || days > INSTRUCTION_DAYS_MAX)
    throw new Refusal('malformed', 'PERIOD_LENGTH', ruleOf(pack, pack.standingInstruction), {
      field: 'standing_instruction.after_working_days',
      value: days,
      limit: INSTRUCTION_DAYS_MAX,
    })
  return { type: 'StandingInstructionSet', to, afterWorkingDays, setAt }
}

/** The releasing agency changes its standing instruction. */
export function setStandingInstruction(
  release: Release,
  pack: Pack,
  command: { readonly instruction: StandingInstruction; readonly now: Instant },
): readonly ReleaseEvent[] {
  mustBeOpen(release, pack, { zh: '更改长期指示', en: 'have its standing instruction changed' })
  const event = instructionGiven(pack, command.instruction, command.now)
  const { to, afterWorkingDays } = command.instruction
  const { standingInstruction: present } = release
  return present?.to === to && present.afterWorkingDays === afterWorkingDays ? [] : [event]
}

/** An objecting agency asks that the dispute be escalated: told to the releasing agency, which alone can file it. */
export function requestEscalation(
  release: Release,
  pack: Pack,
  command: {
    readonly consultationId: string
    readonly now: Instant
    readonly reasonDigest: string
  },
): readonly ReleaseEvent[] {
  mustBeOpen(release, pack, { zh: '请求报请协调', en: 'be asked to be escalated' })
  const party = disputants(release).find(
    ({ consultationId }) => consultationId === command.consultationId,
  )
  if (party === undefined)
    throw new Refusal('out-of-order', 'NOTHING_IN_DISPUTE', ruleOf(pack, pack.negotiation))
  mustNotBeFiled(release, pack)
  // Once is enough: what was asked for stays on record and ages.
  const { agency, consultationId } = party
  if (release.negotiation.requests.some((one) => one.consultationId === consultationId)) return []
  const { now: requestedAt, reasonDigest } = command
  return [{ type: 'EscalationRequested', consultationId, agency, requestedAt, reasonDigest }]
}

/** Refuses where nobody disagrees with the present version. */
export function mustBeNegotiated(release: Release, pack: Pack): void {
  if (!release.negotiating)
    throw new Refusal('out-of-order', 'NOTHING_IN_DISPUTE', ruleOf(pack, pack.negotiation))
}

/** Refuses where the dispute is with its coordinator already. */
export function mustNotBeFiled(release: Release, pack: Pack): void {
  const open = openDispute(release)
  if (open !== undefined)
    throw new Refusal('out-of-order', 'DISPUTE_FILED_ALREADY', ruleOf(pack, pack.escalation), {
      dispute: open.id,
    })
}
