// A reply on paper (协调 art. 6 para 2): it counts as admitted when it was handed in, whenever it is recorded.
// Before the deadline and recorded after it, it reverses a deemed consent. Pure.
import type { Instant } from '../../../shared/identity/identity.js'
import { Refusal } from '../../../shared/refusal/refusal.js'
import { closesTheConsultation, type Given } from '../consultation/opinion.js'
import { ruleOf, type Pack } from '../pack/pack.js'
import type { ReleaseEvent } from '../release/events.js'
import { decideOpinion, type GiveOpinionCommand } from '../release/release.js'
import type { Release } from '../release/state.js'
import type { Evidence } from './paper.js'

export type RecordPaperOpinion = Omit<GiveOpinionCommand, 'clockInDoubt'> & {
  readonly evidence: Evidence
  /** Who records it. */
  readonly part: 'releasing' | 'consulted' | 'authority'
  /** Until when its agency's own word takes the place of what another recorded for it. */
  readonly ownWordUntil: Instant
}

/** Records it. The releasing agency's record never lifts a "no" that the agency gave itself. */
export function recordPaperOpinion(
  release: Release,
  pack: Pack,
  command: RecordPaperOpinion,
): readonly ReleaseEvent[] {
  const { consultationId, evidence, part, ownWordUntil, ...rest } = command
  const consultation = release.consultations[consultationId]
  if (consultation === undefined) throw new Refusal('not-found', 'NOT_FOUND', 'house/relation')
  const { opinion } = rest
  if (opinion.admittedAt < consultation.issuedAt)
    throw new Refusal('malformed', 'PAPER_BEFORE_LETTER', ruleOf(pack, pack.paper), {
      field: 'handed_in_at',
    })
  const standing = consultation.opinion
  const lifts =
    closesTheConsultation(opinion.kind) && opinion.admittedAt >= (standing?.admittedAt ?? 0)
  if (part === 'releasing' && lifts && isOwnNo(standing))
    throw new Refusal('out-of-order', 'PAPER_LIFTS_OBJECTION', ruleOf(pack, pack.paper))
  const paper: Given['paper'] = {
    evidence,
    recordedAt: rest.now,
    recordedBy: part,
    ...(part === 'consulted' ? {} : { openUntil: ownWordUntil }),
  }
  return decideOpinion(release, pack, {
    ...rest,
    consultationId,
    opinion: { ...opinion, paper },
    clockInDoubt: false, // when it was handed in does not hang on our clock
  })
}

const isOwnNo = (standing: Given | undefined): boolean =>
  (standing?.kind === 'objection' || standing?.kind === 'consent_with_changes') &&
  standing.paper?.recordedBy !== 'releasing'
