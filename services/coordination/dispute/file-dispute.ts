// Filing a dispute (报请协调, 协调 art. 6 para 3): the releasing agency chooses among the candidates of its pack and
// declares that negotiation failed, or its standing instruction falls due. A party never coordinates. Pure.
import type { Id, Instant } from '../../../shared/identity/identity.js'
import { Refusal } from '../../../shared/refusal/refusal.js'
import { countingRounds } from '../negotiation/negotiation.js'
import { mustBeAddressee, mustBeNegotiated, mustNotBeFiled } from '../negotiation/negotiate.js'
import { standingOf } from '../negotiation/negotiate.js'
import { ruleOf, type AddresseeKind, type Pack } from '../pack/pack.js'
import type { ReleaseEvent } from '../release/events.js'
import { Deciding, mustBeOpen } from '../release/release.js'
import { disputants, type Release } from '../release/state.js'
import type { Party } from './dispute.js'

/** A candidate as the directory answered, with why it is one or why there is none. */
export type Candidate = {
  readonly kind: AddresseeKind
  readonly agency?: Id<'agency'>
  readonly zh: string
  readonly en: string
}

/** What would be filed, and with whom. */
export type Plan = {
  readonly to: AddresseeKind
  readonly coordinator: Id<'agency'>
  readonly candidates: readonly Candidate[]
  readonly parties: readonly Party[]
}

/** Whether a dispute may be filed now, and with whom; every refusal is made here. */
export function planDispute(
  release: Release,
  pack: Pack,
  command: {
    /** Absent: as the standing instruction says. */
    readonly to?: AddresseeKind
    /** As the directory answered about exactly these parties. */
    readonly candidates: readonly Candidate[]
  },
): Plan {
  mustBeFileable(release, pack)
  const to = command.to ?? standingOf(release, pack).to
  mustBeAddressee(pack, to, 'to')
  const parties = disputants(release)
  const candidates = command.candidates.filter(({ kind }) => pack.escalation.to.includes(kind))
  const chosen = candidates.find(({ kind }) => kind === to)
  const coordinator = chosen?.agency
  const excluded = [release.releasingAgency, ...parties.map(({ agency }) => agency)]
  if (coordinator === undefined || excluded.includes(coordinator))
    throw new Refusal('out-of-order', 'COORDINATOR_UNKNOWN', ruleOf(pack, pack.escalation), {
      field: 'to',
      addressee: to,
      why: chosen?.en ?? '',
      why_zh: chosen?.zh ?? '',
      why_en: chosen?.en ?? '',
    })
  return { to, coordinator, candidates, parties }
}

/** The refusals that need no directory: made before it is asked, and again when it is decided. */
export function mustBeFileable(release: Release, pack: Pack): void {
  mustBeOpen(release, pack, { zh: '报请协调', en: 'be put to a coordinator' })
  mustNotBeFiled(release, pack)
  mustBeNegotiated(release, pack)
  if (countingRounds(release.negotiation).length === 0)
    throw new Refusal('out-of-order', 'NO_NEGOTIATION_ON_RECORD', ruleOf(pack, pack.negotiation))
}

/** Whether the standing instruction files it by itself at `now`; `dueAt` is the calendar's answer. */
export const fallsDue = (release: Release, dueAt: Instant | undefined, now: Instant): boolean =>
  dueAt !== undefined && dueAt <= now && release.negotiating

/** Files it as planned: declared as failed, or on the standing instruction. */
export function fileDispute(
  release: Release,
  pack: Pack,
  plan: Plan,
  command: {
    readonly disputeId: Id<'dispute'>
    readonly now: Instant
    readonly onStandingInstruction: boolean
    readonly documentNumber: string
    readonly numberFrom: 'agency' | 'allotted'
    /** Digest of how negotiation went. */
    readonly summaryDigest: string
    readonly fileDigest: string
  },
): readonly ReleaseEvent[] {
  const { now, summaryDigest, onStandingInstruction } = command
  const { version, draftDigest } = release
  const deciding = new Deciding(release, pack, now)
  if (!onStandingInstruction)
    deciding.add([{ type: 'NegotiationFailed', version, declaredAt: now, summaryDigest }])
  deciding.add([
    {
      type: 'DisputeFiled',
      disputeId: command.disputeId,
      version,
      draftDigest,
      filedAt: now,
      to: plan.to,
      coordinator: plan.coordinator,
      candidates: plan.candidates.map(({ kind, agency }) => ({ kind, agency: agency ?? '' })),
      onStandingInstruction,
      documentNumber: command.documentNumber,
      numberFrom: command.numberFrom,
      parties: plan.parties,
      fileDigest: command.fileDigest,
    },
  ])
  return deciding.end()
}
