// The file of a dispute from coordination's message to what the law decides on and the words that are kept.
import { OpinionKind } from '../../../gen/huiqian/coordination/v1/coordination.js'
import type {
  DisputeFile,
  DisputeParty,
} from '../../../gen/huiqian/coordination/v1/dispute_file.js'
import { Addressee, RoundKind } from '../../../gen/huiqian/coordination/v1/negotiation.js'
import type { Timestamp } from '../../../gen/google/protobuf/timestamp.js'
import { instantOf } from '../../../shared/rpc/timestamps.js'
import { REMIND_EVERY_WORKING_DAYS } from '../config.js'
import { seal, type DisputeForm, type Sealed } from '../forms/forms.js'
import {
  LEVEL_ROLES,
  type CandidateKind,
  type FiledFacts,
  type LevelRole,
} from '../dispute/events.js'

/** The facts for the record, and the words sealed apart from them. */
export function fileOf(file: DisputeFile): { readonly filed: FiledFacts; readonly sealed: Sealed } {
  const sealed = seal(formOf(file))
  const others = file.parties.filter(({ agency }) => agency !== file.releasingAgency)
  const roles = LEVEL_ROLES.filter((role) => file.reviewBodies.some((body) => body.role === role))
  const { releaseId, version, draftDigest, releasingAgency, coordinator, documentNumber } = file
  return {
    sealed,
    filed: {
      ...{ releaseId, version, draftDigest, releasingAgency, coordinator, documentNumber },
      pack: file.policyPack,
      rule: mustBe(file.article, 'an article').id,
      parties: others.map((party) => ({ agency: party.agency, opinion: opinionOf(party) })),
      candidates: file.candidates.map(({ kind, agency }) => ({ kind: candidateOf(kind), agency })),
      to: candidateOf(file.to),
      onStandingInstruction: file.onStandingInstruction,
      levelRoles: roles.length === 0 ? ([...LEVEL_ROLES] satisfies LevelRole[]) : roles,
      coReviewRequired: file.coReviewRequired,
      remindEvery: file.remindEveryWorkingDays || REMIND_EVERY_WORKING_DAYS,
      rounds: file.rounds.map(({ heldAt, kind }) => ({
        heldAt: instantIn(heldAt, 'the time of a round'),
        kind: kind === RoundKind.WRITTEN_ANSWER ? 'written_answer' : 'meeting',
      })),
      consulted: file.consulted,
      fileDigest: sealed.digest,
      filedAt: instantIn(file.filedAt, 'the time of filing'),
    },
  }
}

function formOf(file: DisputeFile): DisputeForm {
  const { title, text, attachments } = file
  const { id, citation, text: words } = mustBe(file.article, 'an article')
  const { summary, mainDispute, legalBasis, signatory } = file
  return {
    form: 'huiqian-dispute-1',
    dispute: file.disputeId,
    draft: {
      ...{ title, text },
      attachments: attachments.map(({ digest, name, size }) => ({ digest, name, size })),
    },
    article: { id, citation, text: words },
    candidates: file.candidates.map(({ kind, agency, reasonZh: zh, reasonEn: en }) => ({
      ...{ kind: candidateOf(kind), agency, zh, en },
    })),
    parties: file.parties.map(({ agency, opinion }) => ({
      agency,
      reasons: opinion?.reasons ?? '',
      legalBasis: opinion?.legalBasis ?? '',
      proposedWording: opinion?.proposedWording ?? '',
    })),
    rounds: file.rounds.map((round) => ({
      positions: round.positions.map(({ agency, position }) => ({ agency, position })),
      summary: round.summary,
    })),
    ...{ summary, mainDispute, legalBasis, signatory },
  }
}

/** A co-producer has no consultation: what it holds is that the content is not accurate. */
function opinionOf({ consultationId, opinion }: DisputeParty): string {
  if (consultationId === '') return 'contradiction'
  return opinion?.kind === OpinionKind.CONSENT_WITH_CHANGES ? 'consent_with_changes' : 'objection'
}

function candidateOf(kind: Addressee): CandidateKind {
  switch (kind) {
    case Addressee.SUPERIOR_ORGAN:
      return 'superior_organ'
    case Addressee.COMPETENT_AUTHORITY:
      return 'competent_authority'
    case Addressee.COMMON_SUPERIOR:
      return 'common_superior'
    case Addressee.UNSPECIFIED:
    case Addressee.UNRECOGNIZED:
      throw new Error('the file of a dispute names an unknown kind of candidate')
  }
}

const instantIn = (at: Timestamp | undefined, what: string): number => instantOf(mustBe(at, what))

function mustBe<T>(value: T | undefined, what: string): T {
  if (value === undefined) throw new Error(`the file of a dispute lacks ${what}`)
  return value
}
