// The disagreement on a release as the contract has it. The releasing agency sees all of it; an agency that
// disagrees, or took part in it, sees the rounds it took part in, its own request and its own disputes.
import type {
  DisputeReference,
  Negotiation as Message,
  NegotiationRound,
} from '../../../gen/huiqian/coordination/v1/negotiation.js'
import { Disposition } from '../../../gen/huiqian/coordination/v1/negotiation.js'
import type { DraftVersion as VersionMessage } from '../../../gen/huiqian/coordination/v1/coordination.js'
import type { Caller } from '../../../shared/identity/identity.js'
import { timestampOf } from '../../../shared/rpc/timestamps.js'
import type { Coordination } from '../coordination.js'
import { openDispute, type Dispute } from '../dispute/dispute.js'
import type { DisputeFileForm, RoundForm } from '../dispute/file-form.js'
import { unseal, type Form, type WordsForm } from '../draft/canonical-forms.js'
import { ages, instructionDueAt } from '../instruction-due.js'
import { standingOf } from '../negotiation/negotiate.js'
import type { Round } from '../negotiation/negotiation.js'
import { disputants, type Release } from '../release/state.js'
import { ADDRESSEES, DISPOSITIONS, ROUND_KINDS, STANDINGS } from './negotiation-enums.js'
import { isAgency, relationOf } from './relation.js'

type Means = Pick<Coordination, 'content' | 'packs' | 'revisions' | 'agencies' | 'clock'>

const at = (instant: number | undefined) =>
  instant === undefined ? undefined : timestampOf(instant)

async function wordsOf<F extends Form>(
  { content }: Pick<Means, 'content'>,
  release: Release,
  digest: string | undefined,
): Promise<F | undefined> {
  const found = digest === undefined ? undefined : await content.get(release.id, digest)
  return found === undefined ? undefined : unseal<F>(found.bytes)
}

/** Undefined for those who have no part in it. */
export async function negotiationMessage(
  means: Means,
  caller: Caller,
  release: Release,
): Promise<Message | undefined> {
  const isOwn = (agency: string): boolean => isAgency(caller, agency)
  const releasing = relationOf(caller, release) === 'releasing'
  const { negotiation, negotiating } = release
  const mine = (round: Round) => releasing || round.participants.some(isOwn)
  const rounds = negotiation.rounds.filter(mine)
  const disputes = release.disputes.filter(
    ({ parties }) => releasing || parties.some(({ agency }) => isOwn(agency)),
  )
  const disagrees = disputants(release).some(({ agency }) => isOwn(agency))
  if (!releasing && !disagrees && rounds.length === 0 && disputes.length === 0) return undefined
  const failed = await wordsOf<WordsForm>(means, release, negotiation.failed?.digest)
  const requests = negotiation.requests.filter(({ agency }) => releasing || isOwn(agency))
  return {
    open: negotiating && openDispute(release) === undefined,
    openedAt: at(negotiation.openedAt),
    rounds: await Promise.all(rounds.map((round) => roundMessage(means, release, round))),
    standingInstruction: releasing ? instructionMessage(means, release) : undefined,
    instructionDueAt: releasing ? at(instructionDueAt(means, release)) : undefined,
    failedAt: at(negotiation.failed?.at),
    failureSummary: failed?.words[0] ?? '',
    escalationRequests: await Promise.all(
      requests.map(async ({ agency, consultationId, requestedAt, reasonDigest }) => ({
        ...{ agency, consultationId, requestedAt: timestampOf(requestedAt) },
        reason: (await wordsOf<WordsForm>(means, release, reasonDigest))?.words[0] ?? '',
      })),
    ),
    disputes: await Promise.all(
      disputes.map((dispute) => disputeReference(means, release, dispute)),
    ),
    ageing: releasing && ages(means, release, means.clock.now()),
  }
}

function instructionMessage({ packs }: Means, release: Release): Message['standingInstruction'] {
  const { to, afterWorkingDays, byDefault } = standingOf(release, packs.byName(release.pack))
  return { to: ADDRESSEES[to], afterWorkingDays, byDefault }
}

export async function roundMessage(
  means: Pick<Means, 'content'>,
  release: Release,
  round: Round,
): Promise<NegotiationRound> {
  const form = await wordsOf<RoundForm>(means, release, round.digest)
  return {
    roundId: round.id,
    ordinal: round.ordinal,
    version: release.version,
    kind: ROUND_KINDS[round.kind],
    heldAt: timestampOf(round.heldAt),
    recordedAt: timestampOf(round.recordedAt),
    positions: round.participants.map((agency) => ({
      agency,
      position: form?.positions.find((one) => one.agency === agency)?.position ?? '',
    })),
    summary: form?.summary ?? '',
    digest: round.digest,
  }
}

/** A dispute as coordination knows it; why its coordinator is competent stands in its file. */
export async function disputeReference(
  means: Pick<Means, 'content'>,
  release: Release,
  dispute: Dispute,
): Promise<DisputeReference> {
  const { ruling } = dispute
  const file = await wordsOf<DisputeFileForm>(means, release, dispute.fileDigest)
  const candidate = file?.candidates.find(({ agency }) => agency === dispute.coordinator)
  const up = dispute.handedUp === true && candidate === undefined
  return {
    disputeId: dispute.id,
    version: dispute.version,
    to: ADDRESSEES[dispute.to],
    coordinator: dispute.coordinator,
    reasonZh: up ? '由原协调机关移送上一级' : (candidate?.reasonZh ?? ''),
    reasonEn: up ? 'handed up by its former coordinator' : (candidate?.reasonEn ?? ''),
    onStandingInstruction: dispute.onStandingInstruction,
    filedAt: timestampOf(dispute.filedAt),
    standing: STANDINGS[dispute.standing],
    disposition: ruling === undefined ? Disposition.UNSPECIFIED : DISPOSITIONS[ruling.disposition],
    ruledDigest: ruling?.draftDigest ?? '',
    ruledAt: at(ruling?.at),
  }
}

/** The versions that a caller may see: the releasing agency all, a consulted one those it was asked about and the present. */
export function visibleVersions(caller: Caller, release: Release): Release['versions'] {
  if (relationOf(caller, release) === 'releasing') return release.versions
  const asked = [
    ...Object.values(release.consultations),
    ...Object.values(release.confirmations),
  ].flatMap(({ agency, version }) => (isAgency(caller, agency) ? [version] : []))
  return release.versions.filter(
    ({ version }) => version === release.version || asked.includes(version),
  )
}

export const versionMessages = (caller: Caller, release: Release): VersionMessage[] =>
  visibleVersions(caller, release).map(({ version, digest, at: submittedAt, byRulingOf }) => ({
    version,
    digest,
    submittedAt: timestampOf(submittedAt),
    byRulingOf: byRulingOf ?? '',
  }))
